package io.stateward.signal;

import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;

/** A signal that is right except for one flaw: what the contract kit is tested with. */
class FlawedSignal<T> implements Signal<T> {

  private final Signal<T> right;
  private final FlawedWorld world;

  FlawedSignal(Signal<T> right, FlawedWorld world) {
    this.right = right;
    this.world = world;
  }

  @Override
  public T get() {
    return switch (world.flaw) {
      case READS_TAKE_THE_LOCK_OF_DELIVERY -> world.locked(right::get);
      case READS_LAG_BEHIND -> world.lagging(right.get());
      case TELLS_BEFORE_PUBLISHING -> world.notYet(right.get());
      case READING_COUNTS_AS_CHANGE -> {
        world.reads.incrementAndGet();
        yield right.get();
      }
      default -> right.get();
    };
  }

  @Override
  public long version() {
    return right.version() + world.reads.get();
  }

  @Override
  public Versioned<T> versioned() {
    if (world.flaw != SignalFlaw.READS_VALUE_AND_VERSION_APART) {
      return right.versioned();
    }
    T value = right.get();
    Thread.yield();
    return new Versioned<>(value, right.version());
  }

  @Override
  public Subscription subscribe(Delivery delivery, Consumer<? super Change<T>> subscriber) {
    return new FlawedSubscription<>(right, world, subscriber).open(delivery);
  }

  @Override
  public <R> Signal<R> map(Function<? super T, ? extends R> function) {
    return new FlawedMapping<T, R>(right, function, world);
  }

  @Override
  public Signal<T> distinct(BiPredicate<? super T, ? super T> same) {
    return switch (world.flaw) {
      case IGNORES_THE_CHOSEN_EQUALITY -> new FlawedSignal<>(right.map(value -> value), world);
      case THROWING_EQUALITY_MEANS_EQUAL ->
          new FlawedSignal<>(right.distinct((one, other) -> careless(same, one, other)), world);
      case SUBSCRIBING_WAITS_FOR_EQUALITIES ->
          new FlawedSignal<>(
              right.distinct((one, other) -> world.locked(() -> same.test(one, other))), world);
      default -> new FlawedSignal<>(right.distinct(same), world);
    };
  }

  private static <T> boolean careless(BiPredicate<? super T, ? super T> same, T one, T other) {
    try {
      return same.test(one, other);
    } catch (RuntimeException e) {
      return true;
    }
  }

  @Override
  public Signal<T> named(String name) {
    right.named(name);
    return this;
  }

  @Override
  public String name() {
    return right.name();
  }

  Signal<T> right() {
    return right;
  }

  /** Combines two of these. */
  static Signal<Integer> combine(
      FlawedSignal<Integer> first,
      FlawedSignal<Integer> second,
      BinaryOperator<Integer> combiner,
      FlawedWorld world) {
    Signal<Integer> both = Signal.combine(first.right, second.right, combiner);
    return switch (world.flaw) {
      case READS_INPUTS_APART ->
          new FlawedSignal<>(both, world) {
            @Override
            public Integer get() {
              return combiner.apply(first.get(), second.get());
            }
          };
      case COMBINES_INPUT_BY_INPUT ->
          new FlawedSignal<>(both, world) {
            @Override
            public Subscription subscribe(
                Delivery delivery, Consumer<? super Change<Integer>> subscriber) {
              Subscription one = tellOf(first.right, subscriber);
              Subscription other = tellOf(second.right, subscriber);
              return () -> {
                one.close();
                other.close();
              };
            }

            private Subscription tellOf(
                Signal<Integer> input, Consumer<? super Change<Integer>> subscriber) {
              return input.subscribe(
                  change -> subscriber.accept(new Change<>(0, get(), change.version())));
            }
          };
      default -> new FlawedSignal<>(both, world);
    };
  }
}
