package io.stateward.examples.cookbook;

import io.stateward.codec.Tree;
import io.stateward.jakarta.websocket.SyncEndpoint;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.SyncClientBuilder;
import io.stateward.sync.hub.Admission;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.DocumentStorage;
import io.stateward.sync.hub.HubEvent;
import io.stateward.sync.hub.HubFigures;
import io.stateward.sync.hub.HubLimits;
import io.stateward.sync.hub.Operation;
import io.stateward.sync.hub.Permission;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.record.RecordType;
import io.stateward.sync.spi.Peer;
import io.stateward.sync.text.TextType;
import io.stateward.sync.transport.WebSocketTransport;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A hub in a servlet container. */
final class SyncServer {

  private SyncServer() {}

  // tag: rights
  /** Everybody has a folder of documents, such as "ada/notes"; all may read those in "public/". */
  record Owners(Function<String, @Nullable String> userOfToken) implements Authorizer {

    @Override
    public Admission authenticate(Peer peer, @Nullable Tree credentials) {
      String user = peer.principal(); // whom the container has authenticated, if anybody
      if (user == null && credentials != null) {
        user = userOfToken.apply(credentials.asString());
      }
      return user == null ? Admission.denied("Log in first.") : Admission.admitted(user);
    }

    @Override
    public Permission may(
        String user, String document, Operation operation, @Nullable Tree change) {
      boolean reads = operation == Operation.READ;
      return document.startsWith(user + "/") || (reads && document.startsWith("public/"))
          ? Permission.granted()
          : Permission.refused("That is a document of somebody else.");
    }
  }

  // end

  static SyncHub hub(Path folder, Executor executor, Authorizer rights, Consumer<HubEvent> audit) {
    // tag: hub
    SyncHub hub =
        SyncHub.named("notes")
            .types(TextType.upTo(1_000_000), RecordType.standard())
            .storage(DocumentStorage.files(folder)) // one owner: no second hub on that folder
            .authorizer(rights)
            .limits(
                HubLimits.standard()
                    .withConnections(2_000)
                    .withEachConnection(each -> each.withFrameBytes(256 << 10)))
            .executor(executor) // waits for the disk: virtual threads suit it
            .listener(audit)
            .open();
    // end
    return hub;
  }

  // tag: deployment
  record Deployment(SyncHub hub, String origin) implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
      ServerContainer container =
          (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
      try {
        container.addEndpoint(
            SyncEndpoint.at("/sync", hub::accept)
                .allowOrigins(origin) // "https://notes.example": pages that may connect
                .maxFrameLength(256 << 10)
                .build());
      } catch (DeploymentException e) {
        throw new IllegalStateException("The endpoint cannot be deployed.", e);
      }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
      hub.close(); // stores what was taken in, and tells clients to come again
    }
  }

  // end

  static SyncClientBuilder client(URI address, Supplier<String> token) {
    // tag: client
    SyncClientBuilder settings =
        SyncClient.over(
                WebSocketTransport.to(address) // wss://notes.example/sync
                    .withHeaders(() -> Map.of("X-Request-From", "desktop")))
            .credentials(() -> Tree.of(token.get())); // asked for anew for each connection
    // end
    return settings;
  }

  static void rightsChanged(SyncHub hub, String document, String user) {
    // tag: recheck
    hub.recheckDocument(document); // ends the subscriptions that are not allowed any more
    hub.recheckPrincipal(user);
    hub.expel(user, "You have been logged out.");
    // end
  }

  static String figures(SyncHub hub) {
    // tag: figures
    HubFigures now = hub.figures();
    String line =
        "%d connections, %d documents, %d changes in %d writes, refused %s, closed %s"
            .formatted(
                now.connections(),
                now.documents(),
                now.accepted(),
                now.batches(),
                now.refused(), // by code
                now.closed());
    // end
    return line;
  }
}
