package io.stateward.signal;

import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Commits, subscriptions and their ends: of a store in every order that the model checker finds, of
 * derived signals under stress, see {@link SignalLincheckTest}.
 *
 * <p>Claimed: when all is done, every open subscription has been told a joined chain of changes,
 * one at a time, that ends at the current value; a subscription whose {@code close} returned before
 * a commit began has not been told of that commit.
 *
 * <p>Excluded: which thread delivers, and when; so no operation returns what was told. A callback
 * that another thread had begun when {@code close} returned may go on.
 */
final class DeliveryLincheckTest {

  @Test
  void store_underTheModelChecker_losesNothing() {
    small(new ModelCheckingOptions().iterations(5).invocationsPerIteration(80))
        .check(OfStore.class);
  }

  @Test
  void derived_underStress_losesNothing() {
    small(new StressOptions().iterations(6).invocationsPerIteration(200)).check(OfDerived.class);
  }

  @Test
  void middle_underStress_losesNothing() {
    small(new StressOptions().iterations(6).invocationsPerIteration(200)).check(OfMiddle.class);
  }

  private static <O extends Options<O, ?>> O small(O options) {
    return options
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(2)
        .actorsAfter(1)
        .sequentialSpecification(Nothing.class);
  }

  /** What all the checked objects have. */
  public abstract static class Audience {
    private final Store<Integer> first = Store.of(0);
    private final Store<Integer> second = Store.of(0);
    private final Signal<Integer> signal = signal(first, second);
    private final List<Listener> listeners = new ArrayList<>(); // guarded by itself

    abstract Signal<Integer> signal(Store<Integer> first, Store<Integer> second);

    /** Commits. */
    @Operation
    public void commitFirst() {
      first.update(n -> n + 1);
    }

    /** Commits elsewhere. Values only grow, so that nothing is conflated into no change at all. */
    @Operation
    public void commitSecond() {
      second.update(n -> n + 100);
    }

    /** Subscribes one more. */
    @Operation
    public void subscribe() {
      Listener listener = new Listener();
      listener.subscription = signal.subscribe(listener);
      listener.seen = signal.get();
      synchronized (listeners) {
        listeners.add(listener);
      }
    }

    /** Closes the subscription that is oldest. */
    @Operation
    public void close() {
      Listener oldest;
      synchronized (listeners) {
        oldest = listeners.isEmpty() ? null : listeners.remove(0);
      }
      if (oldest != null && oldest.subscription != null) {
        oldest.subscription.close();
        oldest.closedAt = first.get();
      }
    }

    /** Looks at the listeners when all threads are done. */
    @Validate
    public void everybodyHasHeard() {
      for (Listener listener : listeners) {
        listener.verify(signal.get());
      }
    }
  }

  /** Somebody who notes what is wrong with what he is told. */
  private static final class Listener implements Consumer<Change<Integer>> {
    private @Nullable Subscription subscription;
    private int closedAt = Integer.MAX_VALUE;
    private int last = -1;
    private int seen; // read after subscribing: what it knows if it is never told anything
    private boolean inside;
    private String problem = "";

    @Override
    public void accept(Change<Integer> change) {
      if (inside) {
        problem = "two at once";
      }
      inside = true;
      if (last != -1 && last != change.was()) {
        problem = "after %d came %s".formatted(last, change);
      }
      if (change.now() % 100 > closedAt) {
        problem = "told after the end: " + change;
      }
      last = change.now();
      inside = false;
    }

    void verify(int end) {
      if (!problem.isEmpty() || (last == -1 ? seen : last) != end) {
        throw new IllegalStateException("ended at %d, not %d; %s".formatted(last, end, problem));
      }
    }
  }

  /** A store alone. */
  public static final class OfStore extends Audience {
    @Override
    Signal<Integer> signal(Store<Integer> first, Store<Integer> second) {
      return first;
    }
  }

  /** A signal of both stores. */
  public static final class OfDerived extends Audience {
    @Override
    Signal<Integer> signal(Store<Integer> first, Store<Integer> second) {
      return Signal.derive(new Sum(first, second));
    }
  }

  /** A signal of both stores that somebody else passes through. */
  public static final class OfMiddle extends Audience {
    @Override
    Signal<Integer> signal(Store<Integer> first, Store<Integer> second) {
      Signal<Integer> sum = Signal.derive(new Sum(first, second));
      Signal.derive(new Sum(sum, first)).subscribe(change -> {});
      return sum;
    }
  }

  /** A class, since Lincheck cannot look into the captured values of lambdas. */
  private static final class Sum implements Function<Reader, Integer> {
    private final Signal<Integer> first;
    private final Signal<Integer> second;

    Sum(Signal<Integer> first, Signal<Integer> second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public Integer apply(Reader from) {
      return from.get(first) + from.get(second);
    }
  }

  /** Operations that return nothing in any order. */
  public static final class Nothing {
    /** Nothing. */
    public void commitFirst() {}

    /** Nothing. */
    public void commitSecond() {}

    /** Nothing. */
    public void subscribe() {}

    /** Nothing. */
    public void close() {}
  }
}
