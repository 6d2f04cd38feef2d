package io.stateward.signal;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** A mapped signal that is right except for one flaw. */
final class FlawedMapping<P, T> extends FlawedSignal<T> {

  private final Signal<P> upstream;
  private final Function<? super P, ? extends T> function;
  private final FlawedWorld world;
  private final Function<Object, Object> wholeWay; // from the first signal to here
  private final Signal<?> first;
  private volatile boolean setBack;

  FlawedMapping(Signal<P> upstream, Function<? super P, ? extends T> function, FlawedWorld world) {
    this(upstream, function, world, upstream, uncheckedly(function));
  }

  private FlawedMapping(
      Signal<P> upstream,
      Function<? super P, ? extends T> function,
      FlawedWorld world,
      Signal<?> first,
      Function<Object, Object> wholeWay) {
    super(mapped(upstream, function, world, first, wholeWay), world);
    this.upstream = upstream;
    this.function = function;
    this.world = world;
    this.first = first;
    this.wholeWay = wholeWay;
    if (world.flaw == SignalFlaw.EVALUATES_EAGERLY) {
      super.subscribe(Delivery.every(), change -> get());
    }
    if (world.flaw == SignalFlaw.HOLDS_WHAT_IS_DERIVED) {
      world.held.add(this);
    }
  }

  @SuppressWarnings("unchecked") // functions are composed in the order of the signals
  private static Function<Object, Object> uncheckedly(Function<?, ?> function) {
    return (Function<Object, Object>) function;
  }

  @SuppressWarnings("unchecked") // as above
  private static <P, T> Signal<T> mapped(
      Signal<P> upstream,
      Function<? super P, ? extends T> function,
      FlawedWorld world,
      Signal<?> first,
      Function<Object, Object> wholeWay) {
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    return switch (world.flaw) {
      case FAILED_FUNCTIONS_GIVE_NULL -> upstream.map(value -> orNull(function, value));
      case EVALUATES_WHERE_NOTHING_CHANGED -> (Signal<T>) ((Signal<Object>) first).map(wholeWay);
      case STAYS_FAILED -> upstream.map(value -> keptFailed(function, value, failure));
      case SUBSCRIBING_WAITS_FOR_READERS ->
          upstream.map(
              value ->
                  world.depth.get() > 0 ? function.apply(value) : locked(world, function, value));
      case SUBSCRIBING_WAITS_FOR_EVALUATIONS ->
          upstream.map(
              value ->
                  world.depth.get() == 0 ? function.apply(value) : locked(world, function, value));
      default -> upstream.map(function);
    };
  }

  private static <P, T> T locked(
      FlawedWorld world, Function<? super P, ? extends T> function, P value) {
    return world.<T>locked(() -> function.apply(value));
  }

  private static <P, T> T orNull(Function<? super P, ? extends T> function, P value) {
    try {
      return function.apply(value);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static <P, T> T keptFailed(
      Function<? super P, ? extends T> function,
      P value,
      AtomicReference<RuntimeException> failure) {
    if (failure.get() != null) {
      throw failure.get();
    }
    try {
      return function.apply(value);
    } catch (RuntimeException e) {
      failure.set(e);
      throw e;
    }
  }

  @Override
  public T get() {
    if (world.flaw == SignalFlaw.EVALUATES_AT_EACH_READ) {
      orNull(function, upstream.get());
    }
    if (world.flaw == SignalFlaw.SLOW_EVALUATION_SETS_VERSION_BACK) {
      long before = upstream.version();
      T value = super.get();
      setBack |= upstream.version() != before;
      return value;
    }
    try {
      return super.get();
    } catch (SignalFailedException e) {
      if (world.flaw == SignalFlaw.EVALUATES_FAILURES_AGAIN) {
        orNull(function, upstream.get());
      }
      throw e;
    }
  }

  @Override
  public long version() {
    return setBack ? 0 : super.version();
  }

  @Override
  public Subscription subscribe(Delivery delivery, Consumer<? super Change<T>> subscriber) {
    if (world.flaw == SignalFlaw.EVALUATES_FOR_EACH_SUBSCRIBER) {
      Signal<T> own = upstream.map(function);
      return own.named(name()).subscribe(delivery, subscriber);
    }
    return super.subscribe(delivery, subscriber);
  }

  @Override
  public <R> Signal<R> map(Function<? super T, ? extends R> next) {
    return world.flaw == SignalFlaw.EVALUATES_WHERE_NOTHING_CHANGED
        ? new FlawedMapping<>(right(), next, world, first, wholeWay.andThen(uncheckedly(next)))
        : super.map(next);
  }
}
