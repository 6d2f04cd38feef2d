package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.flow.Call;
import io.stateward.store.WriteResult;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A plan whose lens throws at its n-th use, for each n: whatever happens, the mutation is settled
 * once, nothing stays in the log, and the next in its scope is sent.
 */
final class SettlingFaultTest {

  private static final int MOST_USES = 30;

  /** The ways of a mutation. */
  enum Way {
    ACKNOWLEDGED,
    ACKNOWLEDGED_WITH_DATA,
    REJECTED,
    CANCELLED,
    INCLUDED,
    SAVED,
    ACKNOWLEDGED_BY_CALL,
    GONE,
    FAILED,
    CONFLICT_MINE,
    CONFLICT_THEIRS,
    CONFLICT_MERGED,
    NOT_REPLAYABLE,
    IMAGE_KEPT,
    EXPIRED,
    EXPIRED_TO_CONFLICT
  }

  /** One store and one mutation whose lens throws once. */
  private static final class Scene {
    private final int failing;
    private final VirtualTimekeeper time = VirtualTimekeeper.create();
    private final LoggedStore<Shelf> store =
        (LoggedStore<Shelf>)
            OptimisticStore.over("shelf", Shelf.of("tea", 1)).timekeeper(time).open();
    private final List<CompletableFuture<WriteResult<Integer>>> answers = new ArrayList<>();
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final List<String> settled = new ArrayList<>();
    private int uses;

    Scene(int failing) {
      this.failing = failing;
    }

    boolean hasFailed() {
      return uses > failing;
    }

    private void use() {
      if (uses++ == failing) {
        throw new IllegalStateException("use " + failing + " of the lens");
      }
    }

    private MutationPlan<Shelf, Integer> plan() {
      return MutationPlan.<Shelf, Integer>about(
              shelf -> {
                use();
                return shelf.items().get("tea");
              },
              (shelf, count) -> {
                use();
                return shelf.with("tea", count);
              })
          .scope("tea")
          .onSettled(result -> settled.add(result.getClass().getSimpleName()));
    }

    private MutationPlan<Shelf, Integer> planOf(Way way) {
      Duration second = Duration.ofSeconds(1);
      return switch (way) {
        case ACKNOWLEDGED, ACKNOWLEDGED_WITH_DATA, REJECTED, CANCELLED, INCLUDED, NOT_REPLAYABLE ->
            plan();
        case SAVED, GONE, FAILED, CONFLICT_THEIRS -> plan().answeredBy(call());
        case ACKNOWLEDGED_BY_CALL -> plan().acknowledgedBy(Call.stage(sent -> text));
        case CONFLICT_MINE -> plan().answeredBy(call()).onConflict(Resolution.keepMine());
        case CONFLICT_MERGED ->
            plan()
                .answeredBy(call())
                .onConflict(
                    Resolution.ask(dispute -> CompletableFuture.completedFuture(Choice.merged(7))));
        case IMAGE_KEPT -> plan().onReplayFailure(ReplayPolicy.keepLastImage());
        case EXPIRED -> plan().timeout(second, Unanswered.drop());
        case EXPIRED_TO_CONFLICT -> plan().timeout(second, Unanswered.conflict());
      };
    }

    private Call<Sending<Integer>, WriteResult<Integer>> call() {
      return Call.stage(
          sent -> {
            answers.add(new CompletableFuture<>());
            return answers.get(answers.size() - 1);
          });
    }

    private void answer(int index, WriteResult<Integer> result) {
      if (index < answers.size()) {
        answers.get(index).complete(result);
      }
    }

    private void go(Way way, Mutation<Integer> mutation) {
      switch (way) {
        case ACKNOWLEDGED -> store.acknowledge(mutation.id());
        case ACKNOWLEDGED_WITH_DATA ->
            store.acknowledge(mutation.id(), shelf -> shelf.with("tea", 5));
        case REJECTED -> store.reject(mutation.id(), "no");
        case CANCELLED -> mutation.cancel();
        case INCLUDED -> store.external(shelf -> shelf.with("tea", 5), mutation.id());
        case SAVED -> answer(0, new WriteResult.Saved<>(5));
        case ACKNOWLEDGED_BY_CALL -> text.complete("ok");
        case GONE -> answer(0, new WriteResult.Gone<>());
        case FAILED -> answer(0, new WriteResult.Failed<>(new IllegalStateException("offline")));
        case CONFLICT_MINE, CONFLICT_MERGED, CONFLICT_THEIRS -> {
          answer(0, new WriteResult.Conflict<>(4));
          answer(1, new WriteResult.Saved<>(5));
        }
        case NOT_REPLAYABLE -> store.external(shelf -> shelf.without("tea"));
        case IMAGE_KEPT -> {
          store.external(shelf -> shelf.without("tea"));
          store.acknowledge(mutation.id());
        }
        case EXPIRED, EXPIRED_TO_CONFLICT -> time.advance(Duration.ofSeconds(2));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void lens_throwsAtEachUse_mutationIsSettledAndTheNextIsSent(Way way) {
    for (int failing = 0; failing < MOST_USES; failing++) {
      Scene scene = new Scene(failing);
      Mutation<Integer> mutation = scene.store.mutate(Shelf.edit("tea", 2), scene.planOf(way));
      List<String> next = new ArrayList<>();
      scene.store.mutate(
          Shelf.add("milk", 1),
          Shelf.about("milk")
              .scope("tea")
              .acknowledgedBy(
                  Call.stage(
                      sent -> {
                        next.add("sent");
                        return CompletableFuture.completedFuture("ok");
                      })));

      try {
        scene.go(way, mutation);
      } catch (IllegalStateException e) { // whoever answers may be told
        assertThat(e).hasMessage("use %d of the lens", failing);
        scene.go(way, mutation); // and may answer again
      }

      assertThat(mutation.isSettled()).as("%s with use %d", way, failing).isTrue();
      assertThat(scene.settled).as("%s with use %d", way, failing).hasSize(1);
      assertThat(scene.store.pending().get()).as("%s with use %d", way, failing).isEmpty();
      assertThat(next).as("%s with use %d", way, failing).containsExactly("sent");
      assertThat(scene.store.confirmed().get()).isSameAs(scene.store.visible().get());
      if (!scene.hasFailed()) {
        return;
      }
    }
    throw new AssertionError("The lens was used more often than " + MOST_USES + " times.");
  }
}
