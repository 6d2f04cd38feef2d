package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** The log by itself, of commands that never throw: what must make no difference makes none. */
final class LogPropertyTest {

  /** One thing to do. */
  sealed interface Step {

    /** A mutation; the n-th of the schedule. */
    record Mutate(String item, boolean adds, int count) implements Step {}

    /** The server has the n-th mutation. */
    record Acknowledge(int number) implements Step {}

    /** The n-th mutation is taken out. */
    record Remove(int number) implements Step {}

    /** The server sends something, which includes the n-th mutation. */
    record Send(String item, int count, int number) implements Step {}
  }

  private static MutationId id(int number) {
    return new MutationId("me", number);
  }

  private static LogEntry<Shelf> entry(int number, Step.Mutate made) {
    Command<Shelf> command =
        made.adds() ? Shelf.add(made.item(), made.count()) : Shelf.set(made.item(), made.count());
    return LogEntry.of(id(number), command, (entry, before, last, ids, cause) -> null);
  }

  private static Push<Shelf> push(Step.Send sent) {
    return new Push<>(shelf -> shelf.with(sent.item(), sent.count()), Set.of(id(sent.number())));
  }

  /** Runs a schedule; what is said of a mutation that is left out is left out as well. */
  private static OptimisticLog<Shelf> run(
      List<Step> schedule, int without, boolean fails, boolean atOnce) {
    OptimisticLog<Shelf> log = OptimisticLog.of(Shelf.EMPTY, (a, b) -> a == b);
    int number = 0;
    for (Step step : schedule) {
      if (step instanceof Step.Mutate made) {
        number++;
        if (number != without || fails) {
          log = log.appended(entry(number, made));
        }
      } else if (step instanceof Step.Acknowledge answer) {
        boolean skipped = answer.number() == without || !log.isOpen(id(answer.number()));
        log = skipped ? log : log.acknowledged(id(answer.number()), atOnce);
      } else if (step instanceof Step.Remove removal) {
        boolean skipped = removal.number() == without || !log.isOpen(id(removal.number()));
        log = skipped ? log : log.removed(id(removal.number()), null, false);
      } else if (step instanceof Step.Send sent) {
        Step.Send other =
            sent.number() == without ? new Step.Send(sent.item(), sent.count(), 99) : sent;
        log = log.pushed(List.of(push(other)));
      }
      verify(log);
    }
    return log.removed(id(Math.max(without, 1)), null, false);
  }

  /** The images are those of executing everything from the beginning. */
  private static void verify(OptimisticLog<Shelf> log) {
    Shelf state = log.base();
    for (int i = 0; i < log.entries().size(); i++) {
      state = log.entries().get(i).execute(state);
      assertThat(log.image(i)).isEqualTo(state);
      assertThat(log.indexOf(log.entries().get(i).id())).isEqualTo(i);
    }
    assertThat(log.visible()).isEqualTo(state);
    assertThat(log.entries().isEmpty() || !log.entries().get(0).isAcknowledged()).isTrue();
  }

  @Property(seed = "7121", tries = 4_000)
  void aMutationThatFails_leavesWhatARunWithoutItLeaves(
      @ForAll("schedules") List<Step> schedule,
      @ForAll @IntRange(min = 1, max = 6) int failing,
      @ForAll boolean atOnce) {
    OptimisticLog<Shelf> with = run(schedule, failing, true, atOnce);
    OptimisticLog<Shelf> never = run(schedule, failing, false, atOnce);

    assertThat(with.base()).isEqualTo(never.base());
    assertThat(with.visible()).isEqualTo(never.visible());
  }

  @Property(seed = "7122", tries = 2_000)
  void pushes_inOneFold_leaveWhatTheyLeaveOneByOne(
      @ForAll("schedules") List<Step> schedule, @ForAll("pushes") List<Step.Send> pushes) {
    OptimisticLog<Shelf> start = run(schedule, 0, true, false);
    OptimisticLog<Shelf> single = start;
    Set<Integer> included = new HashSet<>();
    List<Step.Send> distinct = new ArrayList<>();
    for (Step.Send sent : pushes) {
      if (included.add(sent.number()) && start.isOpen(id(sent.number()))) {
        distinct.add(sent);
        single = single.pushed(List.of(push(sent)));
      }
    }

    Assume.that(!distinct.isEmpty());
    OptimisticLog<Shelf> merged =
        start.pushed(distinct.stream().map(LogPropertyTest::push).toList());

    assertThat(merged.base()).isEqualTo(single.base());
    assertThat(merged.visible()).isEqualTo(single.visible());
    assertThat(merged.entries()).isEqualTo(single.entries());
  }

  @Property(seed = "7123", tries = 2_000)
  void storedLog_putUnderWhatWasDoneSince_isTheFoldOfBoth(
      @ForAll("schedules") List<Step> stored, @ForAll("schedules") List<Step> since) {
    OptimisticLog<Shelf> earlier = run(stored, 0, true, false);
    List<LogEntry<Shelf>> entries = new ArrayList<>();
    for (LogEntry<Shelf> entry : earlier.entries()) {
      MutationId other = new MutationId("earlier", entry.id().number());
      entries.add(
          new LogEntry<>(other, entry.command(), entry.made(), entry.status(), entry.rescue()));
    }
    OptimisticLog<Shelf> later = run(since, 0, true, false);

    OptimisticLog<Shelf> both = later.restored(earlier.base(), entries, List.of(), Earlier.NONE);

    verify(both);
    Shelf expected = earlier.visible();
    for (LogEntry<Shelf> entry : later.entries()) {
      expected = entry.execute(expected);
    }
    assertThat(both.visible()).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<Step>> schedules() {
    Arbitrary<String> item = Arbitraries.of("a", "b");
    Arbitrary<Integer> count = Arbitraries.integers().between(1, 9);
    Arbitrary<Integer> number = Arbitraries.integers().between(1, 6);
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    return Arbitraries.<Step>frequencyOf(
            Tuple.of(5, Combinators.combine(item, either, count).as(Step.Mutate::new)),
            Tuple.of(4, number.map(Step.Acknowledge::new)),
            Tuple.of(1, number.map(Step.Remove::new)),
            Tuple.of(2, Combinators.combine(item, count, number).as(Step.Send::new)))
        .list()
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<Step.Send>> pushes() {
    return Combinators.combine(
            Arbitraries.of("a", "b"),
            Arbitraries.integers().between(1, 9),
            Arbitraries.integers().between(1, 6))
        .as(Step.Send::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }
}
