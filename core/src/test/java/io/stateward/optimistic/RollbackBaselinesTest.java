package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.optimistic.ScheduleModel.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The two ways to roll back that are wrong, beside the same model: every schedule of up to four
 * steps is tried, the short ones first, so what is found is the smallest that there is.
 */
@DisplayName("The oracle of optimistic stores")
final class RollbackBaselinesTest {

  private static final int LONGEST = 4;
  private static final ScheduledKind PLAIN =
      new ScheduledKind(
          ScheduledKind.Sender.OUTSIDE,
          ScheduledKind.Resolving.SERVER,
          false,
          false,
          0,
          0,
          true,
          false);

  /** A store with optimistic updates, however it takes them back. */
  interface Rollback {
    void mutate(Deed deed);

    void acknowledge(int number);

    void reject(int number);

    void push(Deed server);

    Map<String, Integer> visible();
  }

  /** One thing to do. */
  record Step(String verb, int number) {
    @Override
    public String toString() {
      return verb.equals("reject") || verb.equals("acknowledge") ? verb + " " + number : verb;
    }

    static List<Step> all(boolean pushing) {
      List<Step> steps = all();
      return pushing
          ? steps
          : steps.stream().filter(step -> !step.verb().equals("push 9")).toList();
    }

    private static List<Step> all() {
      return List.of(
          new Step("add 1", 0),
          new Step("set 5", 0),
          new Step("push 9", 0),
          new Step("acknowledge", 0),
          new Step("reject", 0),
          new Step("acknowledge", 1),
          new Step("reject", 1));
    }

    Deed deed() {
      Deed.Verb how = verb.startsWith("add") ? Deed.Verb.ADD : Deed.Verb.SET;
      return new Deed(how, "a", verb.charAt(verb.length() - 1) - '0');
    }
  }

  /** Keeps the state before each mutation and puts it back: what most people write first. */
  private static final class SnapshotRollback implements Rollback {
    private final List<Map<String, Integer>> before = new ArrayList<>();
    private Map<String, Integer> state = new TreeMap<>();

    @Override
    public void mutate(Deed deed) {
      before.add(state);
      state = deed.on(state, Map.of());
    }

    @Override
    public void acknowledge(int number) {}

    @Override
    public void reject(int number) {
      state = before.get(number);
    }

    @Override
    public void push(Deed server) {
      state = server.on(state, Map.of());
    }

    @Override
    public Map<String, Integer> visible() {
      return state;
    }
  }

  /**
   * Keeps the inverse of what each mutation changed, and applies it to whatever is there by then.
   */
  private static final class InversePatch implements Rollback {
    private final List<Deed> inverses = new ArrayList<>();
    private Map<String, Integer> state = new TreeMap<>();

    @Override
    public void mutate(Deed deed) {
      Integer was = state.get("a");
      inverses.add(
          new Deed(was == null ? Deed.Verb.DROP : Deed.Verb.SET, "a", was == null ? 0 : was));
      state = deed.on(state, Map.of());
    }

    @Override
    public void acknowledge(int number) {}

    @Override
    public void reject(int number) {
      state = inverses.get(number).on(state, Map.of());
    }

    @Override
    public void push(Deed server) {
      state = server.on(state, Map.of());
    }

    @Override
    public Map<String, Integer> visible() {
      return state;
    }
  }

  /** The real one. */
  private static final class Refolding implements Rollback {
    private final OptimisticStore<Shelf> store = OptimisticStore.of("shelf", Shelf.EMPTY);
    private final List<Mutation<Integer>> all = new ArrayList<>();

    private static Shelf done(Deed deed, Shelf shelf) {
      return SchedulePropertyTest.Pair.done(deed, shelf, TemporaryIds.none());
    }

    @Override
    public void mutate(Deed deed) {
      all.add(store.mutate(shelf -> done(deed, shelf), Shelf.about("a")));
    }

    @Override
    public void acknowledge(int number) {
      store.acknowledge(all.get(number).id());
    }

    @Override
    public void reject(int number) {
      store.reject(all.get(number).id(), "no");
    }

    @Override
    public void push(Deed server) {
      store.external(shelf -> done(server, shelf));
    }

    @Override
    public Map<String, Integer> visible() {
      return SchedulePropertyTest.Pair.plain(store.visible().get());
    }
  }

  /** Runs a schedule; false if what is visible is not what the model says, at any step. */
  private static boolean holds(Rollback store, List<Step> schedule) {
    ScheduleModel model = new ScheduleModel();
    for (Step step : schedule) {
      boolean answer = step.verb().equals("reject") || step.verb().equals("acknowledge");
      if (answer
          && (step.number() >= model.all.size() || !model.isOpen(model.all.get(step.number())))) {
        continue;
      }
      switch (step.verb()) {
        case "acknowledge" -> {
          model.acknowledge(model.all.get(step.number()), null);
          store.acknowledge(step.number());
        }
        case "reject" -> {
          model.reject(model.all.get(step.number()));
          store.reject(step.number());
        }
        case "push 9" -> {
          model.push(List.of(step.deed()), Set.of());
          store.push(step.deed());
        }
        default -> {
          model.mutate(step.deed(), PLAIN);
          store.mutate(step.deed());
        }
      }
      if (!store.visible().equals(model.visible())) {
        return false;
      }
    }
    return true;
  }

  /** Returns the smallest schedules at which a store goes wrong. */
  private static List<String> smallestFailures(Supplier<Rollback> stores, boolean pushing) {
    List<List<Step>> schedules = List.of(List.of());
    for (int length = 1; length <= LONGEST; length++) {
      List<List<Step>> longer = new ArrayList<>();
      for (List<Step> schedule : schedules) {
        for (Step step : Step.all(pushing)) {
          List<Step> next = new ArrayList<>(schedule);
          next.add(step);
          longer.add(next);
        }
      }
      schedules = longer;
      List<String> failures =
          schedules.stream()
              .filter(schedule -> !holds(stores.get(), schedule))
              .map(Object::toString)
              .toList();
      if (!failures.isEmpty()) {
        return failures;
      }
    }
    return List.of();
  }

  @Test
  @DisplayName("finds that a snapshot takes with it what was done since")
  void snapshotRollback_otherMutationInFlight_isLost() {
    assertThat(smallestFailures(SnapshotRollback::new, false))
        .contains("[add 1, add 1, reject 0]", "[add 1, set 5, reject 0]")
        .allMatch(schedule -> schedule.endsWith("reject 0]"));
    assertThat(smallestFailures(SnapshotRollback::new, true)).contains("[add 1, push 9]");
  }

  @Test
  @DisplayName("finds that an inverse patch clobbers what was done since")
  void inversePatch_otherMutationInFlight_isClobbered() {
    assertThat(smallestFailures(InversePatch::new, false))
        .contains("[add 1, set 5, reject 0]", "[add 1, add 1, reject 0]")
        .allMatch(schedule -> schedule.endsWith("reject 0]"));
    assertThat(smallestFailures(InversePatch::new, true)).contains("[set 5, push 9]");
  }

  @Test
  @DisplayName("finds nothing in refolding")
  void refolding_anySchedule_isWhatTheModelSays() {
    assertThat(smallestFailures(Refolding::new, true)).isEmpty();
  }
}
