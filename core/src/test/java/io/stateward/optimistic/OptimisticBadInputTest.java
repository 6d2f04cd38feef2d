package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.flow.Call;
import io.stateward.merge.Merge;
import io.stateward.signal.Probe;
import io.stateward.signal.Reports;
import io.stateward.store.WriteResult;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What plans, resolvers, merges and calls may do wrong; the next mutation is sent all the same. */
final class OptimisticBadInputTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final OptimisticStore<Shelf> store =
      OptimisticStore.over("shelf", Shelf.of("tea", 1)).timekeeper(time).repeatable(true).open();

  /** Ways of a resolver that does not decide. */
  enum Indecision {
    THROWS("threw"),
    RETURNS_NULL("threw"),
    FAILS("did not decide"),
    DECIDES_NULL("did not decide"),
    NEVER_ANSWERS("");

    final String told;

    Indecision(String told) {
      this.told = told;
    }
  }

  @SuppressWarnings("NullAway") // what is tried
  private static Resolver<Integer> resolver(Indecision how) {
    return dispute ->
        switch (how) {
          case THROWS -> throw new IllegalStateException("no dialog");
          case RETURNS_NULL -> null;
          case FAILS -> CompletableFuture.failedFuture(new IllegalStateException("no dialog"));
          case DECIDES_NULL -> CompletableFuture.completedFuture(null);
          case NEVER_ANSWERS -> new CompletableFuture<>();
        };
  }

  private Mutation<Integer> conflicting(Resolution<Integer> resolution) {
    return store.mutate(
        Shelf.add("tea", 2),
        Shelf.about("tea")
            .scope("tea")
            .answeredBy(
                Call.stage(
                    sent ->
                        CompletableFuture.completedFuture(
                            sent.attempt() == 1
                                ? new WriteResult.Conflict<>(10)
                                : new WriteResult.Saved<>(sent.mineOrThrow()))))
            .onConflict(resolution));
  }

  private void verifyNextIsSent() {
    AtomicInteger sent = new AtomicInteger();
    Mutation<Integer> next =
        store.mutate(
            Shelf.add("milk", 1),
            Shelf.about("milk")
                .scope("tea")
                .acknowledgedBy(
                    Call.stage(
                        sending -> CompletableFuture.completedFuture(sent.incrementAndGet()))));
    assertThat(next.isSettled()).isTrue();
    assertThat(sent).hasValue(1);
    assertThat(store.pending().get()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void resolver_thatDoesNotDecide_handsOnToTheNext(Indecision how) {
    try (Reports reports = new Reports()) {
      Mutation<Integer> mutation =
          conflicting(
              Resolution.ask(resolver(how))
                  .within(Duration.ofMinutes(1))
                  .otherwise(Resolution.keepMine()));
      time.advance(Duration.ofMinutes(1));

      assertThat(mutation.stage().toCompletableFuture())
          .isCompletedWithValue(new WriteResult.Saved<>(12));
      if (how != Indecision.NEVER_ANSWERS) {
        assertThat(reports.naming("shelf"))
            .hasSize(1)
            .extracting(Probe.Failed::problem)
            .allMatch(problem -> problem.contains(how.told) && problem.contains("add"));
      }
    }
    assertThat(time.pending()).isZero();
    verifyNextIsSent();
  }

  @ParameterizedTest
  @EnumSource
  void resolver_aloneThatDoesNotDecide_leavesTheServersState(Indecision how) {
    Mutation<Integer> mutation =
        conflicting(Resolution.ask(resolver(how)).within(Duration.ofMinutes(1)));
    time.advance(Duration.ofMinutes(1));

    assertThat(mutation.stage().toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Conflict<>(10));
    assertThat(store.deadLetters().get()).hasSize(1);
    verifyNextIsSent();
  }

  @Test
  void merge_thatThrows_handsOnToTheNextAndIsReported() {
    Merge<Integer> broken =
        (base, mine, theirs) -> {
          throw new IllegalStateException("no rule");
        };
    try (Reports reports = new Reports()) {
      Mutation<Integer> mutation =
          conflicting(Resolution.merge(broken).otherwise(Resolution.keepMine()));

      assertThat(mutation.stage().toCompletableFuture())
          .isCompletedWithValue(new WriteResult.Saved<>(12));
      assertThat(reports.naming("shelf"))
          .singleElement()
          .extracting(Probe.Failed::problem)
          .asString()
          .contains("merge of mutation 'add", "threw");
    }
    verifyNextIsSent();
  }

  @Test
  void callbacks_thatThrow_areReportedAndChangeNothing() {
    MutationPlan<Shelf, Integer> plan =
        Shelf.about("tea")
            .scope("tea")
            .onMutate(id -> fail("mutate"))
            .onError(result -> fail("error"))
            .onSettled(result -> fail("settled"));
    try (Reports reports = new Reports()) {
      Mutation<Integer> mutation = store.mutate(Shelf.add("tea", 2), plan);
      store.reject(mutation.id(), "no");

      assertThat(reports.naming("shelf"))
          .extracting(Probe.Failed::problem)
          .satisfiesExactly(
              first -> assertThat(first).contains("onMutate", "'add'", "threw"),
              second -> assertThat(second).contains("onError", "'add'", "threw"),
              third -> assertThat(third).contains("onSettled", "'add'", "threw"));
    }
    verifyNextIsSent();
  }

  private static void fail(String what) {
    throw new IllegalStateException(what);
  }

  @Test
  void call_thatThrowsOrReturnsNull_takesTheMutationOut() {
    @SuppressWarnings("NullAway") // what is tried
    Call<Sending<Integer>, WriteResult<Integer>> nothing =
        Call.stage(sent -> CompletableFuture.completedFuture(null));
    Call<Sending<Integer>, WriteResult<Integer>> broken =
        Call.stage(
            sent -> {
              throw new IllegalStateException("no network");
            });

    store.mutate(Shelf.add("tea", 2), Shelf.about("tea").scope("tea").answeredBy(nothing));
    store.mutate(Shelf.add("tea", 2), Shelf.about("tea").scope("tea").answeredBy(broken));

    assertThat(store.visible().get()).isEqualTo(Shelf.of("tea", 1));
    assertThat(store.deadLetters().get())
        .extracting(DeadLetter::reason)
        .satisfiesExactly(
            first -> assertThat(first).contains("returned null in the place of a WriteResult"),
            second -> assertThat(second).contains("no network"));
    verifyNextIsSent();
  }

  @Test
  void acknowledgedBy_callThatGivesAWriteResult_isRefusedByName() {
    Mutation<Integer> mutation =
        store.mutate(
            Shelf.add("tea", 2),
            Shelf.about("tea")
                .acknowledgedBy(
                    Call.stage(
                        sent ->
                            CompletableFuture.completedFuture(
                                new WriteResult.Rejected<Integer>("no")))));

    assertThat(mutation.isSettled()).isTrue();
    assertThat(store.deadLetters().get().get(0).reason()).contains("answeredBy(...)");
  }

  @Test
  void command_thatIsNotRepeatable_isRefusedAndChangesNothing() {
    AtomicInteger clock = new AtomicInteger();

    assertThatThrownBy(
            () ->
                store.mutate(
                    Command.named("stamp", shelf -> shelf.with("tea", clock.incrementAndGet())),
                    Shelf.about("tea")))
        .isInstanceOf(NonrepeatableCommandException.class)
        .hasMessageContaining("stamp")
        .hasMessageContaining("shelf")
        .hasMessageContaining("argument");
    assertThat(store.pending().get()).isEmpty();
    verifyNextIsSent();
  }

  @Test
  void realId_thatCannotBeRead_takesTheMutationOutAndSaysSo() {
    Mutation<Integer> mutation =
        store.mutate(
            Shelf.add("tmp", 1),
            Shelf.about("tmp")
                .answeredBy(
                    Call.stage(
                        sent -> CompletableFuture.completedFuture(new WriteResult.Saved<>(1))))
                .creates(
                    "tmp",
                    count -> {
                      throw new IllegalStateException("no id in the answer");
                    }));

    assertThat(mutation.isSettled()).isTrue();
    assertThat(store.deadLetters().get().get(0).reason()).contains("no id in the answer");
    verifyNextIsSent();
  }
}
