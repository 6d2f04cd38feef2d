package io.stateward.sync.client;

import io.stateward.persist.Journal;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.spi.SharedType;
import io.stateward.sync.transport.MemoryNetwork;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A hub and its clients on one network without faults, in virtual time, on one thread. */
final class Together implements AutoCloseable {

  final VirtualTimekeeper time = VirtualTimekeeper.create();
  final SyncHub hub;
  private final MemoryNetwork network = MemoryNetwork.create(Runnable::run, time, 7);

  Together(SharedType... types) {
    hub =
        SyncHub.named("test")
            .types(types)
            .authorizer(Authorizer.everybody())
            .executor(Runnable::run)
            .timekeeper(time)
            .open();
    network.listen(hub::accept);
  }

  SyncClient client(String name) {
    return client(name, Journal.memory());
  }

  SyncClient client(String name, Journal outbox) {
    return client(name, outbox, builder -> builder);
  }

  SyncClient client(String name, Journal outbox, UnaryOperator<SyncClientBuilder> more) {
    SyncClientBuilder builder =
        SyncClient.over(network.transport(name))
            .outbox(outbox)
            .executor(Runnable::run)
            .timekeeper(time)
            .random(new Random(name.hashCode()));
    return more.apply(builder).open();
  }

  /** Lets some time go by, in which everything arrives. */
  void settle() {
    time.advance(Duration.ofSeconds(60));
  }

  @Override
  public void close() {
    hub.close();
  }
}
