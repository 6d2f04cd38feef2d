package io.stateward.cache.spi;

import static io.stateward.cache.spi.LayerSubjects.invalidated;
import static io.stateward.cache.spi.LayerSubjects.leased;
import static io.stateward.cache.spi.LayerSubjects.now;
import static io.stateward.cache.spi.LayerSubjects.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 3: a lease on a key that has an entry. */
interface LayerRefreshRules extends LayerSubjects {

  @Test
  @DisplayName("3.1 who asks for a lease and finds an entry is given that")
  default void rule3_1_entryIsTheAnswer() {
    LayerSession session = open();
    Lease lease = filled(session, "a", "Ada");

    Acquired answer = now(open().acquire("a", null, moment()));

    assertThat(answer).isInstanceOf(Acquired.Filled.class);
    LayerEntry entry = ((Acquired.Filled) answer).reading().entry();
    assertThat(entry).isNotNull().matches(found -> found.token().equals(lease.token()));
  }

  @Test
  @DisplayName(
      "3.2 who does not want the entry that is there is given the lease, and it stays there")
  default void rule3_2_unwantedEntryIsRefreshed() {
    LayerSession session = open();
    Lease first = filled(session, "a", "old");

    Lease second = leased(now(session.acquire("a", first.token(), moments(10))));

    assertThat(text(open(), "a")).isEqualTo("old");
    assertThat(now(session.fill("a", second, entry(second, "new")))).isTrue();
    assertThat(text(open(), "a")).isEqualTo("new");
  }

  @Test
  @DisplayName("3.3 who does not want an entry that has been replaced is given the new one")
  default void rule3_3_refreshedEntryIsTheAnswer() {
    LayerSession session = open();
    Lease first = filled(session, "a", "old");
    Lease second = leased(now(session.acquire("a", first.token(), moments(10))));
    now(session.fill("a", second, entry(second, "new")));

    assertThat(now(open().acquire("a", first.token(), moment())))
        .isInstanceOf(Acquired.Filled.class);
  }

  @Test
  @DisplayName("3.4 one refreshes at a time")
  default void rule3_4_oneRefreshes() {
    LayerSession session = open();
    Lease first = filled(session, "a", "old");
    leased(now(session.acquire("a", first.token(), moments(10))));

    assertThat(now(open().acquire("a", first.token(), moment()))).isInstanceOf(Acquired.Busy.class);
  }

  @Test
  @DisplayName("3.5 an invalidation ends a refresh as it ends a load")
  default void rule3_5_invalidationEndsTheRefresh() {
    LayerSession session = open();
    Lease first = filled(session, "a", "old");
    Lease second = leased(now(session.acquire("a", first.token(), moments(10))));

    invalidated(session, "a");

    assertThat(now(session.fill("a", second, entry(second, "old too")))).isFalse();
    assertThat(text(session, "a")).isNull();
  }

  @Test
  @DisplayName("3.6 a refresh that is given back leaves the entry")
  default void rule3_6_releaseLeavesTheEntry() {
    LayerSession session = open();
    Lease first = filled(session, "a", "old");
    Lease second = leased(now(session.acquire("a", first.token(), moments(10))));

    now(session.release("a", second));

    assertThat(text(session, "a")).isEqualTo("old");
  }
}
