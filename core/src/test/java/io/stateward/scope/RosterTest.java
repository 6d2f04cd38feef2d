package io.stateward.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RosterTest {

  private final Roster<String, String> roster =
      new Roster<>(Eviction.idle(Duration.ofNanos(10), VirtualTimekeeper.create()));

  @Test
  void nanosUntilDue_clockWasReadLongAgo_isNotPutOff() {
    Member<String, String> member = Objects.requireNonNull(roster.join("family", "a", 0)).member();
    roster.enter(member, "value");
    roster.giveBack(member, 100);

    assertThat(roster.nanosUntilDue(103)).isEqualTo(7);
    assertThat(roster.nanosUntilDue(2)).isEqualTo(10);
  }

  @Test
  void evictDue_clockWasReadLongAgo_evictsNobody() {
    Member<String, String> member = Objects.requireNonNull(roster.join("family", "a", 0)).member();
    roster.enter(member, "value");
    roster.giveBack(member, 100);

    assertThat(roster.evictDue(2)).isEmpty();
    assertThat(roster.evictDue(110)).containsExactly(member);
  }
}
