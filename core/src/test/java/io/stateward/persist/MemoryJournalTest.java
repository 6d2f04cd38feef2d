package io.stateward.persist;

final class MemoryJournalTest extends JournalContract {

  @Override
  public Journal create() {
    return Journal.memory();
  }
}
