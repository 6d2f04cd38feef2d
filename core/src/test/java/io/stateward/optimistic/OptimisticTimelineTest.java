package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.PersistentMap;
import io.stateward.history.Moment;
import io.stateward.history.Timeline;
import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Time travel while mutations are under way. */
final class OptimisticTimelineTest {

  private final OptimisticStore<PersistentMap<String, Integer>> store =
      OptimisticStore.of("pantry", PersistentMap.of("tea", 1));

  private Mutation<Integer> add(String name, int amount) {
    return store.mutate(stock -> stock.upsert(name, amount, Integer::sum), Pantry.about(name));
  }

  @Test
  void view_pinned_staysWhileAnswersAndPushesGoOnInTheStore() {
    try (Timeline<PersistentMap<String, Integer>, Void> timeline = store.timeline()) {
      List<PersistentMap<String, Integer>> seen = new ArrayList<>();
      Mutation<Integer> tea = add("tea", 1);
      Mutation<Integer> milk = add("milk", 5);
      Mutation<Integer> salt = add("salt", 7);
      timeline.view().subscribe(change -> seen.add(change.now()));
      timeline.stepBack();
      assertThat(timeline.view().get()).isEqualTo(PersistentMap.of("tea", 2).plus("milk", 5));

      assertThat(store.reject(milk.id(), "no")).isEqualTo(Settlement.SETTLED);
      assertThat(store.acknowledge(tea.id())).isEqualTo(Settlement.SETTLED);
      store.external(stock -> stock.plus("bread", 3));
      Mutation<Integer> late = add("tea", 10);

      assertThat(timeline.view().get()).isEqualTo(PersistentMap.of("tea", 2).plus("milk", 5));
      assertThat(seen).hasSize(1);
      assertThat(store.confirmed().get()).isEqualTo(PersistentMap.of("tea", 2).plus("bread", 3));
      assertThat(tea.stage().toCompletableFuture())
          .isCompletedWithValue(new WriteResult.Saved<>(2));
      assertThat(store.pending().get())
          .extracting(Pending::id)
          .containsExactly(salt.id(), late.id());
      timeline.resume();
      assertThat(timeline.view().get())
          .isEqualTo(PersistentMap.of("tea", 12).plus("salt", 7).plus("bread", 3))
          .isEqualTo(store.visible().get());
    }
  }

  @Test
  void moments_areThoseThatShowed() {
    try (Timeline<PersistentMap<String, Integer>, Void> timeline = store.timeline()) {
      Mutation<Integer> tea = add("tea", 1);
      store.acknowledge(tea.id()); // as it was guessed
      store.external(stock -> stock.plus("milk", 1));

      assertThat(timeline.moments())
          .extracting(Moment::after)
          .containsExactly(PersistentMap.of("tea", 2), PersistentMap.of("tea", 2).plus("milk", 1));
    }
  }
}
