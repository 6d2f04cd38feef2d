package io.stateward.examples.cards;

import io.stateward.examples.Reply;
import io.stateward.examples.RoutedApplication;
import io.stateward.examples.Routes;
import io.stateward.examples.SourceExcerpt;
import io.stateward.signal.Subscription;
import io.stateward.time.Timekeeper;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * A board of cards that several windows change at once, against one slow and contrary server.
 *
 * <pre>{@code
 * Routes routes = new Routes();
 * Subscription running = new CardBoard().start(routes, folder);
 * LocalServer server = LocalServer.start(8080, routes);
 * }</pre>
 *
 * <p>It is started once, and keeps nothing in the folder.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class CardBoard implements RoutedApplication {

  private static final String[] SCRIPTS = {
    "cards.js", "editor.js", "lanes.js", "library.js", "question.js", "server.js"
  };

  private final Timekeeper timekeeper;
  private final Executor executor;
  private final IntSupplier dice;

  /** Creates a board with a server of its own; nothing runs before it is started. */
  public CardBoard() {
    this(Timekeeper.system(), serverThread(), () -> ThreadLocalRandom.current().nextInt(100));
  }

  CardBoard(Timekeeper timekeeper, Executor executor, IntSupplier dice) {
    this.timekeeper = timekeeper;
    this.executor = executor;
    this.dice = dice;
  }

  @Override
  public String name() {
    return "cards";
  }

  @Override
  public String summary() {
    return "a shared card board: optimistic changes, rollback, merges, conflicts";
  }

  @Override
  public Subscription start(Routes routes, Path data) {
    CardServer server = new CardServer(timekeeper, executor, dice);
    Windows windows = new Windows(server, timekeeper);
    for (String script : SCRIPTS) {
      routes.get("/cards/" + script, Reply.resource("/web/cards/" + script));
    }
    routes
        .get("/", Reply.resource("/web/cards/index.html"))
        .get("/cards/source", Reply.text(SourceExcerpt.of(Desk.class, "mutate")))
        .get("/cards/source/ask", Reply.text(SourceExcerpt.of(Questions.class, "ask")))
        .get("/cards/source/naive", Reply.text(SourceExcerpt.of(SnapshotRollback.class, "naive")))
        .stream("/cards/stream", windows::connect);
    new Requests(windows, server).addTo(routes);
    return () -> {
      windows.close();
      server.close();
      if (executor instanceof ExecutorService service) {
        service.shutdown();
      }
    };
  }

  /** One thread; what the server would say after it has stopped is left out. */
  private static ExecutorService serverThread() {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        CardBoard::daemon,
        new ThreadPoolExecutor.DiscardPolicy());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "card-server");
    thread.setDaemon(true);
    return thread;
  }
}
