package io.stateward.examples.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stateward.examples.CannotStartException;
import io.stateward.examples.Refusal;
import io.stateward.time.Timekeeper;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same over a real Redis, in real time; left out where no Redis runs. */
final class LabOverRedisTest {

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private EmbeddedRedis server;
  private Tier tier;
  private Lab lab;

  @BeforeEach
  void start() {
    Optional<EmbeddedRedis> started = EmbeddedRedis.tryStart();
    assumeTrue(started.isPresent(), "No Redis runs here, neither the packed one nor redis-server.");
    server = started.get();
    tier = RedisTier.of(server);
    lab = new Lab(tier, Timekeeper.system(), executor);
  }

  @AfterEach
  void end() {
    if (lab != null) {
      lab.close();
      tier.close();
      assertThat(server.isAlive()).isFalse();
    }
    executor.shutdownNow();
  }

  private static Seen last(Half half) {
    List<Seen> latest = half.reads.tally().get().latest();
    return latest.get(latest.size() - 1);
  }

  private void read(String node) {
    lab.read(node, "tea").join();
  }

  private void write(String value) {
    lab.write("A", "tea", value, WriteMode.AFTER).join();
  }

  private void expect(String cached, String naive) {
    assertThat(last(lab.cached).verdict()).isEqualTo(cached);
    assertThat(last(lab.naive).verdict()).isEqualTo(naive);
  }

  /** Reads on B until the layered cache is right, which must be so within seconds. */
  private void readUntilRight() {
    Patience.until(
        "a right read",
        () -> {
          read("B");
          return last(lab.cached).verdict().equals("right");
        });
  }

  @Test
  void staleFill_isRefusedHere_andStaysThere() {
    lab.hold();
    CompletableFuture<Void> slow = lab.read("B", "tea");
    Patience.until("two held loads", () -> lab.held() == 2);
    write("2.60");
    lab.release();
    slow.join();

    read("A");
    expect("right", "stale");
    read("B");
    expect("right", "stale");
  }

  @Test
  void lostMessage_isRepairedWithinTheBound() {
    read("B");
    lab.dial(dials -> dials.withDropped(true));
    long wrote = System.nanoTime();
    write("2.60");

    readUntilRight();

    assertThat(System.nanoTime() - wrote).isLessThan(lab.figures("B").bound().toNanos());
    expect("right", "stale");
  }

  @Test
  void flushed_isNoticed_andNothingOldComesBack() {
    lab.hold();
    CompletableFuture<Void> slow = lab.read("B", "tea");
    Patience.until("two held loads", () -> lab.held() == 2);
    lab.flush();
    write("2.60");
    lab.release();
    slow.join();

    readUntilRight();

    expect("right", "stale");
  }

  @Test
  void killed_readsGoToTheSource_andAfterwardsItIsUsedAgain() {
    read("A");
    read("B");
    lab.kill();
    assertThat(tier.isRunning()).isFalse();
    write("2.60");

    readUntilRight();
    assertThat(last(lab.cached).found().source()).isEqualTo("offline");
    expect("right", "stale");

    lab.start();
    Patience.until(
        "a read that comes from Redis or is stored there",
        () -> {
          read("B");
          return List.of("layer", "loader").contains(last(lab.cached).found().source());
        });
    expect("right", "stale");
  }

  @Test
  void at_somebodysOwn_isLeftAlone() {
    Tier theirs = RedisTier.at("redis://127.0.0.1:" + server.port());
    try {
      assertThat(theirs.isOurs()).isFalse();
      Lab other = new Lab(theirs, Timekeeper.system(), executor);
      Assertions.assertThatThrownBy(other::flush)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("This Redis is yours");
      Assertions.assertThatThrownBy(other::kill).isInstanceOf(Refusal.class);
      other.close();
    } finally {
      theirs.close();
    }
    assertThat(server.isAlive()).isTrue();
  }

  @Test
  void at_nobodyThere_saysSoWithoutThePassword() {
    lab.kill();

    Assertions.assertThatThrownBy(
            () -> RedisTier.at("redis://somebody:secret@127.0.0.1:" + server.port()))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("127.0.0.1:" + server.port())
        .hasMessageNotContaining("secret");
  }
}
