package io.stateward.signal;

import io.stateward.signal.Delivery.Mode;
import io.stateward.signal.internal.Probes;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A subscription to a {@link FlawedSignal}. */
final class FlawedSubscription<T> implements Subscription {

  private final Signal<T> right;
  private final FlawedWorld world;
  private final Consumer<? super Change<T>> subscriber;
  private final AtomicInteger heard = new AtomicInteger();
  private final CountDownLatch idle = new CountDownLatch(1);
  private volatile boolean inside;
  private boolean executes;
  private Executor executor = Runnable::run;
  private String name = "";
  private Subscription own = () -> {};

  FlawedSubscription(Signal<T> right, FlawedWorld world, Consumer<? super Change<T>> subscriber) {
    this.right = right;
    this.world = world;
    this.subscriber = subscriber;
  }

  Subscription open(Delivery delivery) {
    executes = delivery.executor() != null;
    executor = executes ? delivery.executor() : executor;
    name = delivery.name();
    switch (world.flaw) {
      case SUBSCRIBING_WAITS_FOR_CALLBACKS,
          SUBSCRIBING_WAITS_FOR_READERS,
          SUBSCRIBING_WAITS_FOR_EVALUATIONS,
          SUBSCRIBING_WAITS_FOR_EQUALITIES ->
          world.locked(() -> own = right.subscribe(delivery, this::tell));
      case TELLS_WHERE_IT_IS_WRITTEN -> own = openWhereWritten(delivery);
      case TELLS_OF_EQUAL_VALUES -> {
        if (right == world.subject) {
          world.inline.add(this);
        }
        own = right.subscribe(delivery, this::tell);
      }
      case CLOSES_ALL_OF_THE_SAME_CALLBACK -> {
        own = right.subscribe(delivery, this::tell);
        twins().add(own);
      }
      case KEEPS_SUBSCRIBERS_IN_A_LIST -> {
        own = right.subscribe(delivery, this::tell);
        world.list.add(this);
      }
      case GAP_AFTER_THE_CURRENT_VALUE -> own = openWithGap(delivery);
      case TELLS_NEWCOMERS_AT_ONCE -> {
        own = right.subscribe(delivery, this::tell);
        if (world.telling.get() != null) {
          tellUnchecked(world.telling.get());
        }
      }
      default -> own = right.subscribe(flawed(delivery), this::tell);
    }
    return this;
  }

  private Subscription openWhereWritten(Delivery delivery) {
    if (right != world.subject
        || executes
        || delivery.mode() != Mode.EVERY
        || delivery.startsWithCurrent()) {
      return right.subscribe(delivery, this::tell);
    }
    world.inline.add(this);
    return () -> world.inline.remove(this);
  }

