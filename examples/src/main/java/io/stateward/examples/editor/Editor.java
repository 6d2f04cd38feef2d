package io.stateward.examples.editor;

import io.stateward.examples.Application;
import io.stateward.examples.CannotStartException;
import io.stateward.examples.Reply;
import io.stateward.examples.SourceExcerpt;
import io.stateward.persist.StorageException;
import io.stateward.sync.client.BrowserModule;
import io.stateward.sync.hub.DocumentStorage;
import io.stateward.sync.hub.HubTimes;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.text.TextType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A text that several windows, and terminals, edit at once.
 *
 * <pre>{@code
 * try (Running editor = new Editor().serve(8099, folder)) {
 *   System.out.println(editor.place());
 * }
 * }</pre>
 *
 * <p>With the option {@code --join PORT} it is the terminal: it edits the text of an editor that
 * runs on this machine, line by line.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class Editor implements Application {

  private static final String JOIN = "--join";
  private static final String[] SCRIPTS = {
    "binding.js", "cursors.js", "editor.js", "faults.js", "history.js", "people.js"
  };

  // Short, so that a connection that has gone silent shows within seconds.
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  private final Duration heartbeat;

  /** Creates the application; nothing runs before it is started. */
  public Editor() {
    this(HEARTBEAT);
  }

  Editor(Duration heartbeat) {
    this.heartbeat = heartbeat;
  }

  @Override
  public String name() {
    return "editor";
  }

  @Override
  public String summary() {
    return "a shared text: offline edits, merges, presence, and a network to break";
  }

  @Override
  public Map<String, String> options() {
    return Map.of(JOIN, "be a terminal of the editor on this port");
  }

  @Override
  public Application with(String option, String value) {
    if (!option.equals(JOIN)) {
      return Application.super.with(option, value);
    }
    if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
      throw new IllegalArgumentException(
          "After --join there is the port of an editor that runs, not '%s'.".formatted(value));
    }
    return new JoinedEditor(Integer.parseInt(value));
  }

  @Override
  public Running serve(int port, Path data) throws IOException {
    ExecutorService executor = Executors.newCachedThreadPool(Editor::daemon);
    SyncHub hub = null;
    try {
      hub = hub(data, executor);
      EditorServer server = EditorServer.start(port, files()::get, hub::accept);
      return running(server, hub, executor);
    } catch (IOException | RuntimeException e) {
      if (hub != null) {
        hub.close();
      }
      executor.shutdown();
      throw e;
    }
  }

  // excerpt: hub
  private SyncHub hub(Path data, ExecutorService executor) {
    try {
      return SyncHub.named("editor")
          .types(TextType.upTo(200_000))
          .storage(DocumentStorage.files(data))
          .authorizer(new EditorRights())
          .times(HubTimes.standard().withHeartbeat(heartbeat))
          .executor(executor)
          .open();
    } catch (StorageException e) {
      throw new CannotStartException(
          "The text cannot be kept in %s. Choose another folder with --data.".formatted(data), e);
    }
  }

  // end of excerpt

  private static Map<String, Reply> files() {
    Map<String, Reply> files = new HashMap<>();
    files.put("/", Reply.resource("/web/editor/index.html"));
    for (String script : SCRIPTS) {
      files.put("/editor/" + script, Reply.resource("/web/editor/" + script));
    }
    // tag: module
    files.put(
        "/" + BrowserModule.FILE_NAME,
        new Reply(200, BrowserModule.MEDIA_TYPE, BrowserModule.content()));
    // end
    files.put("/editor/source", Reply.resource("/web/editor/binding.js"));
    files.put("/editor/source/hub", Reply.text(SourceExcerpt.of(Editor.class, "hub")));
    files.put("/editor/source/rights", Reply.text(SourceExcerpt.of(EditorRights.class, "rights")));
    return Map.copyOf(files);
  }

  private static Running running(EditorServer server, SyncHub hub, ExecutorService executor) {
    return new Running() {
      @Override
      public String place() {
        return server.address().toString();
      }

      @Override
      public void close() {
        hub.close();
        server.close();
        executor.shutdown();
      }
    };
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "editor-hub");
    thread.setDaemon(true);
    return thread;
  }
}
