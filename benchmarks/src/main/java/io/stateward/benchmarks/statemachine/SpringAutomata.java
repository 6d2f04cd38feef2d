package io.stateward.benchmarks.statemachine;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.action.Action;
import org.springframework.statemachine.config.StateMachineBuilder;
import org.springframework.statemachine.config.StateMachineFactory;
import org.springframework.statemachine.config.builders.StateMachineTransitionConfigurer;
import reactor.core.publisher.Mono;

/** The machines of Spring Statemachine, by its builder; events are sent as its reference says. */
final class SpringAutomata implements Automata {

  /** The states that are no leaves. */
  private static final Set<Enum<?>> AROUND =
      Set.of(Dial.ON, Room.LEFT, Room.LEFT_HALL, Room.RIGHT, Room.RIGHT_HALL);

  private final StateMachineFactory<Place, Input> shared = turnstiles(new Gate()).createFactory();

  /** What Spring's configurers throw is a checked exception of any kind. */
  private interface Configuring {
    void run() throws Exception;
  }

  private static void configure(Configuring configuring) {
    try {
      configuring.run();
    } catch (Exception e) {
      throw new IllegalStateException("Spring refuses the definition", e);
    }
  }

  private static StateMachineBuilder.Builder<Place, Input> turnstiles(Gate gate) {
    StateMachineBuilder.Builder<Place, Input> builder = StateMachineBuilder.builder();
    configure(
        () -> {
          builder
              .configureStates()
              .withStates()
              .initial(Place.LOCKED)
              .states(EnumSet.allOf(Place.class));
          builder
              .configureTransitions()
              .withExternal()
              .source(Place.LOCKED)
              .target(Place.UNLOCKED)
              .event(Input.COIN)
              .guard(context -> gate.open)
              .action(context -> gate.passed++)
              .and()
              .withExternal()
              .source(Place.UNLOCKED)
              .target(Place.LOCKED)
              .event(Input.PUSH)
              .guard(context -> gate.open)
              .action(context -> gate.passed++);
        });
    return builder;
  }

  @Override
  public Automaton turnstile(Gate gate) {
    return new Fired<>(turnstiles(gate).build(), Input.COIN, Input.PUSH);
  }

  @Override
  public Automaton towers(Gate gate) {
    StateMachineBuilder.Builder<Room, Walk> builder = StateMachineBuilder.builder();
    Action<Room, Walk> enter = context -> gate.entered++;
    Action<Room, Walk> leave = context -> gate.left++;
    configure(
        () -> {
          builder
              .configureStates()
              .withStates()
              .initial(Room.LEFT)
              .state(Room.LEFT, enter, leave)
              .state(Room.RIGHT, enter, leave)
              .and()
              .withStates()
              .parent(Room.LEFT)
              .initial(Room.LEFT_HALL)
              .state(Room.LEFT_HALL, enter, leave)
              .and()
              .withStates()
              .parent(Room.LEFT_HALL)
              .initial(Room.LEFT_DESK)
              .state(Room.LEFT_DESK, enter, leave)
              .state(Room.LEFT_DOOR, enter, leave)
              .and()
              .withStates()
              .parent(Room.RIGHT)
              .initial(Room.RIGHT_HALL)
              .state(Room.RIGHT_HALL, enter, leave)
              .and()
              .withStates()
              .parent(Room.RIGHT_HALL)
              .initial(Room.RIGHT_DESK)
              .state(Room.RIGHT_DESK, enter, leave)
              .state(Room.RIGHT_DOOR, enter, leave);
          var transitions = builder.configureTransitions();
          move(transitions, Room.LEFT, Room.RIGHT, Walk.CROSS);
          move(transitions, Room.RIGHT, Room.LEFT, Walk.CROSS);
          move(transitions, Room.LEFT_DESK, Room.LEFT_DOOR, Walk.STEP);
          move(transitions, Room.RIGHT_DESK, Room.RIGHT_DOOR, Walk.STEP);
        });
    return new Fired<>(builder.build(), Walk.STEP, Walk.CROSS);
  }

  private static <S, E> void move(
      StateMachineTransitionConfigurer<S, E> transitions, S from, S to, E event) throws Exception {
    transitions.withExternal().source(from).target(to).event(event);
  }

  @Override
  public Automaton radio(Gate gate, Knobs knobs) {
    if (knobs == Knobs.TOGETHER) {
      throw new UnsupportedOperationException(
          "An event that has transitions in two regions takes effect in one of them.");
    }
    StateMachineBuilder.Builder<Dial, Knob> builder = StateMachineBuilder.builder();
    configure(
        () -> {
          builder
              .configureStates()
              .withStates()
              .initial(Dial.ON)
              .state(Dial.ON)
              .and()
              .withStates()
              .parent(Dial.ON)
              .region("light")
              .initial(Dial.DARK)
              .state(Dial.BRIGHT)
              .and()
              .withStates()
              .parent(Dial.ON)
              .region("sound")
              .initial(Dial.MUTE)
              .state(Dial.LOUD);
          var transitions = builder.configureTransitions();
          Action<Dial, Knob> pass = context -> gate.passed++;
          change(transitions, pass, Knob.LIGHT, Dial.DARK, Dial.BRIGHT);
          change(transitions, pass, Knob.SOUND, Dial.MUTE, Dial.LOUD);
        });
    return new Fired<>(builder.build(), Knob.LIGHT, Knob.SOUND);
  }

  private static void change(
      StateMachineTransitionConfigurer<Dial, Knob> transitions,
      Action<Dial, Knob> pass,
      Knob knob,
      Dial one,
      Dial other)
      throws Exception {
    transitions.withExternal().source(one).target(other).event(knob).action(pass);
    transitions.withExternal().source(other).target(one).event(knob).action(pass);
  }

  @Override
  public Object make(Gate gate) {
    StateMachine<Place, Input> machine = shared.getStateMachine();
    machine.startReactively().block();
    return machine;
  }

  @Override
  public String where(Object made) {
    return leaves((StateMachine<?, ?>) made);
  }

  private static <S, E> String leaves(StateMachine<S, E> machine) {
    return machine.getState().getIds().stream()
        .filter(id -> !AROUND.contains(id))
        .map(String::valueOf)
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static final class Fired<S, E> implements Automaton {

    private final StateMachine<S, E> machine;
    private final Mono<Message<E>> first;
    private final Mono<Message<E>> second;

    Fired(StateMachine<S, E> machine, E first, E second) {
      this.machine = machine;
      this.first = Mono.just(MessageBuilder.withPayload(first).build());
      this.second = Mono.just(MessageBuilder.withPayload(second).build());
      machine.startReactively().block();
    }

    @Override
    public void first() {
      machine.sendEvent(first).blockLast();
    }

    @Override
    public void second() {
      machine.sendEvent(second).blockLast();
    }

    @Override
    public String where() {
      return leaves(machine);
    }
  }
}
