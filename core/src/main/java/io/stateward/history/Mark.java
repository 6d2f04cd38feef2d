package io.stateward.history;

import org.jspecify.annotations.Nullable;

/** What the thread that commits says about the change that it makes. */
sealed interface Mark {

  /** The name of the step. */
  default @Nullable String name() {
    return null;
  }

  /** Whether a change joins the step that was made or joined so many nanoseconds ago. */
  default boolean joins(Mark step, long sinceNanos, long windowNanos) {
    return false;
  }

  /** The change is a step of its own. */
  record Plain(@Nullable String name) implements Mark {
    static final Plain UNNAMED = new Plain(null);
  }

  /** The change is no step. */
  record Unrecorded() implements Mark {
    static final Unrecorded MARK = new Unrecorded();
  }

  /** The change joins the one before if both are of this very group. A class: each is its own. */
  final class Group implements Mark {
    private final String name;

    Group(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean joins(Mark step, long sinceNanos, long windowNanos) {
      return step == this;
    }
  }

  /** The change joins the one before if both have the same key and the former came soon. */
  record Coalesced(String name, String key) implements Mark {
    @Override
    public boolean joins(Mark step, long sinceNanos, long windowNanos) {
      return step instanceof Coalesced other && other.key.equals(key) && sinceNanos <= windowNanos;
    }
  }

  /** The change is an undo or a redo. Confined to the thread that makes it. */
  final class Move implements Mark {
    private final int by;
    private boolean found;
    private @Nullable String step;

    Move(int by) {
      this.by = by;
    }

    /** Returns the state to go to; the given one if there is no step that way. */
    <S> S target(Ledger<S> ledger, S current) {
      found = ledger.has(by);
      if (!found) {
        return current;
      }
      step = ledger.nameTowards(by);
      return ledger.steps().get(ledger.present() + by).state();
    }

    int by() {
      return by;
    }

    boolean found() {
      return found;
    }

    @Nullable String step() {
      return step;
    }
  }
}
