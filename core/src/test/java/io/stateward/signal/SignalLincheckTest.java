package io.stateward.signal;

import io.stateward.store.Store;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Two stores and what is derived of them, as one linearizable object.
 *
 * <p>Claimed: updates, reads, atomic updates of both and reads of signals derived from both take
 * effect in one instant between their call and their return, in one order that all threads agree
 * on. The model checker looks for a schedule that contradicts it; under stress the hardware does.
 *
 * <p>Excluded: {@code version()} of derived signals, which counts evaluations, not commits; and
 * delivery, see {@link DeliveryLincheckTest}.
 */
final class SignalLincheckTest {

  @Test
  void storesAndDerived_underStress_areLinearizable() {
    new StressOptions()
        .iterations(12)
        .invocationsPerIteration(250)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .sequentialSpecification(Specification.class)
        .check(TwoStores.class);
  }

  /** What is checked. Public, as Lincheck demands. */
  @Param(name = "value", gen = IntGen.class, conf = "1:3")
  public static final class TwoStores {
    private final Store<Integer> first = Store.of(0);
    private final Store<Integer> second = Store.of(0);
    private final Signal<Integer> both = Signal.derive(new Both(first, second));
    private final Signal<Integer> chosen = Signal.derive(new Chosen(both, first, second));

    /** Writes one store. */
    @Operation
    public int setFirst(@Param(name = "value") int value) {
      return first.update(before -> value);
    }

    /** Adds to the other, so that lost updates show. */
    @Operation
    public int addToSecond(@Param(name = "value") int value) {
      return second.update(before -> before + value);
    }

    /** Writes both in one instant. */
    @Operation
    public void setBoth(@Param(name = "value") int value) {
      Store.atomically(new SetBoth(first, second, value), first, second);
    }

    /** Reads one store. */
    @Operation
    public int first() {
      return first.get();
    }

    /** Reads the other. */
    @Operation
    public int second() {
      return second.get();
    }

    /** Reads both in one instant. */
    @Operation
    public int both() {
      return both.get();
    }

    /** Reads one or both, as the first demands. */
    @Operation
    public int chosen() {
      return chosen.get();
    }
  }

  // Classes, since Lincheck cannot look into the captured values of lambdas.

  private static final class Both implements Function<Reader, Integer> {
    private final Store<Integer> first;
    private final Store<Integer> second;

    Both(Store<Integer> first, Store<Integer> second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public Integer apply(Reader from) {
      return from.get(first) * 10 + from.get(second);
    }
  }

  private static final class Chosen implements Function<Reader, Integer> {
    private final Signal<Integer> both;
    private final Store<Integer> first;
    private final Store<Integer> second;

    Chosen(Signal<Integer> both, Store<Integer> first, Store<Integer> second) {
      this.both = both;
      this.first = first;
      this.second = second;
    }

    @Override
    public Integer apply(Reader from) {
      return from.get(first) > 1 ? -from.get(second) : from.get(both);
    }
  }

  private static final class SetBoth implements Runnable {
    private final Store<Integer> first;
    private final Store<Integer> second;
    private final int value;

    SetBoth(Store<Integer> first, Store<Integer> second, int value) {
      this.first = first;
      this.second = second;
      this.value = value;
    }

    @Override
    public void run() {
      first.set(value);
      second.set(value);
    }
  }

  /** The same, one thread at a time. */
  public static final class Specification {
    private int first;
    private int second;

    /** As above. */
    public int setFirst(int value) {
      first = value;
      return value;
    }

    /** As above. */
    public int addToSecond(int value) {
      second += value;
      return second;
    }

    /** As above. */
    public void setBoth(int value) {
      first = value;
      second = value;
    }

    /** As above. */
    public int first() {
      return first;
    }

    /** As above. */
    public int second() {
      return second;
    }

    /** As above. */
    public int both() {
      return first * 10 + second;
    }

    /** As above. */
    public int chosen() {
      return first > 1 ? -second : first * 10 + second;
    }
  }
}
