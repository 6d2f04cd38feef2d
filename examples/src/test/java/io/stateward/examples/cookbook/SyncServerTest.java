package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.sync.client.ConnectionStatus;
import io.stateward.sync.client.DocumentStatus;
import io.stateward.sync.client.Settled;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.hub.HubEvent;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.transport.WebSocketTransport;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncServerTest {

  private static final long PATIENCE_SECONDS = 20;
  private static final Map<String, String> TOKENS = Map.of("secret-a", "ada", "secret-b", "bob");

  @TempDir private Path folder;
  private final List<HubEvent> audited = new CopyOnWriteArrayList<>();
  private SyncHub hub;
  private Tomcat tomcat;
  private URI address;

  @BeforeEach
  void start() throws Exception {
    hub =
        SyncServer.hub(
            folder.resolve("documents"),
            ForkJoinPool.commonPool(),
            new SyncServer.Owners(TOKENS::get),
            audited::add);
    tomcat = new Tomcat();
    tomcat.setBaseDir(folder.resolve("tomcat").toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "files", new DefaultServlet()).addMapping("/");
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addServletContainerInitializer(
        (types, at) -> at.addListener(new SyncServer.Deployment(hub, "https://notes.example")),
        Set.of());
    tomcat.start();
    address = URI.create("ws://127.0.0.1:%d/sync".formatted(connector.getLocalPort()));
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private SyncClient client(String token) {
    return SyncServer.client(address, () -> token).open();
  }

  private static <T> T await(Signal<T> signal, Predicate<? super T> condition) throws Exception {
    CompletableFuture<T> met = new CompletableFuture<>();
    try (Subscription watching =
        signal.subscribe(
            Delivery.every().withCurrent(),
            change -> {
              if (condition.test(change.now())) {
                met.complete(change.now());
              }
            })) {
      assertThat(watching).isNotNull();
      return met.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Test
  void edit_overTheSocket_isStored_andOutlivesTheServer() throws Exception {
    try (SyncClient ada = client("secret-a")) {
      TextDocument notes = ada.text("ada/notes");
      Settled settled =
          notes
              .insert(0, "kept")
              .settled()
              .toCompletableFuture()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

      assertThat(settled).isEqualTo(new Settled.Durable(1));
      assertThat(SyncServer.figures(hub))
          .startsWith("1 connections, 1 documents, 1 changes in 1 writes");
    }
    stop();
    start();
    try (SyncClient ada = client("secret-a")) {
      TextDocument notes = ada.text("ada/notes");

      await(notes.text(), text -> text.toString().equals("kept"));
    }
    assertThat(audited).hasAtLeastOneElementOfType(HubEvent.DocumentOpened.class);
  }

  @Test
  void document_ofSomebodyElse_isRefused() throws Exception {
    try (SyncClient bob = client("secret-b")) {
      DocumentStatus status =
          await(
              bob.text("ada/notes").status(),
              standing -> standing instanceof DocumentStatus.Refused);

      assertThat(status)
          .isEqualTo(
              new DocumentStatus.Refused("forbidden", "That is a document of somebody else.", 0));
    }
  }

  @Test
  void token_unknown_isRefusedForGood() throws Exception {
    try (SyncClient nobody = client("guessed")) {
      ConnectionStatus status =
          await(nobody.status(), standing -> standing instanceof ConnectionStatus.Refused);

      assertThat(status)
          .isEqualTo(
              new ConnectionStatus.Refused(CloseCode.UNAUTHENTICATED.code(), "Log in first."));
    }
  }

  @Test
  void expelled_isToldWhy() throws Exception {
    try (SyncClient ada = client("secret-a")) {
      await(ada.status(), standing -> standing instanceof ConnectionStatus.Connected);

      SyncServer.rightsChanged(hub, "ada/notes", "ada");

      ConnectionStatus status =
          await(ada.status(), standing -> standing instanceof ConnectionStatus.Refused);
      assertThat(((ConnectionStatus.Refused) status).reason())
          .isEqualTo("You have been logged out.");
    }
  }

  @Test
  void page_ofAnotherOrigin_isTurnedAway() {
    WebSocketTransport foreign =
        WebSocketTransport.to(address).withHeaders(() -> Map.of("Origin", "https://evil.example"));
    ConnectionListener nobody =
        new ConnectionListener() {
          @Override
          public void onFrame(String frame) {}

          @Override
          public void onClosed(int code, String reason) {}
        };

    assertThatThrownBy(() -> foreign.connect(nobody).toCompletableFuture().join())
        .hasMessageContaining("403");
  }
}
