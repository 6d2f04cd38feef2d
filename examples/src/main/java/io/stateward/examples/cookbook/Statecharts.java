package io.stateward.examples.cookbook;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.stateward.jackson.Jackson;
import io.stateward.persist.RecordStore;
import io.stateward.signal.Signal;
import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Instance;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.analysis.Analysis;
import io.stateward.statemachine.analysis.ModelCheck;
import io.stateward.statemachine.analysis.Verdict;
import io.stateward.statemachine.diagram.Mermaid;
import io.stateward.statemachine.durable.DurableActors;
import io.stateward.statemachine.durable.MachineCodec;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A statechart, and the ways to run, keep, check and draw it. */
final class Statecharts {

  private Statecharts() {}

  // tag: states
  sealed interface Door {
    @JsonTypeName("opened") // what it is called where it is stored
    record Opened() implements Door {}

    @JsonTypeName("closed")
    record Closed() implements Door {}

    @JsonTypeName("locked")
    record Locked(String code) implements Door {} // the code exists only here
  }

  sealed interface DoorEvent {
    record Open() implements DoorEvent {}

    record Close() implements DoorEvent {}

    record Lock(String code) implements DoorEvent {}

    record Unlock(String code) implements DoorEvent {}
  }

  // end

  // tag: machine
  static final Machine<Door, DoorEvent> DOOR =
      Machine.define("door", Door.class, DoorEvent.class)
          .initial(new Door.Closed())
          .in(
              Door.Closed.class,
              s ->
                  s.on(DoorEvent.Open.class)
                      .to(Door.Opened.class, (closed, open) -> new Door.Opened())
                      .on(DoorEvent.Lock.class)
                      .to(Door.Locked.class, (closed, lock) -> new Door.Locked(lock.code())))
          .in(
              Door.Opened.class,
              s ->
                  s.on(DoorEvent.Close.class)
                      .to(Door.Closed.class, (opened, close) -> new Door.Closed()))
          .in(
              Door.Locked.class,
              s ->
                  s.on(DoorEvent.Unlock.class)
                      .when("right code", (locked, unlock) -> unlock.code().equals(locked.code()))
                      .to(Door.Closed.class, (locked, unlock) -> new Door.Closed())
                      .on(DoorEvent.Open.class)
                      .ignore()) // said, so that nobody thinks it forgotten
          .build(); // analysed here

  // end

  static List<Effect> pure() {
    // tag: step
    Snapshot<Door> closed = DOOR.begin().snapshot();
    Step<Door> step = DOOR.step(closed, new DoorEvent.Lock("1234"));
    Door door = step.snapshot().state(); // Locked[code=1234]; closed is what it was
    Outcome outcome = step.outcome(); // Transitioned[exited=[Closed], entered=[Locked]]
    List<Effect> effects = step.effects(); // what actions are to be done; none here
    // end
    return door instanceof Door.Locked && outcome.isTaken() ? effects : List.of();
  }

  static Outcome confined() {
    // tag: instance
    Instance<Door, DoorEvent> door = DOOR.instance();
    door.fire(new DoorEvent.Lock("1234"));
    Outcome wrong = door.fire(new DoorEvent.Unlock("4321")); // Rejected[guards=[right code]]
    // end
    return wrong;
  }

  static Door shared(Executor executor) {
    // tag: actor
    try (Actors actors = Actors.on(executor).build()) {
      Actor<Door, DoorEvent> door = DOOR.start(actors);
      Signal<Door> state = door.state(); // composes with every other signal
      door.tell(new DoorEvent.Open()); // from any thread
      CompletionStage<Step<Door>> told = door.ask(new DoorEvent.Close()); // or be told
      // end
      told.toCompletableFuture().join();
      return state.get();
    }
  }

  static Door kept(Executor executor, RecordStore records) {
    // tag: durable
    try (Actors actors = Actors.on(executor).build();
        DurableActors<Door, DoorEvent> doors =
            DurableActors.of(actors, records, MachineCodec.of(DOOR, Jackson::codec)).open()) {
      Actor<Door, DoorEvent> front = doors.load("front"); // as it was left
      if (front == null) {
        front = doors.start("front");
      }
      front.tell(new DoorEvent.Lock("1234")); // stored before its actions are done
      // end
      return front.snapshot().state();
    }
  }

  static String drawn(Snapshot<Door> snapshot) {
    // tag: draw
    String diagram = Mermaid.of(DOOR).highlight(snapshot).toString();
    // end
    return diagram;
  }

  static Analysis analysed() {
    // tag: analysis
    Analysis analysis = Analysis.of(DOOR);
    analysis.warnings(); // none: every state is reached, left, and answers
    analysis.coverage(); // which state answers to which event
    // end
    return analysis;
  }

  static Verdict<Door> checked() {
    // tag: check
    Verdict<Door> verdict =
        ModelCheck.of(DOOR)
            .events(new DoorEvent.Open(), new DoorEvent.Close())
            .events(new DoorEvent.Lock("1"), new DoorEvent.Unlock("1"), new DoorEvent.Unlock("2"))
            .never("open while locked", at -> at.isIn("Opened") && at.isIn("Locked"))
            .check(); // Holds, or Violated with the shortest way there
    // end
    return verdict;
  }
}
