package io.stateward.signal.internal;

import org.jspecify.annotations.Nullable;

/**
 * A cell that a transaction has put into a root and not yet published: who reads it sees the cell
 * before or the cell after, depending on the transaction, and never this one.
 */
final class StagedCell<T extends @Nullable Object> extends Cell<T> {

  private final Transaction transaction;
  final Cell<T> before;
  final Cell<T> after;

  StagedCell(Transaction transaction, Cell<T> before, Cell<T> after) {
    super(after.value(), after.version);
    this.transaction = transaction;
    this.before = before;
    this.after = after;
  }

  Cell<T> settled() {
    return transaction.isVisible() ? after : before;
  }
}
