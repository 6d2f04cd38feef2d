package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.collection.PersistentVector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PendingListTest {

  private static final PersistentVector<LogEntry<Integer>> ENTRIES =
      PersistentVector.of(entry(1), entry(2), entry(3));
  private static final PendingList<Integer> LIST = new PendingList<>(ENTRIES);

  private static LogEntry<Integer> entry(long number) {
    Command<Integer> more = Command.named("more", sum -> sum + 1);
    return LogEntry.of(
        new MutationId("shop", number), more, (failed, before, last, ids, cause) -> null);
  }

  @Test
  void list_isReadLikeAnyOther() {
    assertThat(LIST)
        .containsExactly(
            new Pending(new MutationId("shop", 1), "more", MutationStatus.PENDING),
            new Pending(new MutationId("shop", 2), "more", MutationStatus.PENDING),
            new Pending(new MutationId("shop", 3), "more", MutationStatus.PENDING));
    assertThatThrownBy(LIST::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void equals_sameMutationsInTheSamePlaces_isTrueForAnyList() {
    List<Pending> copy = new ArrayList<>(LIST);
    // an entry that executes something else is shown as before
    PersistentVector<LogEntry<Integer>> executing =
        ENTRIES.with(1, ENTRIES.get(1).executing(Command.named("more", sum -> sum)));

    assertThat(LIST).isEqualTo(copy).hasSameHashCodeAs(copy);
    assertThat(copy).isEqualTo(LIST);
    assertThat(LIST).isEqualTo(new PendingList<>(executing));
  }

  @Test
  void equals_anotherStatusOrSize_isFalse() {
    PersistentVector<LogEntry<Integer>> marked =
        ENTRIES.with(1, ENTRIES.get(1).at(MutationStatus.ACKNOWLEDGED));

    assertThat(LIST).isNotEqualTo(new PendingList<>(marked));
    assertThat(LIST).isNotEqualTo(new PendingList<>(ENTRIES.without(2)));
    assertThat(LIST).isNotEqualTo(LIST.subList(0, 2));
  }

  @Test
  void pending_follower_isToldOfWhatIsShownDifferentlyAlone() {
    OptimisticStore<Integer> sum = OptimisticStore.of("sum", 0);
    List<Integer> sizes = new ArrayList<>();
    sum.pending().subscribe(change -> sizes.add(change.now().size()));
    MutationId first = sum.mutate(now -> now + 1, MutationPlan.whole()).id();
    MutationId second = sum.mutate(now -> now + 1, MutationPlan.whole()).id();

    sum.external(now -> now + 10);
    sum.acknowledge(second);
    sum.acknowledge(first);

    assertThat(sizes).containsExactly(1, 2, 2, 0);
    assertThat(sum.visible().get()).isEqualTo(12);
  }
}
