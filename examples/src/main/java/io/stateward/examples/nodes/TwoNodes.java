package io.stateward.examples.nodes;

import io.stateward.examples.Application;
import io.stateward.examples.Reply;
import io.stateward.examples.RoutedApplication;
import io.stateward.examples.Routes;
import io.stateward.examples.SourceExcerpt;
import io.stateward.redis.Redis;
import io.stateward.signal.Subscription;
import io.stateward.time.Timekeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Two instances of one cache, what they share, and the usual cache-aside beside them.
 *
 * <pre>{@code
 * Routes routes = new Routes();
 * Subscription running = new TwoNodes().start(routes, folder);
 * LocalServer server = LocalServer.start(8080, routes);
 * }</pre>
 *
 * <p>It is started once, and keeps nothing in the folder.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class TwoNodes implements RoutedApplication {

  private static final String REDIS = "--redis";
  private static final Duration PAUSE = Duration.ofMillis(1200);
  private static final String[] SCRIPTS = {"nodes.js", "places.js"};

  private final Supplier<Tier> tier;
  private final Timekeeper timekeeper;
  private final Duration pause;

  /** Creates it, with a Redis of its own if one runs here; nothing runs before it is started. */
  public TwoNodes() {
    this(TwoNodes::own, Timekeeper.system(), PAUSE);
  }

  TwoNodes(Supplier<Tier> tier, Timekeeper timekeeper, Duration pause) {
    this.tier = tier;
    this.timekeeper = timekeeper;
    this.pause = pause;
  }

  private static Tier own() {
    return EmbeddedRedis.tryStart()
        .map(RedisTier::of)
        .orElseGet(
            () ->
                new MemoryTier(
                    Timekeeper.system(),
                    "No Redis runs here, so the nodes share a layer within this process. --redis URI takes one of yours."));
  }

  @Override
  public Map<String, String> options() {
    return Map.of(REDIS, "a Redis of yours, as redis://host:6379; without it one of its own");
  }

  @Override
  public Application with(String option, String value) {
    if (!option.equals(REDIS)) {
      return RoutedApplication.super.with(option, value);
    }
    if (value.isBlank() || value.startsWith("--")) {
      throw new IllegalArgumentException(
          "After --redis there is an address, for example redis://localhost:6379.");
    }
    Redis.connect(value).close(); // refuses what is no address
    return new TwoNodes(() -> RedisTier.at(value), timekeeper, pause);
  }

  @Override
  public String name() {
    return "nodes";
  }

  @Override
  public String summary() {
    return "two nodes, one cache: what keeps an old value, and what does not";
  }

  @Override
  public Subscription start(Routes routes, Path data) {
    Tier shared = tier.get();
    ExecutorService executor = threads();
    Lab lab = new Lab(shared, timekeeper, executor);
    Plays plays = new Plays(lab, executor, pause);
    Look look = new Look(lab, timekeeper, executor);
    if (!shared.isOurs()) {
      lab.startOver(); // what another run has left there is of another source
    }
    for (String script : SCRIPTS) {
      routes.get("/nodes/" + script, Reply.resource("/web/nodes/" + script));
    }
    routes
        .get("/", Reply.resource("/web/nodes/index.html"))
        .get("/nodes/source", Reply.text(SourceExcerpt.of(CachedNode.class, "node")))
        .get("/nodes/source/write", Reply.text(SourceExcerpt.of(CachedNode.class, "write")))
        .get("/nodes/source/naive", Reply.text(SourceExcerpt.of(NaiveNode.class, "load")))
        .stream("/nodes/stream", new Page(lab, plays, look)::connect);
    new Requests(lab, plays, look).addTo(routes);
    return () -> {
      plays.close();
      look.close();
      lab.close();
      executor.shutdownNow();
      shared.close();
    };
  }

  private static ExecutorService threads() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newCachedThreadPool(
        work -> {
          Thread thread = new Thread(work, "nodes-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
