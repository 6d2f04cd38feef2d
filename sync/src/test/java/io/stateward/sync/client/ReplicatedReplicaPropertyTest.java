package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.crdt.History.Event;
import io.stateward.sync.crdt.History.Step;
import io.stateward.sync.crdt.Replicated;
import io.stateward.sync.crdt.ReplicatedType;
import io.stateward.sync.crdt.Subjects;
import io.stateward.sync.spi.Mutation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Clients that change replicated values, with refusals, snapshots and restarts: what is there in
 * the end is what the model makes of the changes that were accepted, as if there had been no
 * others.
 */
final class ReplicatedReplicaPropertyTest {

  private static final int CLIENTS = 3;

  record Move(int client, int kind, Step step) {}

  /** A change that was made: what its author had made and taken in before. */
  private record Made<S>(int client, Step step, int earlier, long taken, Submission submission) {
    boolean tookPlace() {
      return submission.settled().toCompletableFuture().join() instanceof Settled.Durable;
    }
  }

  @Property(tries = 250, edgeCases = EdgeCasesMode.NONE, seed = "8201")
  void anyOrder_allSettled_isWhatTheModelMakesOfWhatWasAccepted(@ForAll("moves") List<Move> moves) {
    for (Subjects.Case<?> tested : Subjects.all()) {
      check(tested, moves, true);
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, seed = "8202")
  void anyOrder_removalsRefusedAsWell_everybodyHasWhatTheHubHas(@ForAll("moves") List<Move> moves) {
    for (Subjects.Case<?> tested : Subjects.all()) {
      check(tested, moves, false);
    }
  }

  private static <S extends Replicated<S>> void check(
      Subjects.Case<S> tested, List<Move> moves, boolean onlyAdditions) {
    ReplicatedType<S> type = ReplicatedType.of("tested", tested.subject().empty(), tested.codec());
    Loopback<ReplicatedReplica<S>> loopback =
        new Loopback<>(type, context -> new ReplicatedReplica<>(type, context));
    for (int i = 0; i < CLIENTS; i++) {
      loopback.join("client-" + i);
    }
    int[] arrivals = {0};
    loopback.forbidden =
        change ->
            (!onlyAdditions || (isExact(tested) && isAddition(change))) && ++arrivals[0] % 4 == 0;
    List<Made<S>> made = new ArrayList<>();
    for (Move move : moves) {
      take(tested, move, loopback, made);
      for (Loopback<ReplicatedReplica<S>>.Member member : loopback.members) {
        ReplicatedReplica<S> replica = member.replica();
        assertThat(replica.visible().includes(tested.codec().fromTree(replica.store()))).isTrue();
        assertThat(replica.shown().get().value()).isEqualTo(replica.visible());
      }
    }

    loopback.settle();

    S hub = tested.codec().fromTree(loopback.snapshot());
    for (Loopback<ReplicatedReplica<S>>.Member member : loopback.members) {
      assertThat(member.replica().visible()).isEqualTo(hub);
      assertThat(member.replica().store()).isEqualTo(loopback.snapshot());
    }
    List<Event> accepted = accepted(made, loopback.accepted());
    boolean stamped = tested.subject() instanceof Subjects.LastWriter; // counts the refused, too
    if (onlyAdditions && !stamped) {
      assertThat(tested.subject().observed(hub)).isEqualTo(tested.subject().expected(accepted));
    }
  }

  /**
   * Whether a change is more than a removal: what a refused removal hid stays hidden from others.
   */
  private static boolean isAddition(Tree change) {
    return !change.toJson().contains("\"content\":[]");
  }

  /**
   * Whether a change that is made again means what it meant. A contribution to a resettable counter
   * is made again on what stands by then: after a clearing that it had not seen at first.
   */
  private static boolean isExact(Subjects.Case<?> tested) {
    return !(tested.subject() instanceof Subjects.Resettable)
        && !(tested.subject() instanceof Subjects.Maps);
  }

  private static <S extends Replicated<S>> void take(
      Subjects.Case<S> tested,
      Move move,
      Loopback<ReplicatedReplica<S>> loopback,
      List<Made<S>> made) {
    Loopback<ReplicatedReplica<S>>.Member member = loopback.members.get(move.client());
    switch (move.kind()) {
      case 0, 1, 2 -> {
        S before = member.replica().visible();
        S after = tested.subject().changed(before, member.client(), move.step(), made.size());
        if (!before.includes(after)) {
          made.add(
              new Made<>(
                  move.client(),
                  move.step(),
                  made.size(),
                  member.position().sequence(),
                  member.submit(tested.codec().toTree(after.since(before)))));
        } else {
          made.add(nothing(move));
        }
      }
      case 3, 4 -> member.arrive();
      case 5, 6 -> member.hear();
      case 7 -> member.reset();
      case 8 -> member.restart();
      default -> loopback.reload(loopback.stored(), loopback.accepted().size());
    }
  }

  /** A change that changed nothing, and so was not sent. */
  private static <S> Made<S> nothing(Move move) {
    Submission refused =
        new Submission() {
          @Override
          public long id() {
            return 0;
          }

          @Override
          public Progress progress() {
            return Progress.SETTLED;
          }

          @Override
          public java.util.concurrent.CompletionStage<Settled> settled() {
            return java.util.concurrent.CompletableFuture.completedFuture(new Settled.Superseded());
          }
        };
    return new Made<>(move.client(), move.step(), 0, 0, refused);
  }

  /** Returns what was accepted, each with what its author had made or taken in before. */
  private static <S> List<Event> accepted(List<Made<S>> made, List<Mutation> places) {
    List<Integer> ids = new ArrayList<>(); // of what was made, in the order of the hub
    for (Mutation place : places) {
      int client = Integer.parseInt(place.client().substring("client-".length()));
      for (int id = 0; id < made.size(); id++) {
        if (made.get(id).client() == client && made.get(id).tookPlace() && !ids.contains(id)) {
          ids.add(id); // those of one client take place in the order of their making
          break;
        }
      }
    }
    List<Event> events = new ArrayList<>();
    for (int id : ids) {
      Made<S> change = made.get(id);
      BitSet past = new BitSet();
      for (int i = 0; i < ids.size(); i++) {
        boolean own = made.get(ids.get(i)).client() == change.client() && ids.get(i) < id;
        if (own || i < change.taken()) {
          past.set(ids.get(i));
        }
      }
      events.add(new Event(id, "client-" + change.client(), change.step(), past));
    }
    return events;
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    Arbitrary<Step> steps =
        Combinators.combine(
                Arbitraries.integers().between(0, 7),
                Arbitraries.integers().between(0, 3),
                Arbitraries.integers().between(1, 9))
            .as((kind, key, amount) -> new Step(0, kind, key, amount, -1));
    return Combinators.combine(
            Arbitraries.integers().between(0, CLIENTS - 1),
            Arbitraries.integers().between(0, 9),
            steps)
        .as(Move::new)
        .list()
        .ofMaxSize(50);
  }
}
