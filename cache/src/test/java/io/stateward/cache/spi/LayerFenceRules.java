package io.stateward.cache.spi;

import static io.stateward.cache.spi.LayerSubjects.elsewhere;
import static io.stateward.cache.spi.LayerSubjects.head;
import static io.stateward.cache.spi.LayerSubjects.invalidated;
import static io.stateward.cache.spi.LayerSubjects.leased;
import static io.stateward.cache.spi.LayerSubjects.now;
import static io.stateward.cache.spi.LayerSubjects.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 8: what the source is known to have replaced is refused, with whatever lease. */
interface LayerFenceRules extends LayerSubjects {

  /** Offers a version of a key under a lease of its own; tells whether it was accepted. */
  private boolean offered(LayerSession session, String key, long version) {
    LayerEntry present = now(session.read(key)).entry();
    String unwanted = present == null ? null : present.token();
    Lease lease = leased(now(session.acquire(key, unwanted, moments(100))));
    return now(session.fill(key, lease, entry(lease, "v" + version).withVersion(version)));
  }

  private static void fence(LayerSession session, String key, long version) {
    now(session.invalidate(new Invalidation.Key(key, version)));
  }

  @Test
  @DisplayName("8.1 an entry has the version that it was filled or written with")
  default void rule8_1_entriesHaveAVersion() {
    LayerSession session = open();
    assertThat(offered(session, "a", Long.MAX_VALUE)).isTrue();
    Intent intent = now(session.begin("b", moments(10)));
    now(session.complete("b", intent, entry(intent, "x").withVersion(7)));
    filled(session, "c", "Cy");

    assertThat(version("a")).isEqualTo(Long.MAX_VALUE);
    assertThat(version("b")).isEqualTo(7);
    assertThat(version("c")).isZero();
  }

  private long version(String key) {
    LayerEntry entry = now(open().read(key)).entry();
    assertThat(entry).isNotNull();
    return entry.version();
  }

  @Test
  @DisplayName(
      "8.2 after an invalidation that says a version a fill of a lower one is refused, with whatever"
          + " lease")
  default void rule8_2_lowerVersionsAreRefused() {
    LayerSession session = open();
    assertThat(offered(session, "a", 4)).isTrue();

    fence(open(), "a", 5);

    assertThat(offered(session, "a", 4)).isFalse();
    assertThat(offered(open(), "a", 1)).isFalse();
    assertThat(now(session.read("a")).entry()).isNull();
  }

  @Test
  @DisplayName("8.3 a fill of the same version, of a higher one, or of none is not refused")
  default void rule8_3_othersAreAccepted() {
    LayerSession session = open();
    for (long version : new long[] {5, 6, 0}) {
      fence(session, "a", 5);

      assertThat(offered(session, "a", version)).as("version %d", version).isTrue();
      assertThat(text(session, "a")).isEqualTo("v" + version);
    }
  }

  @Test
  @DisplayName("8.4 a fill that is accepted says what the source has as well")
  default void rule8_4_fillsRaiseTheFence() {
    LayerSession session = open();
    assertThat(offered(session, "a", 5)).isTrue();

    assertThat(offered(session, "a", 4)).isFalse();
    assertThat(text(session, "a")).isEqualTo("v5");
    invalidated(session, "a");

    assertThat(offered(open(), "a", 4)).isFalse();
    assertThat(offered(session, "a", 5)).isTrue();
  }

  @Test
  @DisplayName("8.5 so does the end of a write, stored or not; and a lower version is not stored")
  default void rule8_5_writesAndTheFence() {
    LayerSession session = open();
    now(session.begin("a", moments(5)));
    Intent overlapping = now(session.begin("a", moments(50)));
    LayerEntry six = entry(overlapping, "six").withVersion(6);
    assertThat(now(session.complete("a", overlapping, six)).stored()).isFalse();
    pass(moments(6));

    assertThat(offered(session, "a", 5)).isFalse();
    Intent late = now(session.begin("a", moments(10)));
    LayerEntry five = entry(late, "five").withVersion(5);
    assertThat(now(session.complete("a", late, five)).stored()).isFalse();
    assertThat(text(session, "a")).isNull();
    Intent next = now(session.begin("a", moments(10)));
    LayerEntry seven = entry(next, "seven").withVersion(7);
    assertThat(now(session.complete("a", next, seven)).stored()).isTrue();
    assertThat(offered(session, "a", 6)).isFalse();
  }

