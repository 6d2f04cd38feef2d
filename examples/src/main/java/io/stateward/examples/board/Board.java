package io.stateward.examples.board;

import io.stateward.examples.Application;
import io.stateward.examples.Fields;
import io.stateward.examples.Refusal;
import io.stateward.examples.Reply;
import io.stateward.examples.Routes;
import io.stateward.examples.SourceExcerpt;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
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
 * Subscription running = new Board().start(routes);
 * LocalServer server = LocalServer.start(8080, routes);
 * }</pre>
 *
 * <p>It is started once.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class Board implements Application {

  private final ProcessSource source;
  private final Timekeeper timekeeper;
  private final Executor reader;

  /** Creates the board of this machine; nothing runs before it is started. */
  public Board() {
    this(new SystemProcesses(), Timekeeper.system(), readerThread());
  }

  Board(ProcessSource source, Timekeeper timekeeper, Executor reader) {
    this.source = source;
    this.timekeeper = timekeeper;
    this.reader = reader;
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
  public Subscription start(Routes routes) {
    Viewers viewers = new Viewers(new CommitProbe());
    routes
        .get("/", Reply.resource("/web/board/index.html"))
        .get("/board/board.js", Reply.resource("/web/board/board.js"))
        .get("/board/source", Reply.text(SourceExcerpt.of(Viewer.class, "patches")))
        .stream("/board/stream", (query, stream) -> viewers.connect(View.of(query), stream))
        .post("/board/filter", fields -> filter(viewers, fields))
        .post("/board/sort", fields -> sort(viewers, fields))
        .post("/board/pin", fields -> pin(viewers, fields))
        .post("/board/unpin", fields -> unpin(viewers, fields))
        .post("/board/slow", fields -> slow(viewers, fields));
    Refresher refresher =
        new Refresher(viewers.machine(), source, timekeeper, reader, viewers::publishFigures);
    Subscription refreshing = refresher.start();
    return () -> {
      refreshing.close();
      if (reader instanceof ExecutorService service) {
        service.shutdown();
      }
      viewers.close();
    };
  }

  private static void filter(Viewers viewers, Fields fields) {
    Store<View> view = viewers.viewer(fields).view();
    String text = fields.text("filter", View.LONGEST_FILTER);
    fields.nothingElse();
    view.update(before -> before.withFilter(text));
  }

  private static void sort(Viewers viewers, Fields fields) {
    Store<View> view = viewers.viewer(fields).view();
    Column column = Column.labelled(fields.text("column", 20));
    boolean descending = fields.flag("descending");
    fields.nothingElse();
    view.update(before -> before.sortedBy(column, descending));
  }

  private static void pin(Viewers viewers, Fields fields) {
    Store<View> view = viewers.viewer(fields).view();
    long pid = fields.positive("pid");
    fields.nothingElse();
    var processes = viewers.machine().get().processes();
    if (!processes.contains(pid)) {
      throw new Refusal(404, "Process %d has ended, so it cannot be pinned.".formatted(pid));
    }
    view.update(before -> before.withPin(pid, processes::contains));
  }

  private static void unpin(Viewers viewers, Fields fields) {
    Store<View> view = viewers.viewer(fields).view();
    long pid = fields.positive("pid");
    fields.nothingElse();
    view.update(before -> before.withoutPin(pid));
  }

  private static void slow(Viewers viewers, Fields fields) {
    Viewer viewer = viewers.viewer(fields);
    boolean slow = fields.flag("slow");
    fields.nothingElse();
    viewer.slowDown(slow);
  }

  /** One thread; a refresh that falls due while the board stops is left out. */
  private static ExecutorService readerThread() {
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
    Thread thread = new Thread(work, "board-reader");
    thread.setDaemon(true);
    return thread;
  }
}
