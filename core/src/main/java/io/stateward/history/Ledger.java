package io.stateward.history;

import io.stateward.collection.PersistentVector;
import org.jspecify.annotations.Nullable;

/**
 * The states that a history keeps, oldest first. Immutable.
 *
 * <p>Neighbours are never equal, so undoing always changes something.
 *
 * @param steps the states, each with the step that led to it; the first has no step. Empty until
 *     the store has a state
 * @param present the index of the state that the store is in
 * @param retained the sum of the sizes of the steps
 * @param paused whether changes make no steps
 * @param sealed whether the next change joins no step
 */
record Ledger<S>(
    PersistentVector<Step<S>> steps, int present, long retained, boolean paused, boolean sealed) {

  static <S> Ledger<S> empty() {
    return new Ledger<>(PersistentVector.of(), -1, 0, false, true);
  }

  /** A state, and the step from the one before: its mark, its latest change and its size. */
  record Step<S>(S state, Mark mark, long atNanos, long size) {
    static <S> Step<S> first(S state) {
      return new Step<>(state, Mark.Plain.UNNAMED, 0, 0);
    }

    Step<S> sized(long other) {
      return other == size ? this : new Step<>(state, mark, atNanos, other);
    }
  }

  boolean has(int by) {
    int target = present + by;
    return target >= 0 && target < steps.size();
  }

  /** Returns the name of the step that a move goes back or forth over. */
  @Nullable String nameTowards(int by) {
    return has(by) ? steps.get(by < 0 ? present : present + 1).mark().name() : null;
  }

  HistoryStatus status() {
    return new HistoryStatus(
        Math.max(present, 0),
        steps.size() - 1 - present,
        nameTowards(-1),
        nameTowards(1),
        retained,
        paused);
  }

  /** Returns the ledger after the store has taken a value. */
  Ledger<S> committed(S now, Mark mark, long nanos, Rules<S> rules) {
    if (steps.isEmpty()) {
      return new Ledger<>(PersistentVector.of(Step.first(now)), 0, 0, paused, true);
    }
    if (mark instanceof Mark.Move move && has(move.by())) {
      return moved(move.by(), now, rules);
    }
    Step<S> step = steps.get(present);
    if (rules.same(step.state(), now)) {
      return this;
    }
    if (paused || mark == Mark.Unrecorded.MARK) {
      return replaced(new Step<>(now, step.mark(), step.atNanos(), 0), rules).joined(rules);
    }
    Step<S> made = new Step<>(now, mark, nanos, 0);
    boolean joins = !sealed && mark.joins(step.mark(), nanos - step.atNanos(), rules.windowNanos());
    Ledger<S> open = withoutRedo();
    return joins ? open.replaced(made, rules).joined(rules) : open.appended(made, rules);
  }

  Ledger<S> paused(boolean now) {
    return new Ledger<>(steps, present, retained, now, sealed);
  }

  Ledger<S> cleared() {
    if (steps.isEmpty()) {
      return this;
    }
    Step<S> only = Step.first(steps.get(present).state());
    return new Ledger<>(PersistentVector.of(only), 0, 0, paused, true);
  }

  /** Returns the saved steps, around the present state, as far as the rules allow. */
  Ledger<S> restored(SavedHistory<S> saved, Rules<S> rules) {
    var all = PersistentVector.<Step<S>>builder().append(Step.first(saved.base()));
    int there = saved.present();
    long sum = 0;
    for (int i = 0; i < saved.steps().size(); i++) {
      SavedHistory.Step<S> step = saved.steps().get(i);
      S before = all.get(all.size() - 1).state();
      if (rules.same(before, step.state())) {
        there -= i < saved.present() ? 1 : 0; // it leads nowhere, by the equality of this store
        continue;
      }
      long size = rules.sizeOf(before, step.state());
      all.append(new Step<>(step.state(), new Mark.Plain(step.name()), 0, size));
      sum += size;
    }
    return new Ledger<>(all.build(), there, sum, paused, true).bounded(rules);
  }

  private Ledger<S> moved(int by, S now, Rules<S> rules) {
    Ledger<S> there = new Ledger<>(steps, present + by, retained, paused, true);
    Step<S> step = steps.get(present + by);
    return rules.same(step.state(), now)
        ? there // a lens may hand out less than was put in; then the store is right
        : there.replaced(new Step<>(now, step.mark(), step.atNanos(), 0), rules).joined(rules);
  }

  private Ledger<S> withoutRedo() {
    Ledger<S> shorter = this;
    while (shorter.has(1)) {
      shorter = shorter.withoutLast();
    }
    return shorter;
  }

  private Ledger<S> appended(Step<S> made, Rules<S> rules) {
    long size = rules.sizeOf(steps.get(present).state(), made.state());
    return new Ledger<>(steps.append(made.sized(size)), present + 1, retained + size, paused, false)
        .bounded(rules);
  }

  /** Puts another state in the place of the present one. */
  private Ledger<S> replaced(Step<S> made, Rules<S> rules) {
    return with(present, made).measured(present, rules).measured(present + 1, rules).bounded(rules);
  }

  /** Drops the steps beside the present state that lead nowhere. */
  private Ledger<S> joined(Rules<S> rules) {
    Ledger<S> shorter = this;
    if (has(-1) && rules.same(steps.get(present - 1).state(), steps.get(present).state())) {
      shorter = without(present).at(present - 1).measured(present, rules).sealedHere();
    }
    int here = shorter.present;
    return shorter.has(1)
            && rules.same(shorter.steps.get(here).state(), shorter.steps.get(here + 1).state())
        ? shorter.without(here + 1).measured(here + 1, rules).sealedHere()
        : shorter;
  }

  /** Drops steps until the rest is within the bounds: the oldest first, then what can be redone. */
  private Ledger<S> bounded(Rules<S> rules) {
    Ledger<S> shorter = this;
    while (shorter.steps.size() > 1
        && (shorter.steps.size() - 1 > rules.steps() || shorter.retained > rules.retained())) {
      shorter = shorter.present > 0 ? shorter.withoutFirst() : shorter.withoutLast();
    }
    return shorter;
  }

  private Ledger<S> withoutFirst() {
    Ledger<S> shorter = without(0).at(present - 1);
    return shorter.with(0, shorter.steps.get(0).sized(0)); // its mark stays: a group may go on
  }

  private Ledger<S> withoutLast() {
    return without(steps.size() - 1);
  }

  private Ledger<S> without(int index) {
    long left = retained - steps.get(index).size();
    return new Ledger<>(steps.without(index), present, left, paused, sealed);
  }

  private Ledger<S> sealedHere() {
    return new Ledger<>(steps, present, retained, paused, true);
  }

  private Ledger<S> at(int other) {
    return new Ledger<>(steps, other, retained, paused, sealed);
  }

  private Ledger<S> with(int index, Step<S> step) {
    long sum = retained - steps.get(index).size() + step.size();
    return new Ledger<>(steps.with(index, step), present, sum, paused, sealed);
  }

  /** Measures the step that leads to a state anew. */
  private Ledger<S> measured(int index, Rules<S> rules) {
    if (index < 1 || index >= steps.size()) {
      return this;
    }
    Step<S> step = steps.get(index);
    return with(index, step.sized(rules.sizeOf(steps.get(index - 1).state(), step.state())));
  }
}