  private Subscription openWithGap(Delivery delivery) {
    if (!delivery.startsWithCurrent()) {
      return right.subscribe(delivery, this::tell);
    }
    Versioned<T> current = right.versioned();
    tell(new Change<>(current.value(), current.value(), current.version()));
    long end = System.nanoTime() + 2_000_000;
    while (right.version() == current.version() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return right.subscribe(this::tell);
  }

  private Delivery flawed(Delivery asked) {
    Mode mode = asked.mode();
    return switch (world.flaw) {
      case IGNORES_EXECUTORS -> copy(asked, mode, null, asked.overflow());
      case ONE_TASK_PER_CHANGE ->
          mode == Mode.EVERY && executes ? Delivery.every().named(name) : asked;
      case CLOSES_WHERE_IT_SHOULD_MERGE -> copy(asked, mode, asked.executor(), Overflow.CLOSE);
      case MERGES_WHERE_IT_SHOULD_CLOSE ->
          copy(asked, mode, asked.executor(), Overflow.MERGE_OLDEST);
      case QUEUES_WHERE_IT_SHOULD_CONFLATE ->
          mode == Mode.LATEST && executes ? Delivery.every().on(asked.executor()) : asked;
      case TELLS_ALL_WHERE_IT_SHOULD_CONFLATE ->
          mode == Mode.LATEST && !executes ? Delivery.every() : asked;
      case DEBOUNCES_WHERE_IT_SHOULD_THROTTLE ->
          mode == Mode.THROTTLE ? copy(asked, Mode.DEBOUNCE, null, asked.overflow()) : asked;
      case THROTTLES_WHERE_IT_SHOULD_DEBOUNCE ->
          mode == Mode.DEBOUNCE ? copy(asked, Mode.THROTTLE, null, asked.overflow()) : asked;
      case FORGETS_THE_CURRENT_VALUE -> asked.startsWithCurrent() ? Delivery.every() : asked;
      case SWALLOWS_REFUSALS -> executes ? asked.on(swallowing(asked.executor())) : asked;
      case WAITS_FOR_SLOW_EXECUTORS -> executes ? asked.on(counting(asked.executor())) : asked;
      default -> asked;
    };
  }

  private static Delivery copy(Delivery asked, Mode mode, Executor executor, Overflow overflow) {
    return new Delivery(
        mode,
        asked.period().isZero() ? Duration.ZERO : asked.period(),
        asked.capacity(),
        overflow,
        executor,
        asked.timekeeper(),
        asked.startsWithCurrent(),
        asked.name());
  }

  private static Executor swallowing(Executor executor) {
    return task -> {
      try {
        executor.execute(task);
      } catch (RejectedExecutionException e) {
        // lost, which is the flaw
      }
    };
  }

  private Executor counting(Executor executor) {
    return task -> {
      world.waiting.incrementAndGet();
      executor.execute(
          () -> {
            world.waiting.decrementAndGet();
            task.run();
          });
    };
  }

  @SuppressWarnings("unchecked") // a change of the signal that this is subscribed to
  void tellUnchecked(Change<?> change) {
    tell((Change<T>) change);
  }

  private void tell(Change<T> change) {
    int count = heard.incrementAndGet();
    switch (world.flaw) {
      case DROPS_EVERY_FIFTIETH -> {
        if (count % 50 != 0) {
          hand(change);
        }
      }
      case READS_TAKE_THE_LOCK_OF_DELIVERY, SUBSCRIBING_WAITS_FOR_CALLBACKS ->
          world.locked(() -> hand(change));
      case WAITS_FOR_SLOW_EXECUTORS -> {
        if (executes || world.waiting.get() == 0) {
          hand(change);
        }
      }
      case NEWCOMERS_START_FROM_WHAT_WAS_TOLD_LAST -> {
        Change<?> before = world.toldLast;
        world.toldLast = change;
        hand(
            count == 1 && before != null && before.now() instanceof Integer
                ? from(before, change)
                : change);
      }
      case ONE_TASK_PER_CHANGE -> {
        executor.execute(() -> hand(change));
      }
      default -> hand(change);
    }
  }

  @SuppressWarnings("unchecked") // as in tellUnchecked
  private Change<T> from(Change<?> before, Change<T> change) {
    return new Change<>((T) before.now(), change.now(), change.version());
  }

  private void hand(Change<T> change) {
    Change<?> outer = world.telling.get();
    world.telling.set(change);
    inside = true;
    try {
      subscriber.accept(change);
    } catch (Throwable t) { // what the flaws are about
      handle(t);
    } finally {
      inside = false;
      idle.countDown();
      if (outer == null) {
        world.telling.remove();
      } else {
        world.telling.set(outer);
      }
    }
  }

  private void handle(Throwable t) {
    switch (world.flaw) {
      case FAILED_SUBSCRIBERS_ARE_DROPPED -> close();
      case ERRORS_REACH_THE_WRITER -> {
        if (t instanceof Error) {
          world.toWriter(t);
        }
      }
      case PRINTS_WHAT_WAS_THROWN -> {
        try {
          t.toString();
        } catch (RuntimeException unprintable) {
          world.toWriter(unprintable);
        }
      }
      default -> {
        // as it should be
      }
    }
    Probes.report("Subscriber '%s' of '%s'".formatted(name, right.name()), "It threw.", t);
  }

  @Override
  public void close() {
    switch (world.flaw) {
      case CLOSES_WITH_THE_NEXT_CHANGE -> world.closing.add(own);
      case CLOSE_WAITS_FOR_CALLBACKS -> {
        awaitIdle();
        own.close();
      }
      case CLOSES_ALL_OF_THE_SAME_CALLBACK -> {
        twins().forEach(Subscription::close);
        twins().clear();
      }
      case KEEPS_SUBSCRIBERS_IN_A_LIST -> {
        own.close();
        world.list.remove(this);
      }
      default -> own.close();
    }
  }

  private Queue<Subscription> twins() {
    return world.twins.computeIfAbsent(subscriber, same -> new ConcurrentLinkedQueue<>());
  }

  private void awaitIdle() {
    try {
      if (inside && !idle.await(world.patience.toMillis() * 2, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("blocked");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
