package io.stateward.examples.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.examples.Refusal;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the two ways do with the same input, over a layer in memory, in time of the test's own. */
final class LabTest {

  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final Duration BOUND = Duration.ofSeconds(3);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Tier tier = new MemoryTier(time, "a test");
  private final Lab lab = new Lab(tier, time, executor);

  @AfterEach
  void end() {
    lab.close();
    tier.close();
    executor.shutdownNow();
  }

  private static Seen last(Half half) {
    List<Seen> latest = half.reads.tally().get().latest();
    return latest.get(latest.size() - 1);
  }

  private void read(String node) {
    lab.read(node, "tea").join();
  }

  private void write(String node, String value, WriteMode mode) {
    lab.write(node, "tea", value, mode).join();
  }

  private void warm() {
    read("A");
    read("B");
  }

  private void expect(String cached, String naive) {
    assertThat(last(lab.cached).verdict()).isEqualTo(cached);
    assertThat(last(lab.naive).verdict()).isEqualTo(naive);
  }

  private List<String> lines(Half half) {
    return half.timeline.lines().get().stream().map(Line::text).toList();
  }

  @Test
  void staleFill_isRefusedHere_andStaysThere() {
    lab.hold();
    CompletableFuture<Void> slow = lab.read("B", "tea");
    Patience.until("two held loads", () -> lab.held() == 2);
    write("A", "2.60", WriteMode.AFTER);
    lab.release();
    slow.join();
    expect("overtaken", "overtaken");

    read("A");
    expect("right", "stale");
    read("B");
    expect("right", "stale");
    time.advance(Duration.ofMinutes(30));
    read("B");
    expect("right", "stale");
    assertThat(lab.figures("B").rejectedFills()).isEqualTo(1);
    assertThat(lines(lab.cached)).contains("may not store tea: its lease is gone");
  }

  @ParameterizedTest
  @EnumSource
  void staleFill_afterAFlush_isRefusedHereToo(WriteMode mode) {
    lab.hold();
    CompletableFuture<Void> slow = lab.read("B", "tea");
    Patience.until("two held loads", () -> lab.held() == 2);
    lab.flush();
    write("A", "2.60", mode);
    lab.release();
    slow.join();

    read("B");

    expect("right", "stale");
  }

  @Test
  void lostMessage_isFoundWithTheNextHeartbeat() {
    warm();
    lab.dial(dials -> dials.withDropped(true));
    write("A", "2.60", WriteMode.AFTER);
    read("B");
    expect("late", "stale");

    time.advance(HEARTBEAT);
    read("B");

    expect("right", "stale");
    assertThat(lab.figures("B").repairs()).isEqualTo(1);
    assertThat(lines(lab.cached)).contains("finds in the log what it missed: drop tea");
  }

  @Test
  void message_thatArrives_isHeardBySomebodyElse() {
    warm();

    write("A", "2.60", WriteMode.AFTER);
    read("B");

    expect("right", "right");
    assertThat(lines(lab.cached)).contains("says: drop tea", "hears: drop tea");
  }

  @Test
  void ownWrite_withItsStamp_isRead_whateverIsLost() {
    warm();
    lab.dial(dials -> dials.withDropped(true));
    write("A", "2.60", WriteMode.AFTER);

    lab.readOwn("B", "tea").join();

    expect("right", "stale");
    assertThat(last(lab.cached).asked()).isNotEmpty();
    assertThat(last(lab.naive).asked()).isEmpty();
  }

  @Test
  void ownWrite_thatThereWasNone_isRefused() {
    assertThatThrownBy(() -> lab.readOwn("B", "tea"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Write tea first");
  }

  @Test
  void killed_memoryIsServedWithinTheBound_andReadsGoToTheSource() {
    warm();
    lab.kill();
    write("A", "2.60", WriteMode.AFTER);
    assertThat(lab.said().get().text()).contains("does not answer. The source may be written");

    time.advance(BOUND.plusMillis(1));
    read("B");
    expect("right", "stale");
    assertThat(last(lab.cached).found().source()).isEqualTo("offline");

    lab.start();
    time.advance(HEARTBEAT);
    read("A");
    read("B");
    expect("right", "stale");
    assertThat(last(lab.cached).found().source()).isIn("layer", "loader");
  }

  @ParameterizedTest
  @EnumSource(names = {"INTENT", "THROUGH"})
  void killed_writeThatIsAnnounced_isNotDone(WriteMode mode) {
    lab.kill();

    write("A", "2.60", mode);

    assertThat(lab.said().get().text()).contains("so nothing was written");
    assertThat(lab.cached.database.now("tea")).isEqualTo("2.40");
    assertThat(lab.naive.database.now("tea")).isEqualTo("2.60");
  }

  @Test
  void through_isInMemoryAtOnce_andElsewhereInTheLayer() {
    write("A", "2.60", WriteMode.THROUGH);

    read("A");
    assertThat(last(lab.cached).found().source()).isEqualTo("memory");
    read("B");
    assertThat(last(lab.cached).found().source()).isEqualTo("layer");
    expect("right", "right");
  }

  @Test
  void failing_whatHasOutlivedItsTime_isServedAndSaysSo() {
    lab.dial(dials -> dials.withFresh(Dials.SHORT));
    read("A");
    time.advance(Dials.SHORT.plusMillis(1));
    lab.dial(dials -> dials.withFailing(true));

    read("A");

    expect("right", "failed");
    assertThat(last(lab.cached).found().source()).isEqualTo("stale");
    assertThat(last(lab.cached).found().reason()).isEqualTo("loader failed");
    assertThat(last(lab.naive).found().failure()).isEqualTo("The database does not answer.");
  }

  @Test
  void tag_takesWhatHasItAlone() {
    lab.read("A", "tea").join();
    lab.read("A", "juice").join();

    lab.invalidateTag("B", "hot").join();

    for (Half half : lab.halves()) {
      assertThat(half.node("A").memory()).extracting(Cell::key).containsExactly("juice");
    }
  }

  @Test
  void startOver_mendsEverything() {
    warm();
    lab.dial(dials -> dials.withDropped(true).withFailing(true));
    write("A", "2.60", WriteMode.AFTER);
    lab.kill();

    lab.startOver();

    assertThat(tier.isRunning()).isTrue();
    assertThat(lab.dials().get()).isEqualTo(Dials.INITIAL);
    time.advance(HEARTBEAT);
    read("B");
    expect("right", "right");
    assertThat(last(lab.naive).found().value()).isEqualTo("2.40");
  }
}
