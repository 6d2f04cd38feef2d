package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.record.RecordChange;
import io.stateward.sync.record.RecordChanges;
import io.stateward.sync.record.RecordContext;
import io.stateward.sync.record.RecordLimits;
import io.stateward.sync.record.RecordResult;
import io.stateward.sync.record.RecordState;
import io.stateward.sync.record.RecordType;
import io.stateward.sync.spi.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Clients with pending changes, in any order of what the hub hears and says. */
final class RecordReplicaPropertyTest {

  private static final int CLIENTS = 3;

  record Step(int client, int kind, RecordChange change) {}

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE, seed = "8101")
  void anyOrder_allSettled_everybodyHasWhatTheHubHas(@ForAll("steps") List<Step> steps) {
    Loopback<RecordReplica> loopback = new Loopback<>(RecordType.standard(), RecordReplica::new);
    for (int i = 0; i < CLIENTS; i++) {
      loopback.join("client-" + i);
    }
    loopback.forbidden = change -> change.toJson().contains("\"s3\"");
    List<RecordResultSeen> results = new ArrayList<>();
    for (Step step : steps) {
      take(step, loopback, results);
      loopback.members.forEach(RecordReplicaPropertyTest::checkShown);
    }

    loopback.settle();

    RecordState hub = RecordState.codec().fromTree(loopback.snapshot());
    for (Loopback<RecordReplica>.Member member : loopback.members) {
      assertThat(member.replica().visible()).isEqualTo(hub);
      assertThat(member.replica().store()).isEqualTo(loopback.snapshot());
      assertThat(member.replica().shown().get().state()).isEqualTo(hub);
    }
    assertThat(refolded(loopback.accepted())).isEqualTo(hub);
    assertThat(results).allMatch(RecordResultSeen::isAnswered);
    long saved = results.stream().filter(each -> each.tookEffect()).count();
    assertThat(saved).isEqualTo(loopback.accepted().size());
  }

  /** A change that was sent, and what was said of it. */
  record RecordResultSeen(Submission submission) {
    boolean isAnswered() {
      return submission.settled().toCompletableFuture().isDone();
    }

    boolean tookEffect() {
      return submission.settled().toCompletableFuture().join() instanceof Settled.Durable;
    }
  }

  private static void take(
      Step step, Loopback<RecordReplica> loopback, List<RecordResultSeen> results) {
    Loopback<RecordReplica>.Member member = loopback.members.get(step.client());
    switch (step.kind()) {
      case 0, 1, 2 ->
          results.add(new RecordResultSeen(member.submit(RecordReplica.form(step.change()))));
      case 3, 4 -> member.arrive();
      case 5, 6 -> member.hear();
      case 7 -> member.reset();
      case 8 -> member.restart();
      default -> loopback.reload(loopback.stored(), loopback.accepted().size());
    }
  }

  /** What shows is what is confirmed with all that is pending, each as it fits. */
  private static void checkShown(Loopback<RecordReplica>.Member member) {
    RecordState state = RecordState.codec().fromTree(member.replica().store());
    RecordContext me =
        new RecordContext(member.client(), RecordContext.UNKNOWN, RecordLimits.standard());
    for (Mutation mutation : member.unsettled()) {
      RecordChange change = RecordChange.codec(RecordLimits.standard()).fromTree(mutation.change());
      RecordState before = state;
      state =
          state
              .apply(change, me)
              .fold(RecordResult.Changed::state, conflict -> before, refused -> before);
    }
    RecordState visible = member.replica().visible();
    assertThat(visible.value()).isEqualTo(state.value());
    assertThat(visible.others()).isEqualTo(state.others());
    assertThat(member.replica().shown().get().state().value()).isEqualTo(state.value());
  }

  private static RecordState refolded(List<Mutation> accepted) {
    RecordState state = RecordState.unwritten();
    for (Mutation mutation : accepted) {
      RecordContext context =
          new RecordContext(mutation.client(), mutation.sequence(), RecordLimits.standard());
      Tree change = mutation.change();
      RecordResult result =
          state.apply(RecordChange.codec(RecordLimits.standard()).fromTree(change), context);
      state = ((RecordResult.Changed) Objects.requireNonNull(result)).state();
    }
    return state;
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, CLIENTS - 1),
            Arbitraries.integers().between(0, 9),
            RecordChanges.changes())
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }
}
