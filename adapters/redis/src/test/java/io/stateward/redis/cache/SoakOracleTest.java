package io.stateward.redis.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The oracle of the soak finds what it is there for. */
final class SoakOracleTest {

  private final SoakOracle oracle = new SoakOracle(2, 1_000);

  private void hear(String... lines) {
    for (String line : lines) {
      oracle.hear(line);
    }
    oracle.judge();
  }

  @Test
  void read_olderThanTheBound_isAProblem() {
    hear("W 1 5 10000", "R 1 4 11000");

    assertThat(oracle.oldReads()).isEqualTo(1);
    assertThat(oracle.problems()).hasSize(1);
    assertThat(oracle.problems().get(0)).contains("Key 1 had 4").contains("4 was invalidated");
  }

  @Test
  void read_withinTheBoundOrNewOrOfAnotherKey_isNone() {
    hear("W 1 5 10000", "R 1 4 10999", "R 1 5 20000", "R 0 4 20000");

    assertThat(oracle.problems()).isEmpty();
    assertThat(oracle.checked()).isEqualTo(3);
  }

  @Test
  void read_ofWhatWasInvalidatedInAnotherOrderOrRound_isAProblem() {
    hear("W 1 7 10000", "W 1 6 12000");
    hear("R 1 6 14000");

    assertThat(oracle.oldReads()).isEqualTo(1);
  }

  @Test
  void layer_thatDiffersFromTheSource_isAStaleSet() {
    oracle.compare(1, 5, 5);
    assertThat(oracle.problems()).isEmpty();

    oracle.compare(1, 4, 5);

    assertThat(oracle.staleSets()).isEqualTo(1);
    assertThat(oracle.problems()).hasSize(1);
  }

  @Test
  void line_thatIsNotUnderstood_isAProblem() {
    hear("Exception in a thread");

    assertThat(oracle.problems()).hasSize(1);
  }
}
