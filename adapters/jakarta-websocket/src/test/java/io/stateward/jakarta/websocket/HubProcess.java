package io.stateward.jakarta.websocket;

import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.DocumentStorage;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.text.TextType;
import java.nio.file.Path;

/**
 * A server with a hub, run as a process of its own until it is killed: prints the port that it
 * listens on. Takes the folder of its documents.
 */
final class HubProcess {

  private HubProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    SyncHub hub =
        SyncHub.named("notes")
            .types(TextType.standard())
            .storage(DocumentStorage.files(Path.of(arguments[0])))
            .authorizer(Authorizer.everybody())
            .open();
    TomcatContainer container =
        TomcatContainer.start(SyncEndpoint.at("/sync", hub::accept).build());
    System.out.println("port " + container.port());
    Thread.currentThread().join(); // until it is killed
  }
}
