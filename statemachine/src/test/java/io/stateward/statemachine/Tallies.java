package io.stateward.statemachine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A tally that many write to: it notes in its data what came, in the order of its coming. */
final class Tallies {

  private Tallies() {}

  /** Where a tally stands. */
  sealed interface Tally {
    record Open(int count, List<Integer> lastOf) implements Tally {

      /** Returns the next, or throws if a sender is not in order. */
      Open plus(TallyEvent.Add add) {
        int last = lastOf.get(add.sender());
        if (add.number() != last + 1) {
          throw new IllegalStateException(
              "Sender %d: %d came after %d.".formatted(add.sender(), add.number(), last));
        }
        List<Integer> next = new ArrayList<>(lastOf);
        next.set(add.sender(), add.number());
        return new Open(count + 1, List.copyOf(next));
      }
    }

    record Closed(int count) implements Tally {}
  }

  /** What may happen to a tally. */
  sealed interface TallyEvent {
    record Add(int sender, int number) implements TallyEvent {}

    record Close() implements TallyEvent {}
  }

  static Machine<Tally, TallyEvent> machine(int senders) {
    return Machine.define("tally", Tally.class, TallyEvent.class)
        .initial(new Tally.Open(0, Collections.nCopies(senders, 0)))
        .in(
            Tally.Open.class,
            s ->
                s.on(TallyEvent.Add.class)
                    .update((open, add) -> open.plus(add))
                    .on(TallyEvent.Close.class)
                    .to(Tally.Closed.class, (open, close) -> new Tally.Closed(open.count())))
        .finals(Tally.Closed.class)
        .build();
  }
}
