package io.stateward.testkit.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.MemoryBackplane;
import io.stateward.cache.MemoryLayer;
import io.stateward.cache.MemoryLayerOptions;
import io.stateward.cache.Policy;
import io.stateward.cache.spi.LayerSession;
import io.stateward.codec.Codec;
import io.stateward.testkit.Failures;
import io.stateward.testkit.ManualExecutor;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CacheAuditorTest {

  private static final Duration BOUND = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofSeconds(3); // longer than the bound, and a tick

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Map<String, String> source = new HashMap<>(Map.of("k", "v0"));
  private final List<StaleEntry<String, String>> found = new ArrayList<>();
  private @Nullable Runnable duringLoad;
  private @Nullable Runnable duringCheck;
  private boolean away;
  private int reads;

  private final NaiveCache<String, String> naive =
      new NaiveCache<>(
          key -> {
            String value = source.get(key);
            Runnable meanwhile = duringLoad;
            duringLoad = null;
            if (meanwhile != null) {
              meanwhile.run();
            }
            return value;
          });

  private @Nullable String find(String key) throws IOException {
    reads++;
    if (away) {
      throw new IOException("away");
    }
    String value = source.get(key);
    Runnable meanwhile = duringCheck;
    if (meanwhile != null) {
      meanwhile.run();
    }
    return value;
  }

  private AuditorBuilder<String, String> auditor() {
    return CacheAuditor.of(this::find)
        .bound(BOUND)
        .checksPerSecond(10)
        .onStale(found::add)
        .executor(Runnable::run)
        .timekeeper(time);
  }

  private CacheAuditor<String, String> auditing() {
    return auditor().instance("naive", naive.audited()).start();
  }

  private void write(String value) {
    source.put("k", value);
    naive.invalidate("k");
  }

  @Test
  void staleSet_ofANaiveCache_isFoundOnce_andItsEndIsSeen() throws Exception {
    duringLoad = () -> write("v1");
    assertThat(naive.get("k")).isEqualTo("v0"); // and stores it after the write
    try (CacheAuditor<String, String> auditor = auditing()) {
      auditor.add("k");

      time.advance(BOUND);
      assertThat(found).isEmpty();
      assertThat(auditor.report().get().suspects()).isEqualTo(1);
      time.advance(LONG.multipliedBy(10));

      assertThat(found)
          .singleElement()
          .satisfies(
              stale -> {
                assertThat(stale.key()).isEqualTo("k");
                assertThat(stale.instance()).isEqualTo("naive");
                assertThat(stale.cached()).isEqualTo("v0");
                assertThat(stale.source()).isEqualTo("v1");
                assertThat(stale.staleFor()).isBetween(BOUND.plusNanos(1), LONG);
              });
      assertThat(auditor.report().get().stale()).isEqualTo(1);
      assertThat(auditor.report().get().staleNow()).isEqualTo(1);
      assertThat(auditor.report().get().longest()).isGreaterThan(BOUND.multipliedBy(2));

      naive.invalidate("k");
      time.advance(Duration.ofHours(1));
      assertThat(auditor.report().get().staleNow()).isZero();
      assertThat(auditor.report().get().suspects()).isZero();
      assertThat(auditor.report().get().stale()).isEqualTo(1);
    }
  }

  @Test
  void invalidation_thatComesWithinTheBound_isNotAFinding() throws Exception {
    naive.get("k");
    try (CacheAuditor<String, String> auditor = auditing()) {
      source.put("k", "v1");
      auditor.add("k");
      time.advance(BOUND);
      naive.invalidate("k");
      naive.get("k");

      time.advance(LONG.multipliedBy(10));

      assertThat(found).isEmpty();
      assertThat(auditor.report().get().suspects()).isZero();
    }
  }

  @Test
  void writeDuringACheck_isNotSuspicious_andTheKeyIsLookedAtAgain() throws Exception {
    naive.get("k");
    duringCheck =
        () -> {
          duringCheck = null;
          source.put("k", "v1"); // and nobody invalidates
        };
    try (CacheAuditor<String, String> auditor = auditing()) {
      auditor.add("k");
      time.advance(LONG);
      assertThat(found).isEmpty();

      time.advance(LONG.multipliedBy(2));

      assertThat(found).hasSize(1);
    }
  }

  @Test
  void entryLoadedBetweenTheReads_isNotAFinding() throws Exception {
    // The source is B, A, B around each look, and the cache has just loaded the A.
    duringCheck =
        () -> {
          boolean first = reads % 2 == 1;
          source.put("k", first ? new String("A") : "B");
          naive.invalidate("k");
          if (first) {
            try {
              naive.get("k");
            } catch (Exception e) {
              throw new AssertionError(e);
            }
            source.put("k", "B");
          }
        };
    source.put("k", "B");
    try (CacheAuditor<String, String> auditor = auditing()) {
      auditor.add("k");
      time.advance(LONG.multipliedBy(20));

      assertThat(auditor.report().get().checks()).isGreaterThan(2);
      assertThat(found).isEmpty();
    }
  }

  @Test
  void entryStoredAnew_isAnotherOne() throws Exception {
    naive.get("k");
    try (CacheAuditor<String, String> auditor = auditing()) {
      source.put("k", "v1");
      auditor.add("k");
      time.advance(BOUND);
      source.put("k", new String("v0"));
      naive.invalidate("k");
      naive.get("k"); // the same value, just loaded
      source.put("k", "v2");

      time.advance(Duration.ofMillis(200));
      assertThat(found).isEmpty();
      time.advance(LONG);

      assertThat(found).singleElement().extracting(StaleEntry::source).isEqualTo("v2");
    }
  }

  @Test
  void absence_cachedOrInTheSource_isAValue() {
    Map<String, AuditedEntry<String>> entries = new HashMap<>();
    entries.put("gone", AuditedEntry.of("was"));
    entries.put("k", new AuditedEntry<>(null, "mark"));
    entries.put("never", new AuditedEntry<>(null, "mark"));
    try (CacheAuditor<String, String> auditor =
        auditor().instance("map", entries::get).keys(entries::keySet).start()) {
      time.advance(LONG.multipliedBy(2));

      assertThat(found).extracting(StaleEntry::key).containsExactlyInAnyOrder("gone", "k");
      assertThat(found).extracting(StaleEntry::source).containsExactlyInAnyOrder(null, "v0");
      assertThat(auditor.report().get().staleNow()).isEqualTo(2);
    }
  }

  @Test
  void checks_areLimitedBySecond_andTheQueueByNumber() {
    try (CacheAuditor<String, String> auditor =
        auditor().instance("naive", naive.audited()).queue(30).start()) {
      for (int key = 0; key < 40; key++) {
        assertThat(auditor.add("k" + key)).isEqualTo(key < 30);
        assertThat(auditor.add("k0")).isTrue(); // it waits already
      }

      time.advance(Duration.ofSeconds(2));

      assertThat(reads).isEqualTo(2 * 20);
      assertThat(auditor.report().get().checks()).isEqualTo(20);
      assertThat(auditor.report().get().skipped()).isEqualTo(10);
    }
  }

  @Test
  void slowSource_hasOneCheckAtATime() {
    ManualExecutor executor = new ManualExecutor();
    try (CacheAuditor<String, String> auditor =
        auditor().instance("naive", naive.audited()).executor(executor).start()) {
      auditor.add("k");
      auditor.add("l");
      time.advance(LONG);

      assertThat(executor.pending()).isEqualTo(1);
      executor.runAll();
      time.advance(LONG);
      assertThat(executor.pending()).isEqualTo(1);
      executor.refuse();
      executor.runAll();
      try (Failures failures = Failures.about("Auditor of [naive]")) {
        time.advance(Duration.ofMillis(100));
        assertThat(failures.list()).hasSize(1);
      }
      assertThat(auditor.report().get().checks()).isEqualTo(2);
    }
  }

  @Test
  void failure_ofTheSourceOrAListener_isReportedAndHarmsNothing() throws Exception {
    naive.get("k");
    source.put("k", "v1");
    List<StaleEntry<String, String>> told = new ArrayList<>();
    try (Failures failures = Failures.about("Auditor of [naive]");
        CacheAuditor<String, String> auditor =
            auditor()
                .instance("naive", naive.audited())
                .onStale(
                    stale -> {
                      told.add(stale);
                      throw new IllegalStateException("thrown on purpose");
                    })
                .start()) {
      auditor.add("k");
      time.advance(Duration.ofMillis(100));
      away = true;
      time.advance(LONG);
      assertThat(auditor.report().get().failed()).isEqualTo(1);
      away = false;
      time.advance(LONG.multipliedBy(3));

      assertThat(told).hasSize(1);
      assertThat(failures.list()).hasSize(2);
    }
  }

  @Test
  void close_endsIt() throws Exception {
    CacheAuditor<String, String> auditor = auditing();
    auditor.add("k");

    auditor.close();
    time.advance(LONG);

    assertThat(auditor.report().get().checks()).isZero();
    assertThat(time.pending()).isZero();
  }

  @Test
  void layeredCache_whoseSourceIsWrittenWithoutAWord_isFoundInMemoryAndLayer() {
    MemoryLayer layer = MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time));
    MemoryBackplane backplane = MemoryBackplane.of();
    try (LayeredCache<String, String> cache =
            LayeredCache.named("words")
                .layer(layer, Codec.text())
                .backplane(backplane)
                .policy(Policy.ttl(Duration.ofHours(1)))
                .timekeeper(time)
                .build(source::get);
        LayerSession session =
            layer.open("words", Codec.text().schema()).toCompletableFuture().join();
        CacheAuditor<String, String> auditor =
            auditor()
                .instance("memory", cache)
                .instance("layer", Audited.layer(session, Codec.text(), key -> key))
                .start()) {
      cache.get("k");
      source.put("k", "v1");
      auditor.add("k");
      time.advance(LONG.multipliedBy(2));
      assertThat(found).extracting(StaleEntry::instance).containsExactly("memory", "layer");

      cache.invalidate("k");
      cache.get("k");
      time.advance(LONG.multipliedBy(10));
      assertThat(auditor.report().get().staleNow()).isZero();

      var listening = auditor.listen(backplane, "words", text -> text);
      long before = auditor.report().get().checks();
      cache.invalidate("l");
      cache.clear();
      time.advance(LONG);
      assertThat(auditor.report().get().checks()).isEqualTo(before + 1);
      listening.close();
    }
  }

  @Test
  void settings_thatCannotBe_areRefused() {
    assertThatThrownBy(() -> auditor().start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("instance(...)");
    assertThatThrownBy(
            () -> auditor().instance("a", naive.audited()).instance("a", naive.audited()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'");
    assertThatThrownBy(() -> auditor().bound(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> auditor().checksPerSecond(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> auditor().queue(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
