package io.stateward.persist;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Sharpness;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The contract kits of journals and record stores")
final class StorageContractsAreSharpTest {

  @AfterEach
  void restore() {
    FlawedJournalFixture.flaw = JournalFlaw.NONE;
    FlawedRecordsFixture.flaw = RecordFlaw.NONE;
  }

  private static void checkFailed(Set<String> failed, Set<String> broken) {
    if (broken.isEmpty()) {
      assertThat(failed).isEmpty();
    } else {
      assertThat(failed).containsAll(broken);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("catch each flaw of a journal by the rule that forbids it")
  void journalContract_flaw_failsTheRuleThatForbidsIt(JournalFlaw flaw) {
    FlawedJournalFixture.flaw = flaw;

    checkFailed(Sharpness.failedRules(FlawedJournalFixture.class, flaw.broken()), flaw.broken());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("catch each flaw of records by the rule that forbids it")
  void recordContract_flaw_failsTheRuleThatForbidsIt(RecordFlaw flaw) {
    FlawedRecordsFixture.flaw = flaw;

    checkFailed(Sharpness.failedRules(FlawedRecordsFixture.class, flaw.broken()), flaw.broken());
  }

  @Test
  @DisplayName("have a flaw for every rule")
  void flaws_all_coverEveryRule() {
    Set<String> journal = new TreeSet<>();
    Arrays.stream(JournalFlaw.values()).map(JournalFlaw::broken).forEach(journal::addAll);
    Set<String> records = new TreeSet<>();
    Arrays.stream(RecordFlaw.values()).map(RecordFlaw::broken).forEach(records::addAll);

    assertThat(journal).containsExactlyElementsOf(Sharpness.rulesOf(JournalContract.class));
    assertThat(records).containsExactlyElementsOf(Sharpness.rulesOf(RecordStoreContract.class));
  }
}
