package io.stateward.merge;

/**
 * What becomes of a thing in a map, a table or a list that one side deleted while the other side
 * edited it.
 *
 * <pre>{@code
 * Merge<EntityTable<Long, Task>> tasks = Merge.table(Merge.of(Task.class), Deletion.YIELDS);
 * }</pre>
 *
 * <p>Deleted by both, it is gone; deleted by one and untouched by the other, it is gone too. Only
 * the rest needs this answer.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum Deletion {

  /** It is undecided; until it is decided, what theirs did stands. */
  ASKS,

  /** It is deleted; the edit is dropped. */
  WINS,

  /** It stays, as it was edited; the deletion is dropped. */
  YIELDS
}