  @Test
  @DisplayName("8.6 nothing lowers it: neither a lower version nor none")
  default void rule8_6_fencesDoNotFall() {
    LayerSession session = open();
    fence(session, "a", 5);

    fence(session, "a", 3);
    invalidated(session, "a");
    assertThat(offered(session, "a", 0)).isTrue();
    now(session.invalidate(new Invalidation.All()));

    assertThat(offered(session, "a", 4)).isFalse();
    assertThat(offered(session, "a", 5)).isTrue();
  }

  @Test
  @DisplayName("8.7 it outlives the entry's time, and the lease's")
  default void rule8_7_fencesOutliveTheEntry() {
    LayerSession session = open();
    Lease lease = leased(now(session.acquire("a", null, moments(5))));
    LayerEntry five = lease.entry(new byte[1], Set.of(), null, moments(5), moments(10));
    assertThat(now(session.fill("a", lease, five.withVersion(5)))).isTrue();

    pass(moments(11));

    assertThat(now(session.read("a")).entry()).isNull();
    assertThat(offered(session, "a", 4)).isFalse();
  }

  @Test
  @DisplayName("8.8 a fill that is refused uses up its lease, so that the next one may try")
  default void rule8_8_refusedFillsEndTheLease() {
    LayerSession session = open();
    fence(session, "a", 5);
    Lease lease = lease(session, "a");

    assertThat(now(session.fill("a", lease, entry(lease, "x").withVersion(4)))).isFalse();

    assertThat(now(session.fill("a", lease, entry(lease, "y").withVersion(6)))).isFalse();
    assertThat(offered(open(), "a", 5)).isTrue();
  }

  @Test
  @DisplayName("8.9 it concerns no other key")
  default void rule8_9_fencesAreOfTheirKey() {
    LayerSession session = open();
    String other = elsewhere(session, "a");

    fence(session, "a", 5);

    assertThat(offered(session, other, 4)).isTrue();
    for (int i = 0; i < 10; i++) {
      assertThat(offered(session, "b" + i, 4)).isTrue();
    }
  }

  @Test
  @DisplayName("8.10 versions are compared to their last digit, and are not negative")
  default void rule8_10_versionsAreExact() {
    LayerSession session = open();
    long big = (1L << 53) + 1;
    fence(session, "a", big);
    fence(session, "b", Long.MAX_VALUE);
    fence(session, "c", 10);

    assertThat(offered(session, "a", big - 1)).isFalse();
    assertThat(offered(session, "b", Long.MAX_VALUE - 1)).isFalse();
    assertThat(offered(session, "c", 9)).isFalse();
    assertThat(offered(session, "c", 100)).isTrue();
    assertThat(offered(session, "a", big)).isTrue();
    assertThatThrownBy(() -> new Invalidation.Key("a", -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("8.11 the log tells the version of an invalidation, and of what was written")
  default void rule8_11_logTellsVersions() {
    LayerSession session = open();
    Head start = now(session.heads()).get(session.bucketOf("a"));

    fence(session, "a", Long.MAX_VALUE - 1);
    Intent intent = now(session.begin("a", moments(10)));
    LayerEntry last = entry(intent, "x").withVersion(Long.MAX_VALUE);
    Head end = head(now(session.complete("a", intent, last)).stamp());

    LogPage page = now(open().log(session.bucketOf("a"), start, 10));
    assertThat(page.head()).isEqualTo(end);
    assertThat(page.entries())
        .extracting(LogPage.Logged::invalidation)
        .isEqualTo(
            List.of(
                new Invalidation.Key("a", Long.MAX_VALUE - 1),
                new Invalidation.Key("a"),
                new Invalidation.Key("a", Long.MAX_VALUE)));
  }
}
