package io.stateward.persist;

final class MemoryRecordsTest extends RecordStoreContract {

  @Override
  public RecordStore create() {
    return RecordStore.memory();
  }
}
