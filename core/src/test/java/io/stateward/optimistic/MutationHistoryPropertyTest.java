package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Undo and redo among answers in any order, against a naive model: a sum, and two lists of steps.
 */
final class MutationHistoryPropertyTest {

  sealed interface Deed {
    record Add(int amount) implements Deed {}

    record Elsewhere(int amount) implements Deed {}

    record Acknowledge(int which) implements Deed {}

    record Reject(int which) implements Deed {}

    record Undo() implements Deed {}

    record Redo() implements Deed {}
  }

  /** A step: an amount, and the mutation that added it last. A class: each is its own. */
  private static final class Step {
    final int amount;
    MutationId mutation;

    Step(int amount, MutationId mutation) {
      this.amount = amount;
      this.mutation = mutation;
    }
  }

  private static final class Model {
    final OptimisticStore<Integer> store = OptimisticStore.of("sum", 0);
    final MutationHistory<Integer> history = MutationHistory.of(store);
    final Map<MutationId, Integer> effects = new LinkedHashMap<>(); // pending or confirmed
    final List<MutationId> open = new ArrayList<>();
    final Map<MutationId, Step> inverses = new LinkedHashMap<>();
    final List<Step> done = new ArrayList<>();
    final List<Step> undone = new ArrayList<>();

    void perform(Deed deed) {
      if (deed instanceof Deed.Add add) {
        Mutation<Integer> made = history.mutate(plus(add.amount()), planFor(add.amount()));
        note(made.id(), add.amount());
        done.add(new Step(add.amount(), made.id()));
        undone.clear();
      } else if (deed instanceof Deed.Elsewhere elsewhere) {
        Mutation<Integer> made =
            store.mutate(plus(elsewhere.amount()), planFor(elsewhere.amount()));
        note(made.id(), elsewhere.amount());
      } else if (deed instanceof Deed.Acknowledge acknowledge && !open.isEmpty()) {
        MutationId id = open.remove(acknowledge.which() % open.size());
        assertThat(store.acknowledge(id)).isEqualTo(Settlement.SETTLED);
      } else if (deed instanceof Deed.Reject reject && !open.isEmpty()) {
        reject(open.remove(reject.which() % open.size()));
      } else if (deed instanceof Deed.Undo) {
        undo();
      } else if (deed instanceof Deed.Redo) {
        redo();
      }
    }

    private static Command<Integer> plus(int amount) {
      return Command.named("+" + amount, sum -> sum + amount);
    }

    private static MutationPlan<Integer, Integer> planFor(int amount) {
      return MutationPlan.<Integer>whole().undoneBy(plus(-amount));
    }

    private void note(MutationId id, int amount) {
      effects.put(id, amount);
      open.add(id);
    }

    private void reject(MutationId id) {
      assertThat(store.reject(id, "no")).isEqualTo(Settlement.SETTLED);
      effects.remove(id);
      done.removeIf(step -> step.mutation.equals(id));
      Step step = inverses.get(id);
      if (step != null && undone.remove(step)) {
        done.add(step);
      }
    }

    private void undo() {
      StepResult result = history.undo();
      if (done.isEmpty()) {
        assertThat(result).isEqualTo(new StepResult.Nothing());
        return;
      }
      Step step = done.remove(done.size() - 1);
      undone.add(step);
      if (open.remove(step.mutation)) {
        assertThat(result).isEqualTo(new StepResult.Cancelled("+" + step.amount, step.mutation));
        effects.remove(step.mutation);
      } else {
        MutationId inverse = ((StepResult.Made) result).mutation().id();
        note(inverse, -step.amount);
        inverses.put(inverse, step);
      }
    }

    private void redo() {
      StepResult result = history.redo();
      if (undone.isEmpty()) {
        assertThat(result).isEqualTo(new StepResult.Nothing());
        return;
      }
      Step step = undone.remove(undone.size() - 1);
      MutationId again = ((StepResult.Made) result).mutation().id();
      note(again, step.amount);
      done.add(new Step(step.amount, again));
    }

    void check() {
      assertThat(store.visible().get())
          .isEqualTo(effects.values().stream().mapToInt(Integer::intValue).sum());
      assertThat(history.canUndo().get()).isEqualTo(!done.isEmpty());
      assertThat(history.canRedo().get()).isEqualTo(!undone.isEmpty());
      assertThat(history.undoName().get()).isEqualTo(nameOfLast(done));
      assertThat(history.redoName().get()).isEqualTo(nameOfLast(undone));
    }

    private static String nameOfLast(List<Step> steps) {
      return steps.isEmpty() ? null : "+" + steps.get(steps.size() - 1).amount;
    }
  }

  @Property(seed = "2014", tries = 2000)
  void undoAndRedo_amongAnswersInAnyOrder_doWhatTheModelDoes(@ForAll("deeds") List<Deed> deeds) {
    Model model = new Model();
    for (Deed deed : deeds) {
      model.perform(deed);
      model.check();
    }
  }

  @Provide
  Arbitrary<List<Deed>> deeds() {
    Arbitrary<Integer> amounts = Arbitraries.integers().between(1, 100);
    Arbitrary<Integer> which = Arbitraries.integers().between(0, 9);
    return Arbitraries.<Deed>frequencyOf(
            Tuple.of(4, amounts.map(Deed.Add::new)),
            Tuple.of(1, amounts.map(Deed.Elsewhere::new)),
            Tuple.of(4, which.map(Deed.Acknowledge::new)),
            Tuple.of(2, which.map(Deed.Reject::new)),
            Tuple.of(4, Arbitraries.just(new Deed.Undo())),
            Tuple.of(3, Arbitraries.just(new Deed.Redo())))
        .list()
        .ofMinSize(3)
        .ofMaxSize(40);
  }
}
