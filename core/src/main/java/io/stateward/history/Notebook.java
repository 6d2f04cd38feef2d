package io.stateward.history;

import io.stateward.collection.PersistentVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.UnaryOperator;

/**
 * An immutable account of something, and notes of what happened since, in order.
 *
 * <p>Taking a note costs a compare-and-set and runs no foreign code. The notes are folded into the
 * account by whoever wants to read it, without a lock; a fold is pure, and the compare-and-set that
 * puts its result in place keeps the notes that came meanwhile.
 */
final class Notebook<L> {

  private static final VarHandle PAGE = pageHandle();

  private volatile Page<L> page;

  Notebook(L account) {
    page = new Page<>(account, 0, PersistentVector.of());
  }

  private static VarHandle pageHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Notebook.class, "page", Page.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** An account, how many notes were folded into it, and those that are not. */
  private record Page<L>(L account, long done, PersistentVector<UnaryOperator<L>> notes) {}

  /** Notes what happened. The note is pure and may be applied more than once. */
  void note(UnaryOperator<L> note) {
    Page<L> seen;
    do {
      seen = page;
    } while (!turn(seen, new Page<>(seen.account, seen.done, seen.notes.append(note))));
  }

  /** Returns the account of everything that was noted before the call. */
  L account() {
    Page<L> seen = page;
    while (!seen.notes.isEmpty()) {
      L folded = seen.account;
      for (UnaryOperator<L> note : seen.notes) {
        folded = note.apply(folded);
      }
      put(folded, seen);
      seen = page;
    }
    return seen.account;
  }

  /** Returns the account as it was last folded. */
  L folded() {
    return page.account;
  }

  /** Begins anew, without notes. */
  void reset(L account) {
    Page<L> seen;
    do {
      seen = page;
    } while (!turn(
        seen, new Page<>(account, seen.done + seen.notes.size() + 1, PersistentVector.of())));
  }

  /** Puts a fold in place, unless somebody else's came first. */
  private void put(L folded, Page<L> of) {
    Page<L> latest = page;
    while (latest.done == of.done) {
      var rest = latest.notes.slice(of.notes.size(), latest.notes.size());
      if (turn(latest, new Page<>(folded, of.done + of.notes.size(), rest))) {
        return;
      }
      latest = page;
    }
  }

  private boolean turn(Page<L> from, Page<L> to) {
    return PAGE.compareAndSet(this, from, to);
  }
}
