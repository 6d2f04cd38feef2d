package io.stateward.benchmarks.statemachine;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.reflect.KClass;
import org.jspecify.annotations.Nullable;
import ru.nsk.kstatemachine.event.Event;
import ru.nsk.kstatemachine.event.EventMatcher;
import ru.nsk.kstatemachine.state.ChildMode;
import ru.nsk.kstatemachine.state.DefaultState;
import ru.nsk.kstatemachine.state.IState;
import ru.nsk.kstatemachine.state.State;
import ru.nsk.kstatemachine.state.StateListenerKt;
import ru.nsk.kstatemachine.statemachine.CreationArgumentsKt;
import ru.nsk.kstatemachine.statemachine.StateMachine;
import ru.nsk.kstatemachine.statemachine.StateMachineKt;
import ru.nsk.kstatemachine.transition.Transition;
import ru.nsk.kstatemachine.transition.TransitionParams;
import ru.nsk.kstatemachine.transition.UnitGuardedTransitionBuilder;

/**
 * The machines of KStateMachine, without coroutines, which is its quickest way. What its inlined
 * functions make of a definition in Kotlin is made here in Java.
 */
final class KStateMachineAutomata implements Automata {

  private record Coin() implements Event {}

  private record Push() implements Event {}

  private record Step() implements Event {}

  private record Cross() implements Event {}

  private record Light() implements Event {}

  private record Sound() implements Event {}

  /** Whether an event is of a class. */
  private record OfClass<V extends Event>(Class<V> type) implements EventMatcher<V> {
    @Override
    public KClass<V> getEventClass() {
      return JvmClassMappingKt.getKotlinClass(type);
    }

    @Override
    public Object match(Event event, Continuation<? super Boolean> continuation) {
      return type.isInstance(event);
    }
  }

  /** The action of a transition. */
  private record Passing(Gate gate) implements Transition.Listener {
    @Override
    public Object onTriggered(
        TransitionParams<?> parameters, Continuation<? super Unit> continuation) {
      gate.passed++;
      return Unit.INSTANCE;
    }

    @Override
    public Object onComplete(
        Set<? extends IState> active,
        TransitionParams<?> parameters,
        Continuation<? super Unit> continuation) {
      return Unit.INSTANCE;
    }
  }

  private static StateMachine machine(Consumer<StateMachine> definition) {
    return StateMachineKt.createStdLibStateMachine(
        "machine",
        ChildMode.EXCLUSIVE,
        true,
        CreationArgumentsKt.buildCreationArguments(builder -> Unit.INSTANCE),
        (machine, continuation) -> {
          definition.accept(machine);
          return Unit.INSTANCE;
        });
  }

  private static <V extends Event> void move(
      IState from, State to, Class<V> event, @Nullable Gate guard, @Nullable Gate passed) {
    String name = from.getName() + " " + event.getSimpleName(); // unique, it says
    var transition = new UnitGuardedTransitionBuilder<V>(name, from);
    transition.setEventMatcher(new OfClass<>(event));
    transition.setTargetState(to);
    if (guard != null) {
      transition.setGuard((given, continuation) -> guard.open);
    }
    Transition<V> built = from.addTransition(transition.build());
    if (passed != null) {
      built.addListener(new Passing(passed));
    }
  }

  private static StateMachine turnstiles(Gate gate) {
    return machine(
        machine -> {
          State locked = machine.addState(new DefaultState("LOCKED", ChildMode.EXCLUSIVE));
          State unlocked = machine.addState(new DefaultState("UNLOCKED", ChildMode.EXCLUSIVE));
          machine.setInitialState(locked);
          move(locked, unlocked, Coin.class, gate, gate);
          move(unlocked, locked, Push.class, gate, gate);
        });
  }

  @Override
  public Automaton turnstile(Gate gate) {
    return new Fired(turnstiles(gate), new Coin(), new Push());
  }

  @Override
  public Automaton towers(Gate gate) {
    StateMachine towers =
        machine(
            machine -> {
              State left = tower(machine, gate, "LEFT");
              State right = tower(machine, gate, "RIGHT");
              machine.setInitialState(left);
              move(left, right, Cross.class, null, null);
              move(right, left, Cross.class, null, null);
            });
    return new Fired(towers, new Step(), new Cross());
  }

  private static State tower(StateMachine machine, Gate gate, String name) {
    State tower = counted(machine, gate, name);
    State hall = counted(tower, gate, name + "_HALL");
    State desk = counted(hall, gate, name + "_DESK");
    State door = counted(hall, gate, name + "_DOOR");
    tower.setInitialState(hall);
    hall.setInitialState(desk);
    move(desk, door, Step.class, null, null);
    return tower;
  }

  private static State counted(IState parent, Gate gate, String name) {
    State state = parent.addState(new DefaultState(name, ChildMode.EXCLUSIVE));
    StateListenerKt.onEntry(
        state,
        false,
        (self, parameters, continuation) -> {
          gate.entered++;
          return Unit.INSTANCE;
        });
    StateListenerKt.onExit(
        state,
        false,
        (self, parameters, continuation) -> {
          gate.left++;
          return Unit.INSTANCE;
        });
    return state;
  }

  @Override
  public Automaton radio(Gate gate, Knobs knobs) {
    if (knobs == Knobs.TOGETHER) {
      throw new UnsupportedOperationException(
          "Two transitions for one event are an error, also in regions.");
    }
    StateMachine radio =
        machine(
            machine -> {
              State on = machine.addState(new DefaultState("ON", ChildMode.PARALLEL));
              machine.setInitialState(on);
              region(on, gate, Light.class, "LIGHT", "DARK", "BRIGHT");
              region(on, gate, Sound.class, "SOUND", "MUTE", "LOUD");
            });
    return new Fired(radio, new Light(), new Sound());
  }

  private static void region(
      State on, Gate gate, Class<? extends Event> knob, String name, String one, String other) {
    State region = on.addState(new DefaultState(name, ChildMode.EXCLUSIVE));
    State first = region.addState(new DefaultState(one, ChildMode.EXCLUSIVE));
    State second = region.addState(new DefaultState(other, ChildMode.EXCLUSIVE));
    region.setInitialState(first);
    move(first, second, knob, null, gate);
    move(second, first, knob, null, gate);
  }

  @Override
  public Object make(Gate gate) {
    return turnstiles(gate);
  }

  @Override
  public String where(Object made) {
    return leaves((StateMachine) made);
  }

  private static String leaves(StateMachine machine) {
    Set<IState> leaves = new LinkedHashSet<>();
    collect(machine, leaves);
    return leaves.stream().map(IState::getName).collect(Collectors.joining(" "));
  }

  private static void collect(IState state, Set<IState> leaves) {
    if (state.getStates().isEmpty()) {
      leaves.add(state);
    }
    state.getStates().stream().filter(IState::isActive).forEach(child -> collect(child, leaves));
  }

  private record Fired(StateMachine machine, Event one, Event other) implements Automaton {

    @Override
    public void first() {
      StateMachineKt.processEventBlocking(machine, one, null);
    }

    @Override
    public void second() {
      StateMachineKt.processEventBlocking(machine, other, null);
    }

    @Override
    public String where() {
      return leaves(machine);
    }
  }
}
