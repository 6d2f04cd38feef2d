package io.stateward.redis.cache;

import static io.stateward.redis.cache.FaultyLayer.now;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Lease;
import io.stateward.cache.spi.WideMarks;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisServerFixture;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others put in the place of ours, or take away, costs loads and nothing else. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ForeignDataTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static RedisServerFixture server;
  private static Admin admin;

  private final String namespace = "foreign" + TESTS.incrementAndGet();
  private final Redis redis = Redis.connect(server.address()).namespace(namespace);
  private final RedisLayer layer = RedisLayer.of(redis, RedisLayerOptions.standard().buckets(2));
  private final Keys keys = new Keys(namespace, "users");
  private final LayerSession session = now(layer.open("users", "text-1"));
  private final int bucket = session.bucketOf("k");

  @BeforeAll
  static void start() {
    server = RedisServerFixture.start();
    admin = new Admin(server);
  }

  @AfterAll
  static void stop() {
    admin.close();
    server.close();
  }

  @AfterEach
  void close() {
    redis.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private Lease lease() {
    return ((Acquired.Leased) now(session.acquire("k", null, LONG))).lease();
  }

  @Test
  void wideMarks_evicted_holdOfEverything() {
    now(session.invalidate(new Invalidation.Tag("a")));
    now(session.invalidate(new Invalidation.Tag("b")));
    now(admin.commands().del(keys.marks(LayerSession.WIDE)));

    WideMarks marks = now(session.wideMarks());

    assertThat(marks.all()).isEqualTo(2);
    assertThat(marks.head().sequence()).isEqualTo(2);
  }

  @Test
  void invalidateTag_afterAnEviction_marksWhatWasLostAndItself() {
    now(session.invalidate(new Invalidation.Tag("a")));
    now(admin.commands().del(keys.marks(LayerSession.WIDE)));

    now(session.invalidate(new Invalidation.Tag("b")));

    WideMarks marks = now(session.wideMarks());
    assertThat(marks.all()).isEqualTo(1);
    assertThat(marks.tags()).isEqualTo(Map.of("b", 2L));
  }

  @Test
  void wideMarks_nothingLost_areTheirOwn() {
    now(session.invalidate(new Invalidation.Tag("a")));
    now(session.invalidate(new Invalidation.All()));
    now(session.invalidate(new Invalidation.Prefix("p")));

    WideMarks marks = now(session.wideMarks());

    assertThat(marks.all()).isEqualTo(2);
    assertThat(marks.tags()).isEmpty();
    assertThat(marks.prefixes()).isEqualTo(Map.of("p", 3L));
  }

  @Test
  void invalidateTag_somethingElseInPlaceOfTheMarks_isDone() {
    now(session.invalidate(new Invalidation.Tag("a")));
    now(admin.commands().set(keys.marks(LayerSession.WIDE), bytes("no marks")));

    now(session.invalidate(new Invalidation.Tag("b")));

    assertThat(now(session.wideMarks()).tags()).containsKey("b");
    assertThat(now(session.wideMarks()).all()).isEqualTo(1);
  }

  @Test
  void acquire_garbageAmongTheClaims_isGiven() {
    byte[] claims = keys.claims(bucket, "k");
    now(admin.commands().hset(claims, bytes("lease"), bytes("none")));
    now(admin.commands().hset(claims, bytes("intent"), bytes("none")));

    assertThat(now(session.acquire("k", null, LONG))).isInstanceOf(Acquired.Leased.class);
  }

  @Test
  void read_garbledHead_isSettledAnew() {
    for (String garbled :
        new String[] {
          "",
          "not of sixteen digits",
          "0123456789abcdef many r 0 0 2:text-1",
          "0123456789abcdeg 7 r 0 0 2:text-1",
          "123456789abcdef 7 r 0 0 2:text-1",
          "0123456789abcdef 1234567890123456 r 0 0 2:text-1",
          "0123456789abcdef 7 r 0 0 3:text-1",
          "0123456789abcdef 7 r 0 2:text-1",
          "0123456789abcdef 7"
        }) {
      now(admin.commands().set(keys.meta(bucket), bytes(garbled)));

      assertThat(now(session.read("k")).head().sequence()).as(garbled).isZero();
      assertThat(now(session.invalidate(new Invalidation.Key("k"))).sequence()).isEqualTo(1);
    }
  }

  @Test
  void read_headOfAnotherLife_isNotServedUnderIt() {
    Lease lease = lease();
    assertThat(now(session.fill("k", lease, entry(lease, 0)))).isTrue();
    assertThat(now(session.read("k")).entry()).isNotNull();

    now(admin.commands().del(keys.meta(bucket)));
    now(admin.commands().hset(keys.meta(bucket), bytes("e"), bytes("0123456789abcdef")));
    now(admin.commands().hset(keys.meta(bucket), bytes("q"), bytes("0"))); // of another form

    assertThat(now(session.read("k")).entry()).isNull();
    assertThat(now(session.read("k")).head().sequence()).isZero();
  }

  @Test
  void read_textOfManyByteLetters_isAMiss() {
    String letters = "1" + "\u044f".repeat(200);
    now(admin.commands().set(keys.entry(bucket, "k"), bytes(letters)));

    assertThat(now(session.read("k")).entry()).isNull();
    assertThat(now(session.read("k")).entry()).isNull();
  }

  @Test
  void acquire_theWideBucketIsGone_isNotInItsOwnWay() {
    now(admin.commands().del(keys.meta(LayerSession.WIDE)));

    assertThat(now(session.acquire("k", null, LONG))).isInstanceOf(Acquired.Leased.class);
  }

  @Test
  void begin_theWideBucketIsGone_leavesNoOtherIntent() {
    now(admin.commands().del(keys.meta(LayerSession.WIDE)));

    Intent intent = now(session.begin("k", LONG));

    assertThat(
            now(session.complete("k", intent, intent.entry(bytes("v"), Set.of(), null, LONG, LONG)))
                .stored())
        .isTrue();
  }

  @Test
  void fill_versionsOfAnotherLocale_areTheSame() {
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      now(session.invalidate(new Invalidation.Key("k", 7)));
    } finally {
      Locale.setDefault(usual);
    }

    Lease lagging = lease();
    assertThat(now(session.fill("k", lagging, entry(lagging, 6)))).isFalse();
    Lease present = lease();
    assertThat(now(session.fill("k", present, entry(present, 7)))).isTrue();
  }

  private static LayerEntry entry(Lease lease, long version) {
    return lease.entry(bytes("v"), Set.of(), null, LONG, LONG).withVersion(version);
  }
}
