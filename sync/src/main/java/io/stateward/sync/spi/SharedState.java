package io.stateward.sync.spi;

import io.stateward.codec.Tree;

/**
 * One document on the hub: it judges changes and takes them in.
 *
 * <p>It is pure but for itself: the same mutations in the same order make the same state, on any
 * machine, which is how a document is loaded. It does no input or output.
 *
 * <p><b>Thread safety.</b> Confined to the turn of its document: one call at a time, each sees what
 * the one before did.
 *
 * @since 0.1
 */
public interface SharedState {

  /**
   * Judges a mutation, and takes it in if it accepts it. If it refuses, nothing changed. What it
   * does not want it refuses: if it throws, the hub drops the document, whatever became of its
   * state, and loads it again as it was before, with the mutation refused.
   *
   * @param mutation the change, by whom, after what
   * @return accepted with what subscribers are told, or refused
   */
  Verdict judge(Mutation mutation);

  /**
   * Takes in again what was accepted before, when the document is loaded.
   *
   * @param mutation the mutation, with the change as {@link Verdict.Accepted} had it
   */
  void replay(Mutation mutation);

  /**
   * Returns what a client begins with.
   *
   * @return the document as it is now
   */
  Tree snapshot();

  /**
   * Returns what {@link SharedType#restore} needs.
   *
   * @return the document as it is now, with whatever the kind needs to go on from there
   */
  Tree store();

  /**
   * Returns from where a client has to have the events to merge those after a sequence by itself.
   * Clients ask as often as they like, in the document's turn: it takes no longer than a change.
   *
   * @param sequence a sequence, from 0
   * @return at most {@code sequence}; where it is 0, everything
   */
  default long context(long sequence) {
    return sequence;
  }

  /**
   * Forgets what was needed only for mutations made before a sequence: there will be none.
   *
   * @param sequence all further mutations have at least this base
   * @return from which base on mutations are taken from now on; the same sequence, or a later one
   *     up to the last, where the kind cannot go back so far at a bearable cost
   */
  default long trim(long sequence) {
    return sequence;
  }
}
