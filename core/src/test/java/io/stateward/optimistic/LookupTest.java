package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A mutation is found in the log wherever it stands, and whichever store made it. */
final class LookupTest {

  private static final String[] ORIGINS = {"one", "two", "three"};

  @Test
  void acknowledge_ofAnotherStoreBehindOwnMutations_settlesInBoth() {
    OptimisticStore<Integer> first = OptimisticStore.of("first", 0);
    OptimisticStore<Integer> second = OptimisticStore.of("second", 0);
    MutationId own = second.mutate(sum -> sum + 10, MutationPlan.whole()).id();
    second.mutate(sum -> sum + 20, MutationPlan.whole());
    Mutation<Integer> both =
        first.mutate(sum -> sum + 1, MutationPlan.<Integer>whole().also(second, sum -> sum + 1));
    MutationId later = second.mutate(sum -> sum + 40, MutationPlan.whole()).id();

    first.acknowledge(both.id());
    second.reject(later, "too late");
    second.acknowledge(own);

    assertThat(first.pending().get()).isEmpty();
    assertThat(second.pending().get())
        .extracting(Pending::status)
        .containsExactly(MutationStatus.PENDING, MutationStatus.ACKNOWLEDGED);
    assertThat(second.visible().get()).isEqualTo(31);
  }

  @Property(seed = "20261122", tries = 300)
  void indexOf_mutationsOfSeveralStoresComingAndGoing_isWhereItStands(@ForAll long seed) {
    Random random = new Random(seed);
    OptimisticLog<Integer> log = OptimisticLog.of(0, (a, b) -> a == b);
    List<MutationId> model = new ArrayList<>();
    List<MutationId> gone = new ArrayList<>();
    int origins = 1 + random.nextInt(ORIGINS.length);
    for (long number = 1; number <= 60; number++) {
      if (model.isEmpty() || random.nextInt(5) > 1) {
        MutationId id = new MutationId(ORIGINS[random.nextInt(origins)], number);
        log = log.appended(LogEntry.of(id, sum -> sum + 1, (f, before, last, ids, e) -> null));
        model.add(id);
      } else {
        int index = random.nextInt(3) == 0 ? 0 : random.nextInt(model.size());
        MutationId id = model.remove(index);
        log = index == 0 ? log.acknowledged(id, false) : log.removed(id, null, false);
        gone.add(id);
      }
      for (int i = 0; i < model.size(); i++) {
        assertThat(log.indexOf(model.get(i))).isEqualTo(i);
      }
      for (MutationId id : gone) {
        assertThat(log.indexOf(id)).isEqualTo(-1);
      }
    }
  }
}
