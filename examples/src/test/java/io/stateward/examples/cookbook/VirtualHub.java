package io.stateward.examples.cookbook;

import io.stateward.persist.Journal;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.SyncClientBuilder;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.spi.SharedType;
import io.stateward.sync.transport.MemoryNetwork;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** A hub, a network and clients on one thread, in virtual time. */
final class VirtualHub {

  final VirtualTimekeeper time = VirtualTimekeeper.create();
  final Executor later = task -> time.schedule(Duration.ZERO, task);
  final MemoryNetwork network = MemoryNetwork.create(later, time, 7);
  private final SyncHub hub;
  private final List<SyncClient> clients = new ArrayList<>();

  VirtualHub(SharedType... types) {
    hub =
        SyncHub.named("hub")
            .types(types)
            .authorizer(Authorizer.everybody())
            .executor(later)
            .timekeeper(time)
            .open();
    network.listen(hub::accept);
  }

  SyncClient client(String name) {
    return client(name, Journal.memory());
  }

  SyncClient client(String name, Journal outbox) {
    return kept(settings(name).outbox(outbox).open());
  }

  SyncClientBuilder settings(String name) {
    return SyncClient.over(network.transport(name))
        .executor(later)
        .timekeeper(time)
        .random(new Random(name.hashCode()));
  }

  SyncClient kept(SyncClient client) {
    clients.add(client);
    return client;
  }

  /** Makes a document as if it had never been. */
  void delete(String document) {
    hub.delete(document);
  }

  /** Lets everything happen that is under way. */
  void settle() {
    time.advance(Duration.ofSeconds(5));
  }

  /** Ends all of it. Waiting for the hub would wait for a time that stands still. */
  void end() {
    clients.forEach(SyncClient::close);
    hub.shutdown();
    settle();
  }
}
