package io.stateward.sync.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.client.BrowserModule;
import io.stateward.sync.hub.Admission;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.DocumentStorage;
import io.stateward.sync.hub.Operation;
import io.stateward.sync.hub.Permission;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import io.stateward.sync.text.TextType;
import io.stateward.time.VirtualTimekeeper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The browser's client in node, with a hub at the other end of its input and output. */
final class BrowserAgainstHubTest {

  @TempDir private Path folder;

  @Test
  void refusals_amongWhatIsOnItsWay_takeNothingElseWithThem() throws Exception {
    Process page = page();
    try (BufferedReader said = page.inputReader();
        Writer told = page.outputWriter();
        SyncHub hub = hub()) {
      ConnectionListener heard = hub.accept(new Pipe(told), Peer.at("pipe"));
      String line = said.readLine();
      for (; line != null && !line.startsWith("!"); line = said.readLine()) {
        heard.onFrame(line);
      }

      Tree outcome = Tree.parse(Objects.requireNonNull(line).substring(1));
      assertThat(outcome.at("/text").asString()).isEqualTo("abcd".repeat(20));
      assertThat(outcome.at("/refused").asArray().elements())
          .hasSize(20)
          .allMatch(each -> each.asString().equals("forbidden X"));
      heard.onClosed(1006, "");
    } finally {
      page.destroyForcibly();
    }
  }

  private Process page() throws IOException {
    Path module = Files.write(folder.resolve("stateward-sync.mjs"), BrowserModule.content());
    ProcessBuilder node =
        new ProcessBuilder("node", "src/test/js/real-hub.mjs")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    node.environment().put("STATEWARD_SYNC", module.toUri().toString());
    return Node.started(node);
  }

  private static SyncHub hub() {
    return SyncHub.named("pipe")
        .types(TextType.standard())
        .storage(DocumentStorage.memory())
        .authorizer(new NoX())
        .executor(Runnable::run)
        .timekeeper(VirtualTimekeeper.create())
        .open();
  }

  /** Admits everybody, to write all but one letter. */
  private static final class NoX implements Authorizer {

    @Override
    public Admission authenticate(Peer peer, @Nullable Tree credentials) {
      return Admission.admitted("page");
    }

    @Override
    public Permission may(
        String principal, String document, Operation operation, @Nullable Tree change) {
      if (change == null || operation != Operation.WRITE) {
        return Permission.granted();
      }
      List<Tree> parts = change.at("/op").asArray().elements();
      boolean isX = parts.get(parts.size() - 1).equals(Tree.of("X"));
      return isX ? Permission.refused("No X.") : Permission.granted();
    }
  }

  /** A frame on each line. */
  private record Pipe(Writer to) implements Connection {

    @Override
    public CompletionStage<Void> send(String frame) {
      try {
        to.write(frame + "\n");
        to.flush();
        return CompletableFuture.completedFuture(null);
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public void close(int code, String reason) {}
  }
}
