package io.stateward.persist;

import java.time.Duration;

/** The contract of records, on ones with a flaw. Run by {@link StorageContractsAreSharpTest}. */
final class FlawedRecordsFixture extends RecordStoreContract {

  static RecordFlaw flaw = RecordFlaw.NONE;

  @Override
  public RecordStore create() {
    return new FlawedRecords(flaw);
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(1);
  }

  @Override
  public boolean survives() {
    return true;
  }

  @Override
  public RecordStore reopen(RecordStore closed) {
    return ((FlawedRecords) closed).reopened();
  }
}
