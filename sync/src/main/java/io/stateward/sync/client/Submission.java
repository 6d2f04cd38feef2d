package io.stateward.sync.client;

import java.util.concurrent.CompletionStage;

/**
 * A change that was made here, on its way.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @since 0.1
 */
public interface Submission {

  /** How far a change has come. */
  enum Progress {
    /** It shows here, and is lost with the process. */
    VISIBLE,
    /** It is in the outbox. */
    STORED,
    /** It was handed to a connection. */
    SENT,
    /** The hub has given it a place, which a crash of the hub may still take from it. */
    APPLIED,
    /** It is over: see {@link Submission#settled()}. */
    SETTLED
  }

  /**
   * Returns the number that it has now; it gets another one if what it stands on was refused.
   *
   * @return its number among those of this client in the document
   */
  long id();

  /**
   * Returns how far it has come.
   *
   * @return the step it has reached
   */
  Progress progress();

  /**
   * Returns what becomes of it. A change that is taken out of the outbox after a restart is another
   * submission: this one never completes if the process ends first.
   *
   * @return completes when it is settled; never fails
   */
  CompletionStage<Settled> settled();
}
