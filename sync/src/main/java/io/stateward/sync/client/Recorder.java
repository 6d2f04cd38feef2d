package io.stateward.sync.client;

/** Where the records of a document go. */
@FunctionalInterface
interface Recorder {

  /**
   * Takes a record; called under the lock of the document.
   *
   * @param record the record, to which its number is added
   * @return the number of the record, which grows
   */
  long put(OutboxForm.Builder record);
}
