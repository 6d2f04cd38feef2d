package io.stateward.examples.cards;

import io.stateward.examples.EventStream;
import io.stateward.examples.Fields;
import io.stateward.examples.Json;
import io.stateward.examples.Refusal;
import io.stateward.signal.Subscription;
import io.stateward.time.Timekeeper;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The desks of all windows, by their sessions. A desk stays a while when its page has gone, since
 * the page may come back.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class Windows {

  static final Duration STAY = Duration.ofMinutes(2);
  private static final int MOST = 32;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Seat> bySession = new ConcurrentHashMap<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final CardServer server;
  private final Timekeeper timekeeper;

  /** A desk, and how many pages show it: more than one while a page that left is not missed yet. */
  private static final class Seat {
    final Desk desk;
    int pages; // guarded by the map's compute

    Seat(Desk desk) {
      this.desk = desk;
    }
  }

  Windows(CardServer server, Timekeeper timekeeper) {
    this.server = server;
    this.timekeeper = timekeeper;
  }

  /** Connects a page, to the desk that it had before if that is still there. */
  Runnable connect(Fields query, EventStream stream) {
    String known = query.has("session") ? query.text("session", 32) : "";
    query.nothingElse();
    String session = bySession.containsKey(known) ? known : newSession();
    Seat seat = bySession.compute(session, (id, before) -> taken(before));
    String hello =
        Json.object().put("session", session).put("window", seat.desk.window()).toString();
    stream.execute(() -> stream.send("hello", hello));
    Subscription shown = new Page(seat.desk, stream).show(server);
    return () -> {
      shown.close();
      bySession.computeIfPresent(session, (id, left) -> left(id, left));
    };
  }

  /** Takes a seat. Runs within the map's compute, so that nobody leaves it meanwhile. */
  private Seat taken(@Nullable Seat before) {
    if (before == null && bySession.size() >= MOST) {
      throw new Refusal(503, "%d windows are open already. Close one of them.".formatted(MOST));
    }
    Seat seat =
        before == null
            ? new Seat(new Desk(name(opened.getAndIncrement()), server, timekeeper))
            : before;
    seat.pages++;
    return seat;
  }

  private Seat left(String session, Seat seat) {
    seat.pages--;
    timekeeper.schedule(
        STAY, () -> bySession.computeIfPresent(session, (id, now) -> forgotten(now)));
    return seat;
  }

  private static @Nullable Seat forgotten(Seat seat) {
    if (seat.pages > 0) {
      return seat;
    }
    seat.desk.close();
    return null;
  }

  /** A to Z, then A2 and so on. */
  private static String name(int number) {
    String letter = Character.toString('A' + number % 26);
    return number < 26 ? letter : letter + (number / 26 + 1);
  }

  /** Returns the desk of the page that a request comes from. */
  Desk desk(Fields fields) {
    Seat seat = bySession.get(fields.text("session", 32));
    if (seat == null) {
      throw new Refusal(404, "This page is not connected. It connects again by itself.");
    }
    return seat.desk;
  }

  void close() {
    bySession.values().forEach(seat -> seat.desk.close());
  }

  /** A page's secret: whoever may act for the page has read it from the page's own stream. */
  private String newSession() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
