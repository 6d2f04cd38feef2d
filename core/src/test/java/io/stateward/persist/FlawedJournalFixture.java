package io.stateward.persist;

import java.time.Duration;

/** The contract of a journal, on one with a flaw. Run by {@link StorageContractsAreSharpTest}. */
final class FlawedJournalFixture extends JournalContract {

  static JournalFlaw flaw = JournalFlaw.NONE;

  @Override
  public Journal create() {
    return new FlawedJournal(flaw);
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
  public Journal reopen(Journal closed) {
    return ((FlawedJournal) closed).reopened();
  }
}
