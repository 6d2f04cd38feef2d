package io.stateward.store;

import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/** The contract of a store, on one with a flaw. Run by {@link StoreContractIsSharpTest} only. */
final class FlawedStoreFixture extends StoreContract {

  static StoreFlaw flaw = StoreFlaw.NONE;

  @Override
  public Store<Sample> create(String name, Sample initial) {
    return new FlawedStore<>(Store.of(name, initial), flaw, patience());
  }

  @Override
  public Duration patience() {
    return flaw.blocks() ? Duration.ofMillis(150) : Duration.ofSeconds(20);
  }

  @Override
  public void atomically(Runnable body, Store<Sample> first, Store<Sample> second) {
    FlawedStore<Sample> one = (FlawedStore<Sample>) first;
    FlawedStore<Sample> two = (FlawedStore<Sample>) second;
    switch (flaw) {
      case SHOWS_HALF_OF_AN_ATOMIC_UPDATE -> body.run();
      case KEEPS_HALF_OF_A_FAILED_ATOMIC_UPDATE -> {
        AtomicReference<RuntimeException> thrown = new AtomicReference<>();
        Store.atomically(() -> thrown.set(thrownBy(body)), one.store, two.store);
        if (thrown.get() != null) {
          throw thrown.get();
        }
      }
      case LOCKS_IN_THE_ORDER_GIVEN ->
          one.locked(
              () -> {
                Thread.yield();
                return two.locked(
                    () -> {
                      Store.atomically(body, one.store, two.store);
                      return true;
                    });
              });
      default -> Store.atomically(body, one.store, two.store);
    }
  }

  private static RuntimeException thrownBy(Runnable body) {
    try {
      body.run();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  @Override
  public Signal<Integer> combine(
      Signal<Integer> first, Signal<Integer> second, BinaryOperator<Integer> combiner) {
    Signal<Integer> one = ForwardingSignal.right(first);
    Signal<Integer> two = ForwardingSignal.right(second);
    Signal<Integer> both = Signal.combine(one, two, combiner);
    return switch (flaw) {
      case READS_INPUTS_APART ->
          new ForwardingSignal<>(both) {
            @Override
            public Integer get() {
              int value = one.get();
              Thread.yield();
              return combiner.apply(value, two.get());
            }
          };
      case COMBINES_INPUT_BY_INPUT -> new InputByInput(both, one, two);
      case INPUTS_GO_BACK ->
          new ForwardingSignal<>(both) {
            @Override
            public Subscription subscribe(
                Delivery delivery, Consumer<? super Change<Integer>> subscriber) {
              return right.subscribe(delivery, change -> subscriber.accept(backwards(change)));
            }
          };
      default -> both;
    };
  }

  private static Change<Integer> backwards(Change<Integer> change) {
    int now = change.now() > 100_000 && change.now() % 7 == 0 ? 0 : change.now();
    return new Change<>(change.was(), now, change.version());
  }

  private static final class InputByInput extends ForwardingSignal<Integer> {

    private final Signal<Integer> one;
    private final Signal<Integer> two;

    InputByInput(Signal<Integer> both, Signal<Integer> one, Signal<Integer> two) {
      super(both);
      this.one = one;
      this.two = two;
    }

    @Override
    public Subscription subscribe(Delivery delivery, Consumer<? super Change<Integer>> subscriber) {
      Subscription first = one.subscribe(change -> subscriber.accept(now(change)));
      Subscription second = two.subscribe(change -> subscriber.accept(now(change)));
      return () -> {
        first.close();
        second.close();
      };
    }

    private Change<Integer> now(Change<Integer> change) {
      return new Change<>(0, get(), change.version());
    }
  }
}
