package io.stateward.statemachine.runtime;

import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import io.stateward.statemachine.Notice;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The observers of an actor. */
final class Audience<S> {

  private final List<Seat<S>> seats = new CopyOnWriteArrayList<>();

  Subscription add(Consumer<? super Notice<S>> observer) {
    Seat<S> seat = new Seat<>(this, Objects.requireNonNull(observer, "observer"));
    seats.add(seat);
    return seat;
  }

  void tell(Notice<S> notice) {
    for (Seat<S> seat : seats) {
      seat.tell(notice);
    }
  }

  /** A class and not a record: the same observer may be added twice. */
  private static final class Seat<S> implements Subscription {
    private final Audience<S> audience;
    private final Consumer<? super Notice<S>> observer;
    private volatile boolean closed;

    Seat(Audience<S> audience, Consumer<? super Notice<S>> observer) {
      this.audience = audience;
      this.observer = observer;
    }

    void tell(Notice<S> notice) {
      if (closed) {
        return;
      }
      try {
        observer.accept(notice);
      } catch (Throwable t) { // foreign code; the others are told all the same
        Probe.report("Actor", "An observer threw when it was told of %s.".formatted(notice), t);
      }
    }

    @Override
    public void close() {
      closed = true;
      audience.seats.remove(this);
    }
  }
}
