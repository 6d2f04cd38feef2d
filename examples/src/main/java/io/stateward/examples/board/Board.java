package io.stateward.examples.board;

import io.stateward.examples.Reply;
import io.stateward.examples.RoutedApplication;
import io.stateward.examples.Routes;
import io.stateward.examples.SourceExcerpt;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A live board of this machine's processes, which a person filters, sorts and pins in the browser.
 *
 * <pre>{@code
 * Routes routes = new Routes();
 * Subscription running = new Board().start(routes, folder);
 * LocalServer server = LocalServer.start(8080, routes);
 * }</pre>
 *
 * <p>It is started once.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class Board implements RoutedApplication {

  private static final String[] SCRIPTS = {"board.js", "preferences.js", "search.js"};

  private final ProcessSource source;
  private final Timekeeper timekeeper;
  private final Executor worker;

  /** Creates the board of this machine; nothing runs before it is started. */
  public Board() {
    this(new SystemProcesses(), Timekeeper.system(), workerThread());
  }

  Board(ProcessSource source, Timekeeper timekeeper, Executor worker) {
    this.source = source;
    this.timekeeper = timekeeper;
    this.worker = worker;
  }

  @Override
  public String name() {
    return "board";
  }

  @Override
  public String summary() {
    return "a live board of this machine's processes";
  }

  @Override
  public Subscription start(Routes routes, Path data) {
    Store<Desk> desk = Store.of(CommitProbe.DESK, Desk.INITIAL);
    Keeping keeping = new Keeping(desk, data, timekeeper, worker);
    keeping.awaitHydrated();
    Viewers viewers = new Viewers(new CommitProbe(), desk, keeping, timekeeper, worker);
    for (String script : SCRIPTS) {
      routes.get("/board/" + script, Reply.resource("/web/board/" + script));
    }
    routes
        .get("/", Reply.resource("/web/board/index.html"))
        .get("/board/source", Reply.text(SourceExcerpt.of(Viewer.class, "patches")))
        .get("/board/source/undo", Reply.text(SourceExcerpt.of(Viewer.class, "undo")))
        .get("/board/source/search", Reply.text(SourceExcerpt.of(SearchBox.class, "search")))
        .get(
            "/board/source/preferences", Reply.text(SourceExcerpt.of(Keeping.class, "preferences")))
        .stream("/board/stream", (query, stream) -> viewers.connect(View.of(query), stream));
    new Requests(viewers).addTo(routes);
    Refresher refresher =
        new Refresher(viewers.machine(), source, timekeeper, worker, viewers::publishFigures);
    Subscription refreshing = refresher.start();
    return () -> {
      refreshing.close();
      keeping.close();
      if (worker instanceof ExecutorService service) {
        service.shutdown();
      }
      viewers.close();
    };
  }

  /** One thread; a refresh that falls due while the board stops is left out. */
  private static ExecutorService workerThread() {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        Board::daemon,
        new ThreadPoolExecutor.DiscardPolicy());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "board-worker");
    thread.setDaemon(true);
    return thread;
  }
}
