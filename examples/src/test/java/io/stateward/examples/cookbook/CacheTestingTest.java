package io.stateward.examples.cookbook;

import static io.stateward.testkit.cache.BackplaneOperation.HEAR;
import static io.stateward.testkit.cache.LayerOperation.INVALIDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.MemoryBackplane;
import io.stateward.cache.MemoryLayer;
import io.stateward.cache.MemoryLayerOptions;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.codec.Codec;
import io.stateward.testkit.cache.CacheAuditor;
import io.stateward.testkit.cache.Chances;
import io.stateward.testkit.cache.FaultyBackplane;
import io.stateward.testkit.cache.FaultyLayer;
import io.stateward.testkit.cache.StaleEntry;
import io.stateward.testkit.net.FaultProxy;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

final class CacheTestingTest {

  private static final Policy POLICY = Policy.ttl(Duration.ofHours(1));

  private final Map<Long, String> db = new ConcurrentHashMap<>(Map.of(7L, "Ada"));
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final MemoryLayer layer = MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time));
  private final MemoryBackplane backplane = MemoryBackplane.of();

  // tag: instances
  private final FaultyLayer itsLayer = FaultyLayer.over(layer, time);
  private final FaultyBackplane itsMessages = FaultyBackplane.over(backplane, time);
  private final LayeredCache<Long, String> faulty =
      LayeredCache.named("names")
          .layer(itsLayer, Codec.text())
          .backplane(itsMessages)
          .policy(POLICY)
          .timekeeper(time)
          .build(db::get);
  private final LayeredCache<Long, String> other =
      LayeredCache.named("names")
          .layer(layer, Codec.text())
          .backplane(backplane)
          .policy(POLICY)
          .timekeeper(time)
          .build(db::get);

  // end

  // tag: lost
  @Test
  void lastMessage_lost_isNoticedWithTheHeartbeat() {
    faulty.get(7L);
    itsMessages.next(HEAR).drop();

    db.put(7L, "Ada King");
    other.invalidate(7L);

    assertThat(faulty.get(7L).value()).isEqualTo("Ada"); // it has heard nothing
    time.advance(POLICY.heartbeat());
    assertThat(faulty.get(7L).value()).isEqualTo("Ada King");
  }

  // end

  // tag: answer
  @Test
  void answerToAnInvalidation_lost_isToldToTheWriter() {
    other.get(7L);
    db.put(7L, "Ada King");
    itsLayer.next(INVALIDATE).dropAnswer(); // it is done all the same

    assertThatThrownBy(() -> faulty.invalidate(7L)).isInstanceOf(LayerUnavailableException.class);

    time.advance(POLICY.heartbeat());
    assertThat(other.get(7L).value()).isEqualTo("Ada King");
  }

  // end

  // tag: cut
  @Test
  void layer_awayForAMinute_isUsedAgainByItself() {
    itsLayer.disconnect();
    assertThat(faulty.get(7L).source()).isEqualTo(Result.Source.OFFLINE);
    time.advance(Duration.ofMinutes(1));

    itsLayer.reconnect();

    assertThat(faulty.get(7L).source()).isEqualTo(Result.Source.LOADER);
  }

  // end

  // tag: audit
  @Test
  void audit_ofManyWritesOverABadNetwork_findsNothing() {
    itsMessages.randomly(42, Chances.none().drop(0.3).delay(0.3, Duration.ofSeconds(1)));
    List<StaleEntry<Long, String>> stale = new ArrayList<>();
    try (CacheAuditor<Long, String> auditor =
        CacheAuditor.of((Long id) -> db.get(id))
            .instance("faulty", faulty)
            .instance("other", other)
            .bound(POLICY.bound())
            .onStale(stale::add)
            .executor(Runnable::run)
            .timekeeper(time)
            .start()) {
      for (int version = 1; version <= 100; version++) {
        faulty.get(7L);
        db.put(7L, "Ada " + version);
        other.invalidate(7L);
        auditor.add(7L);
        time.advance(Duration.ofMillis(200));
      }

      assertThat(stale).isEmpty();
      assertThat(auditor.report().get().checks()).isGreaterThan(20);
    }
  }

  // end

  // tag: naive
  @Test
  void audit_ofASourceThatIsWrittenWithoutAWord_findsTheEntry() {
    List<StaleEntry<Long, String>> stale = new ArrayList<>();
    try (CacheAuditor<Long, String> auditor =
        CacheAuditor.of((Long id) -> db.get(id))
            .instance("other", other)
            .bound(POLICY.bound())
            .keys(() -> List.of(7L)) // those that were read or written lately
            .onStale(stale::add)
            .executor(Runnable::run)
            .timekeeper(time)
            .start()) {
      other.get(7L);
      db.put(7L, "Ada King"); // by a job that nobody thought of

      time.advance(POLICY.bound().multipliedBy(2));

      assertThat(auditor.report().get().staleNow()).isEqualTo(1);
      assertThat(stale).singleElement().extracting(StaleEntry::cached).isEqualTo("Ada");
    }
  }

  // end

  // tag: proxy
  @Test
  void answer_brokenOffInTheMiddle_isAnErrorOfTheConnection() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FaultProxy proxy = FaultProxy.to("localhost", server.getLocalPort());
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        Socket served = server.accept()) {
      proxy.toClient().resetAfter(3);

      served.getOutputStream().write(new byte[] {1, 2, 3, 4, 5});

      assertThatThrownBy(() -> client.getInputStream().readNBytes(5))
          .isInstanceOf(SocketException.class);
    }
  }
  // end
}
