package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The numbers of what is pending, against a hub that only counts. */
final class PendingListPropertyTest {

  /** What may happen. */
  enum Kind {
    ADD,
    STORE,
    SEND,
    JUDGE_ACCEPTED,
    JUDGE_REFUSED,
    HEAR,
    RESUME,
    RESET
  }

  /** Something that happens, with a number whose meaning depends on what it is. */
  record Step(Kind kind, int number) {}

  /** What the hub tells of a change. */
  private record Answer(long id, boolean accepted) {}

  /** The hub: it takes ids without a gap, and refuses what does not know of the last refusal. */
  private static final class CountingHub {
    long last;
    long refused;
    final List<Long> accepted = new ArrayList<>();
    final List<Long> contents = new ArrayList<>(); // of what was accepted
    final List<Long> refusals = new ArrayList<>();
  }

  /** One run: the list, the hub, and what is on its way between them. */
  private static final class Run {
    final int window = 4;
    long stored;
    long tickets;
    final PendingList list = new PendingList(() -> stored);
    final CountingHub hub = new CountingHub();
    final List<long[]> toHubFrames = new ArrayList<>(); // id, after, content
    final List<Answer> toClient = new ArrayList<>();
    final List<Long> dead = new ArrayList<>();
    long made;
    int heardAccepted; // how many of what the hub accepted the client has taken in

    void take(Step step) {
      switch (step.kind) {
        case ADD -> add();
        case STORE -> stored = tickets;
        case SEND -> send();
        case JUDGE_ACCEPTED -> judge(true);
        case JUDGE_REFUSED -> judge(false);
        case HEAR -> hear();
        case RESUME -> resume(step.number);
        case RESET -> reset(step.number);
      }
      check();
    }

    private void add() {
      Pending next = list.next(Tree.of(made++), 0);
      list.add(next);
      next.recorded(++tickets);
    }

    private boolean send() {
      Pending next = list.send(window);
      if (next == null) {
        return false;
      }
      assertThat(next.ticket).as("it is stored before it is sent").isLessThanOrEqualTo(stored);
      toHubFrames.add(new long[] {next.id, next.after, next.change.asLong()});
      return true;
    }

    private void judge(boolean wanted) {
      if (toHubFrames.isEmpty()) {
        return;
      }
      long[] frame = toHubFrames.remove(0);
      if (frame[0] <= hub.last) { // it is asked again
        if (hub.refusals.contains(frame[0])) {
          toClient.add(new Answer(frame[0], false));
        } else if (list.doubtful().stream().anyMatch(each -> each.id == frame[0])) {
          toClient.add(new Answer(frame[0], true));
        }
        return;
      }
      assertThat(frame[0]).as("ids have no gap").isEqualTo(hub.last + 1);
      hub.last = frame[0];
      if (wanted && frame[1] >= hub.refused) {
        hub.accepted.add(frame[0]);
        hub.contents.add(frame[2]);
        toClient.add(new Answer(frame[0], true));
      } else {
        hub.refused = frame[0];
        hub.refusals.add(frame[0]);
        toClient.add(new Answer(frame[0], false));
      }
    }

    private void hear() {
      if (toClient.isEmpty()) {
        return;
      }
      Answer answer = toClient.remove(0);
      Pending doubtful = list.resolve(answer.id);
      if (doubtful != null) {
        if (!answer.accepted) {
          dead.add(doubtful.change.asLong());
        }
        return;
      }
      if (answer.accepted) {
        Pending first = list.first();
        assertThat(first).as("accepted in order").isNotNull();
        assertThat(first.id).isEqualTo(answer.id);
        list.applied(first);
        list.confirm();
        heardAccepted++;
      } else {
        refused(answer.id);
      }
    }

    private void refused(long id) {
      PendingList.Refusal refusal = list.refuse(id, false);
      if (refusal != null) {
        dead.add(refusal.refused().change.asLong());
        list.rewrite(refusal, refusal.followers());
        refusal.followers().forEach(each -> each.recorded(++tickets));
      }
    }

    /** The connection breaks; of what was sent, the hub gets a part. */
    private void cut(int arrives) {
      for (int i = 0; i < arrives && !toHubFrames.isEmpty(); i++) {
        judge(true);
      }
      toHubFrames.clear();
      toClient.clear();
    }

    private void resume(int arrives) {
      cut(arrives);
      if (list.resume(hub.last, hub.refused, list.arrived(hub.last))) {
        list.all().forEach(each -> each.recorded(++tickets));
      }
      for (long id : hub.accepted.subList(heardAccepted, hub.accepted.size())) {
        toClient.add(new Answer(id, true));
      }
    }

    private void reset(int arrives) {
      cut(arrives);
      List<Pending> settled = new ArrayList<>();
      List<Pending> rest = list.reset(hub.last, hub.refused, settled);
      list.put(rest);
      rest.forEach(each -> each.recorded(++tickets));
      settled.forEach(
          each -> assertThat(hub.contents).as("settled").contains(each.change.asLong()));
      heardAccepted = hub.accepted.size();
    }

    /** What holds at any time. */
    private void check() {
      List<Long> ids = list.all().stream().map(Pending::id).toList();
      assertThat(ids).isSorted().doesNotHaveDuplicates();
      List<Long> contents = list.all().stream().map(each -> each.change.asLong()).toList();
      assertThat(contents).as("in the order in which they were made").isSorted();
      assertThat(hub.contents).isSorted().doesNotHaveDuplicates();
      assertThat(list.nextId()).isGreaterThan(ids.isEmpty() ? 0 : ids.get(ids.size() - 1));
    }

    void end() {
      resume(0);
      stored = Long.MAX_VALUE - 1;
      boolean moves = true;
      while (moves) {
        moves = send();
        moves |= !toHubFrames.isEmpty() || !toClient.isEmpty();
        judge(true);
        hear();
      }
    }
  }

  @Property(tries = 5_000, seed = "4711")
  void everyChangeIsJudgedOnce(@ForAll("steps") List<Step> steps) {
    Run run = new Run();

    steps.forEach(run::take);
    run.end();

    assertThat(run.list.size()).isZero();
    List<Long> judged = new ArrayList<>(run.hub.contents);
    judged.addAll(run.dead);
    assertThat(judged)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, run.made).boxed().toList());
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.integers().between(0, 5))
        .as(Step::new)
        .list()
        .ofMaxSize(80);
  }
}
