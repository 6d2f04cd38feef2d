package io.stateward.jakarta.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.transport.WebSocketTransport;
import io.stateward.testkit.net.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes and sockets: clients write while their server is killed and started again on the
 * same folder, round after round.
 *
 * <p>{@code -Dstateward.kill.rounds=500} makes a soak of it; a few rounds run by default.
 */
final class KilledServerTest {

  private static final int ROUNDS = Integer.getInteger("stateward.kill.rounds", 3);
  private static final int WORDS_PER_ROUND = 40;
  private static final long PATIENCE_SECONDS = 30;

  @TempDir Path folder;

  private final List<Child> children = new ArrayList<>();
  private FaultProxy proxy;

  @AfterEach
  void stop() throws InterruptedException {
    for (Child child : children) {
      child.close();
    }
    if (proxy != null) {
      proxy.close();
    }
  }

  /** Starts a server on the folder, and leads the address of all clients to it. */
  private Child serve() throws Exception {
    Child server = Child.start(HubProcess.class, folder.resolve("hub").toString());
    children.add(server);
    int port = Integer.parseInt(server.answer("port"));
    if (proxy == null) {
      proxy = FaultProxy.to("127.0.0.1", port);
    } else {
      proxy.retarget("127.0.0.1", port);
    }
    return server;
  }

  private URI address() {
    return URI.create("ws://127.0.0.1:%d/sync".formatted(proxy.port()));
  }

  private Child editor(String name, String outbox) throws IOException {
    Child editor =
        Child.start(
            EditorProcess.class, address().toString(), folder.resolve(outbox).toString(), name);
    children.add(editor);
    return editor;
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Test
  void server_killedUnderLoad_losesNothingThatWasDurableAndDoesNothingTwice() throws Exception {
    Child server = serve();
    List<Child> writers =
        List.of(editor("a", "outbox-a"), editor("b", "outbox-b"), editor("c", "outbox-c"));
    for (int round = 0; round < ROUNDS; round++) {
      awaitWords(writers);
      server.kill();
      server = serve();
      for (Child writer : writers) {
        writer.command("reconnect");
      }
    }
    awaitWords(writers);
    // One of the clients dies too, and its outbox is opened by another process.
    writers.get(2).kill();
    Child heir = editor("d", "outbox-c");
    awaitWords(List.of(heir));

    List<Child> living = List.of(writers.get(0), writers.get(1), heir);
    List<Integer> written = new ArrayList<>();
    for (Child writer : living) {
      writer.command("stop");
      written.add(Integer.parseInt(writer.answer("stopped")));
    }
    List<String> words = List.of(textOfAll(living).split("(?<=;)"));

    assertThat(words).doesNotHaveDuplicates();
    assertThat(words).containsAll(writers.get(2).durable);
    for (int i = 0; i < living.size(); i++) {
      String name = List.of("a", "b", "d").get(i);
      assertThat(words).containsAll(living.get(i).durable);
      assertThat(words.stream().filter(word -> word.startsWith(name)).count())
          .as("words of %s", name)
          .isEqualTo((long) written.get(i));
      assertThat(living.get(i).refused).isEmpty();
    }
  }

  /** Waits until each writer has had some more words acknowledged. */
  private static void awaitWords(List<Child> writers) {
    int[] goals = writers.stream().mapToInt(it -> it.durable.size() + WORDS_PER_ROUND).toArray();
    for (int i = 0; i < goals.length; i++) {
      Child writer = writers.get(i);
      int goal = goals[i];
      await("words of writer " + i, () -> writer.durable.size() >= goal);
    }
  }

  /** Returns the text that the server has, once all clients have it and nothing is pending. */
  private String textOfAll(List<Child> living) throws Exception {
    try (SyncClient observer = SyncClient.over(WebSocketTransport.to(address())).open();
        TextDocument text = observer.text("notes")) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      List<String> told = new ArrayList<>();
      do {
        assertThat(System.nanoTime()).as("the texts become one: %s", told).isLessThan(deadline);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        told.clear();
        for (Child child : living) {
          child.command("text");
          told.add(child.answer("text"));
        }
        told.add("0 " + text.now());
      } while (told.stream().distinct().count() > 1 || !told.get(0).startsWith("0 "));
      return Arrays.stream(told.get(0).split(" ", 2)).skip(1).findFirst().orElse("");
    }
  }
}
