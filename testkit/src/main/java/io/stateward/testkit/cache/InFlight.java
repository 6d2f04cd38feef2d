package io.stateward.testkit.cache;

import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What is under way: held until it is released, or delayed; all of it can be lost. */
final class InFlight {

  /** Something that arrives or is lost, once. */
  private static final class Parcel {
    private final Runnable arrive;
    private final Runnable lose;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile @Nullable Timer timer;

    Parcel(Runnable arrive, Runnable lose) {
      this.arrive = arrive;
      this.lose = lose;
    }

    void settle(boolean arrives) {
      if (settled.compareAndSet(false, true)) {
        Timer due = timer;
        if (due != null) {
          due.cancel();
        }
        (arrives ? arrive : lose).run();
      }
    }
  }

  private final Timekeeper time;
  private final List<Parcel> held = new CopyOnWriteArrayList<>();
  private final List<Parcel> delayed = new CopyOnWriteArrayList<>();

  InFlight(Timekeeper time) {
    this.time = time;
  }

  void hold(Runnable arrive, Runnable lose) {
    held.add(new Parcel(arrive, lose));
  }

  void delay(Duration by, Runnable arrive, Runnable lose) {
    Parcel parcel = new Parcel(arrive, lose);
    delayed.add(parcel);
    parcel.timer =
        time.schedule(
            by,
            () -> {
              delayed.remove(parcel);
              parcel.settle(true);
            });
  }

  int held() {
    return held.size();
  }

  /** Lets the oldest of what is held arrive, at most so many. */
  void release(int most) {
    List<Parcel> oldest = List.copyOf(held);
    settle(oldest.subList(0, Math.min(most, oldest.size())), true);
  }

  void releaseShuffled(long seed) {
    List<Parcel> all = new ArrayList<>(held);
    Collections.shuffle(all, new Random(seed));
    settle(all, true);
  }

  void dropHeld() {
    settle(List.copyOf(held), false);
  }

  /** Loses all of it, as a connection does that breaks. */
  void dropAll() {
    dropHeld();
    List<Parcel> late = List.copyOf(delayed);
    delayed.removeAll(late);
    late.forEach(parcel -> parcel.settle(false));
  }

  private void settle(List<Parcel> parcels, boolean arrive) {
    for (Parcel parcel : parcels) {
      held.remove(parcel);
      parcel.settle(arrive);
    }
  }
}
