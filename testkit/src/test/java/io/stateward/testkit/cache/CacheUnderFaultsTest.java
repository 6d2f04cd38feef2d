package io.stateward.testkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Three instances, whatever happens to them. Claimed, of any schedule: what was read from the
 * source before an invalidation took effect is never visible in the layer after it; no memory
 * serves what was invalidated longer ago than the bound, nor what its own instance invalidated; no
 * read that begins later than that returns it; and one that asks for a stamp reads that write.
 */
final class CacheUnderFaultsTest {

  @Property(seed = "20261122", tries = 400)
  void reads_underAnyFaults_areNeverTooOld(@ForAll("schedules") List<Step> schedule) {
    try (FaultWorld world = new FaultWorld()) {
      schedule.forEach(world::take);
      world.settle();
      assertThat(world.reads).isPositive();
    }
  }

  /** A load that began while the layer was away was kept for the bound from its end. */
  @Example
  void load_duringAPartition_isNotServedForLongerThanTheBound() {
    reads_underAnyFaults_areNeverTooOld(
        List.of(
            new Step(Step.Kind.LAYER_CUT, 1, "a1", 0),
            new Step(Step.Kind.READ_ALL, 1, "a1", 0),
            new Step(Step.Kind.WIRE_CUT, 0, "a1", 0),
            new Step(Step.Kind.WRITE_AFTER, 0, "a2", 0),
            new Step(Step.Kind.RELEASE, 0, "a1", 3),
            new Step(Step.Kind.ADVANCE, 0, "a1", 41),
            new Step(Step.Kind.RELEASE, 0, "a1", 1)));
  }

  /** A reader joined a load that began before the layer was away for the bound. */
  @Example
  void read_duringAPartition_doesNotJoinAnOldLoad() {
    reads_underAnyFaults_areNeverTooOld(
        List.of(
            new Step(Step.Kind.LAYER_CUT, 1, "a1", 0),
            new Step(Step.Kind.WIRE_CUT, 0, "a1", 0),
            new Step(Step.Kind.READ_ALL, 1, "a1", 0),
            new Step(Step.Kind.WRITE_AFTER, 0, "a1", 0),
            new Step(Step.Kind.RELEASE, 0, "a1", 3),
            new Step(Step.Kind.ADVANCE, 0, "a1", 41),
            new Step(Step.Kind.READ_ALL, 1, "a1", 0)));
  }

  /** An instance went on serving what it had invalidated by a tag in a layer that began anew. */
  @Example
  void tag_invalidatedInALayerThatBeganAnew_isInForceWhereItWasSaid() {
    reads_underAnyFaults_areNeverTooOld(
        List.of(
            new Step(Step.Kind.READ_ALL, 2, "a1", 0),
            new Step(Step.Kind.WRITE_WIDE, 2, "b1", 0),
            new Step(Step.Kind.RELEASE, 0, "a1", 0),
            new Step(Step.Kind.FLUSH, 0, "a1", 0),
            new Step(Step.Kind.LAYER_FAULTS, 2, "a1", 0),
            new Step(Step.Kind.RELEASE, 0, "a1", 0),
            new Step(Step.Kind.RELEASE, 0, "a1", 1)));
  }

  @Provide
  Arbitrary<List<Step>> schedules() {
    return steps().list().ofMinSize(5).ofMaxSize(60);
  }

  private static Arbitrary<Step> steps() {
    Arbitrary<Step.Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(8, Step.Kind.READ),
            Tuple.of(2, Step.Kind.READ_ALL),
            Tuple.of(2, Step.Kind.READ_AT_LEAST),
            Tuple.of(4, Step.Kind.WRITE_AFTER),
            Tuple.of(2, Step.Kind.WRITE_INTENT),
            Tuple.of(2, Step.Kind.WRITE_THROUGH),
            Tuple.of(1, Step.Kind.WRITE_WIDE),
            Tuple.of(10, Step.Kind.RELEASE),
            Tuple.of(4, Step.Kind.ADVANCE),
            Tuple.of(2, Step.Kind.LAYER_FAULTS),
            Tuple.of(2, Step.Kind.WIRE_FAULTS),
            Tuple.of(2, Step.Kind.MEND),
            Tuple.of(1, Step.Kind.LAYER_CUT),
            Tuple.of(1, Step.Kind.WIRE_CUT),
            Tuple.of(1, Step.Kind.EVICT),
            Tuple.of(1, Step.Kind.FLUSH),
            Tuple.of(1, Step.Kind.DUMP),
            Tuple.of(1, Step.Kind.FAIL_OVER));
    return Combinators.combine(
            kinds,
            Arbitraries.integers().between(0, FaultWorld.INSTANCES - 1),
            Arbitraries.of(FaultWorld.KEYS),
            Arbitraries.oneOf(
                Arbitraries.integers().between(0, 3), Arbitraries.integers().between(0, 250)))
        .as(Step::new);
  }
}
