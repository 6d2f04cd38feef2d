package io.stateward.signal;

import io.stateward.signal.internal.Combined;
import io.stateward.signal.internal.FromPublisher;
import io.stateward.signal.internal.Node;
import io.stateward.signal.internal.Root;
import io.stateward.signal.internal.Sampled;
import io.stateward.signal.internal.ToPublisher;
import io.stateward.signal.internal.Tracked;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that changes over time, its version, and a way to be told of the next one.
 *
 * <pre>{@code
 * Signal<Integer> total = Signal.combine(price, quantity, (p, q) -> p * q);
 * Subscription shown = total.subscribe(change -> show(change.now()));
 * int current = total.get();
 * shown.close();
 * }</pre>
 *
 * <p>Signals come from a store, from each other ({@link #map}, {@link #combine}, {@link #derive})
 * from a {@link Flow.Publisher}, or from what is {@linkplain #sampled looked up}. The functions
 * that make one signal of others must be pure: they may run at any time, on any thread, more than
 * once or not at all.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. Reads never block.
 *
 * <p><b>Ordering.</b> A subscription is handed changes one at a time, in the order of versions,
 * each starting where the one before ended. A signal of one store is handed every commit; a signal
 * of several is evaluated at the latest state of all of them, never at a torn one, and skips what
 * was overtaken meanwhile.
 *
 * <p><b>Failure.</b> A function that throws fails the signal until an input changes: reading it
 * throws {@link SignalFailedException}, subscribers hear nothing, the failure is reported once, and
 * no other signal is harmed.
 *
 * <p><b>Cost.</b> Derived signals are lazy and memoised: nobody reads, nothing runs; nothing
 * changed, nothing runs again. Unobserved ones are held by nothing and can be collected.
 * Subscribing and closing are O(1).
 *
 * @param <T> the type of the value
 * @since 0.1
 */
public interface Signal<T extends @Nullable Object> {

  /**
   * Returns the current value.
   *
   * @return the value
   * @throws SignalFailedException if the value is derived by a function that threw
   */
  T get();

  /**
   * Returns the version of the current value. It grows whenever the value changes; only versions of
   * the same signal compare.
   *
   * @return a number that never gets smaller
   */
  long version();

  /**
   * Returns the current value and its version as one consistent pair.
   *
   * @return the pair
   * @throws SignalFailedException if the value is derived by a function that threw
   */
  Versioned<T> versioned();

  /**
   * Tells a subscriber of every later change, on the thread that makes it. Same as {@code
   * subscribe(Delivery.every(), subscriber)}.
   *
   * @param subscriber called with each change; keep it short, or give it an executor
   * @return a subscription that ends when closed
   */
  default Subscription subscribe(Consumer<? super Change<T>> subscriber) {
    return subscribe(Delivery.every(), subscriber);
  }

  /**
   * Tells a subscriber of later changes in a chosen manner.
   *
   * @param delivery which changes, and where
   * @param subscriber called with the changes, one at a time; what it throws is reported and ends
   *     nothing
   * @return a subscription that ends when closed
   */
  Subscription subscribe(Delivery delivery, Consumer<? super Change<T>> subscriber);

  /**
   * Returns a signal of a function of the value. Equal results are one value: it moves only when
   * the result is not equal to the one before.
   *
   * @param <R> the type of the result
   * @param function a pure function
   * @return the mapped signal
   */
  <R extends @Nullable Object> Signal<R> map(Function<? super T, ? extends R> function);

  /**
   * Returns this signal with an equality of your choice: it moves only when the new value is not
   * the same as the one it holds.
   *
   * @param same says whether two values count as one
   * @return the signal that moves less often
   */
  Signal<T> distinct(BiPredicate<? super T, ? super T> same);

  /**
   * Gives this signal a name, which errors and probes say.
   *
   * @param name the name
   * @return this signal
   */
  Signal<T> named(String name);

  /**
   * Returns the name that errors and probes say.
   *
   * @return the name given, or one that tells where the signal comes from
   */
  String name();

  /**
   * Returns a publisher that hands each subscriber the current value and then later ones, as it
   * asks for them. Values that nobody asked for yet are conflated: what arrives is always the
   * newest. Closing the store completes it.
   *
   * @return a publisher as Reactive Streams 1.0.4 demands
   */
  default Flow.Publisher<T> publisher() {
    return publisher(Delivery.latest());
  }

  /**
   * Returns a publisher that hands each subscriber the current value and then later ones, as it
   * asks for them, in a chosen manner.
   *
   * @param delivery how changes wait until they are asked for, and the executor that hands them
   *     over
   * @return a publisher as Reactive Streams 1.0.4 demands
   */
  default Flow.Publisher<T> publisher(Delivery delivery) {
    return new ToPublisher<>(this, delivery);
  }

  /**
   * Returns a signal that never changes.
   *
   * @param <T> the type of the value
   * @param value the value
   * @return the constant signal
   */
  static <T extends @Nullable Object> Signal<T> constant(T value) {
    return new Root<>("constant", value);
  }

  /**
   * Returns a signal that follows a publisher: its value is the newest that was published.
   *
   * @param <T> the type of the values
   * @param initial the value until the first one arrives
   * @param publisher where the values come from; it is subscribed to at once, with unbounded demand
   * @return the signal, to close when it is no longer wanted; if the publisher fails, the value
   *     stays and the failure is reported
   */
  static <T> PublishedSignal<T> from(T initial, Flow.Publisher<? extends T> publisher) {
    return FromPublisher.follow(initial, publisher);
  }

  /**
   * Returns a signal of something that changes without a word, as figures do: its value is looked
   * up when it is read. While somebody is subscribed to it, or to what is made of it, it is looked
   * up at a pace instead, and the value is the one found last. Where it is combined with other
   * signals, that is so as well.
   *
   * @param <T> the type of the value
   * @param sample looks the value up, on the thread that reads or the timekeeper's; short, without
   *     effects, and never null. If it throws, that is reported and the last value stays
   * @param pace how often it is looked up, and subscribers told, while there are any; more than
   *     zero
   * @param timekeeper whose time that is; nothing is scheduled while nobody is subscribed
   * @return the signal, to close when it is no longer wanted
   * @throws IllegalArgumentException if the pace is not more than zero
   */
  static <T> PublishedSignal<T> sampled(
      Supplier<? extends T> sample, Duration pace, Timekeeper timekeeper) {
    return new Sampled<>(sample, pace, timekeeper);
  }

  /**
   * Returns a signal of a function that reads other signals. What it reads is tracked anew at each
   * evaluation, so the dependencies may change from one to the next.
   *
   * <pre>{@code
   * Signal<String> shown = Signal.derive(from -> from.get(useNick) ? from.get(nick) : from.get(name));
   * }</pre>
   *
   * @param <T> the type of the value
   * @param function a pure function that reads through its argument
   * @return the derived signal
   */
  static <T extends @Nullable Object> Signal<T> derive(
      Function<? super Reader, ? extends T> function) {
    return new Tracked<>(function);
  }

  /**
   * Returns a signal of two signals.
   *
   * @param <A> the type of the first
   * @param <B> the type of the second
   * @param <R> the type of the result
   * @param first a signal
   * @param second a signal
   * @param combiner a pure function; it is never called with a torn pair
   * @return the combined signal
   */
  @SuppressWarnings("unchecked") // the list is in the order of the parameters
  static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      Signal<R> combine(
          Signal<A> first,
          Signal<B> second,
          BiFunction<? super A, ? super B, ? extends R> combiner) {
    Objects.requireNonNull(combiner, "combiner");
    return new Combined<>(
        List.of(Node.of(first), Node.of(second)),
        values -> combiner.apply((A) values[0], (B) values[1]));
  }

  /**
   * Returns a signal of three signals.
   *
   * @param <A> the type of the first
   * @param <B> the type of the second
   * @param <C> the type of the third
   * @param <R> the type of the result
   * @param first a signal
   * @param second a signal
   * @param third a signal
   * @param combiner a pure function; it is never called with torn values
   * @return the combined signal
   */
  @SuppressWarnings("unchecked") // the list is in the order of the parameters
  static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      Signal<R> combine(
          Signal<A> first,
          Signal<B> second,
          Signal<C> third,
          Function3<? super A, ? super B, ? super C, ? extends R> combiner) {
    Objects.requireNonNull(combiner, "combiner");
    return new Combined<>(
        List.of(Node.of(first), Node.of(second), Node.of(third)),
        values -> combiner.apply((A) values[0], (B) values[1], (C) values[2]));
  }

  /**
   * Returns a signal of four signals.
   *
   * @param <A> the type of the first
   * @param <B> the type of the second
   * @param <C> the type of the third
   * @param <D> the type of the fourth
   * @param <R> the type of the result
   * @param first a signal
   * @param second a signal
   * @param third a signal
   * @param fourth a signal
   * @param combiner a pure function; it is never called with torn values
   * @return the combined signal
   */
  @SuppressWarnings("unchecked") // the list is in the order of the parameters
  static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      Signal<R> combine(
          Signal<A> first,
          Signal<B> second,
          Signal<C> third,
          Signal<D> fourth,
          Function4<? super A, ? super B, ? super C, ? super D, ? extends R> combiner) {
    Objects.requireNonNull(combiner, "combiner");
    return new Combined<>(
        List.of(Node.of(first), Node.of(second), Node.of(third), Node.of(fourth)),
        values -> combiner.apply((A) values[0], (B) values[1], (C) values[2], (D) values[3]));
  }

  /**
   * Returns a signal of five signals. For more, see {@link #combineAll}.
   *
   * @param <A> the type of the first
   * @param <B> the type of the second
   * @param <C> the type of the third
   * @param <D> the type of the fourth
   * @param <E> the type of the fifth
   * @param <R> the type of the result
   * @param first a signal
   * @param second a signal
   * @param third a signal
   * @param fourth a signal
   * @param fifth a signal
   * @param combiner a pure function; it is never called with torn values
   * @return the combined signal
   */
  @SuppressWarnings("unchecked") // the list is in the order of the parameters
  static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      Signal<R> combine(
          Signal<A> first,
          Signal<B> second,
          Signal<C> third,
          Signal<D> fourth,
          Signal<E> fifth,
          Function5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> combiner) {
    Objects.requireNonNull(combiner, "combiner");
    return new Combined<>(
        List.of(Node.of(first), Node.of(second), Node.of(third), Node.of(fourth), Node.of(fifth)),
        values ->
            combiner.apply(
                (A) values[0], (B) values[1], (C) values[2], (D) values[3], (E) values[4]));
  }

  /**
   * Returns a signal of any number of signals of one type.
   *
   * @param <T> the type of the inputs
   * @param <R> the type of the result
   * @param signals the inputs; the list is copied
   * @param combiner a pure function of their values, in the same order; it is never called with
   *     torn values, and may keep the list, which does not change
   * @return the combined signal
   */
  static <T extends @Nullable Object, R extends @Nullable Object> Signal<R> combineAll(
      List<? extends Signal<? extends T>> signals,
      Function<? super List<T>, ? extends R> combiner) {
    return Combined.ofAll(signals, combiner);
  }
}
