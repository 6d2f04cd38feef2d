package io.stateward.benchmarks.sync;

import io.stateward.benchmarks.Heap;
import io.stateward.benchmarks.Workload;
import io.stateward.codec.Tree;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.DocumentStorage;
import io.stateward.sync.hub.HubLimits;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import io.stateward.sync.text.TextType;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Texts of a thousand characters that one client has open at a hub, whose journals and records are
 * on disk.
 */
final class OpenDocuments {

  private static final String PAGE = "x".repeat(1_000);

  private OpenDocuments() {}

  /** Takes every frame and keeps none; remembers the last epoch that it was told, and its end. */
  private static final class Deaf implements Connection {
    private String epoch = "";
    private String end = "";

    @Override
    public CompletionStage<Void> send(String frame) {
      int at = frame.indexOf("\"epoch\":\"");
      if (at >= 0) {
        epoch = frame.substring(at + 9, frame.indexOf('"', at + 9));
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close(int code, String reason) {
      end = "%d %s".formatted(code, reason);
    }
  }

  /** Returns how many bytes of heap an open document takes. */
  static double retained(int documents, Path folder) {
    try (SyncHub hub =
        SyncHub.named("documents")
            .types(TextType.standard())
            .storage(DocumentStorage.files(folder))
            .authorizer(Authorizer.everybody())
            .limits(
                HubLimits.standard()
                    .withEachConnection(
                        each ->
                            each.withSubscriptions(documents + 1)
                                .withCreationsPerSecond(1_000_000)
                                .withFramesPerSecond(1_000_000)
                                .withCharactersPerSecond(1 << 30)))
            .executor(Runnable::run)
            .open()) {
      Deaf connection = new Deaf();
      ConnectionListener client = hub.accept(connection, Peer.at("here"));
      client.onFrame(
          Frames.encode(new Frame.Hello(List.of(1), "reader", "the key of a reader", null)));
      open(client, connection, "first");
      long bytes =
          Heap.retainedBy(
              () -> {
                for (int i = 0; i < documents; i++) {
                  open(client, connection, "document " + i);
                }
                return hub;
              });
      Workload.require("The end of the connection", "", connection.end);
      return (double) bytes / documents;
    }
  }

  private static void open(ConnectionListener client, Deaf connection, String document) {
    client.onFrame(Frames.encode(new Frame.Subscribe(document, TextType.NAME, null)));
    client.onFrame(
        Frames.encode(
            new Frame.Mutate(
                document, connection.epoch, 1, 0, 0, Tree.object().plus("op", Tree.array(PAGE)))));
  }
}
