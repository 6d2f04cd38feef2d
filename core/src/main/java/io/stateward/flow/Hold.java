package io.stateward.flow;

import io.stateward.flow.KeyedLocks.Held;

/**
 * A key, and the thread that holds it.
 *
 * <p>Thread safety: what is not final is confined to that thread.
 */
final class Hold<K> implements Held {

  final K key;
  final int place;
  final Thread owner;
  private final LockTable<K> table;
  private int count = 1;
  private boolean closed;

  Hold(LockTable<K> table, K key, int place, Thread owner) {
    this.table = table;
    this.key = key;
    this.place = place;
    this.owner = owner;
  }

  /** Holds it once more. */
  Held again() {
    count++;
    return new Again(this);
  }

  @Override
  public void close() {
    if (!closed) {
      giveBack();
      closed = true;
    }
  }

  private void giveBack() {
    if (owner != Thread.currentThread()) {
      throw new IllegalStateException(
          "%s: key %s is held by thread '%s', and thread '%s' cannot give it back. Close what a thread holds in that thread."
              .formatted(table, key, owner.getName(), Thread.currentThread().getName()));
    }
    count--;
    if (count == 0) {
      table.release(this);
    }
  }

  /** A later hold of the same thread on the same key. */
  private static final class Again implements Held {
    private final Hold<?> hold;
    private boolean closed;

    Again(Hold<?> hold) {
      this.hold = hold;
    }

    @Override
    public void close() {
      if (!closed) {
        hold.giveBack();
        closed = true;
      }
    }
  }
}
