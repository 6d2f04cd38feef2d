package io.stateward.sync.simulation;

import io.stateward.signal.Subscription;
import io.stateward.sync.simulation.Chance.Fault;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hub, on a machine whose disk may be replaced by a backup when it dies. */
final class HubMachine {

  final Machine machine;
  private final World world;
  private final Subject subject;
  private final List<ClientMachine> clients;
  private Subject.@Nullable Hub hub;
  private @Nullable Subscription listening;
  private @Nullable SimulatedDisk backup;

  HubMachine(World world, Subject subject, List<ClientMachine> clients) {
    this.world = world;
    this.subject = subject;
    this.clients = clients;
    machine = new Machine(world, "hub", this::program, this::died);
  }

  private void program(SimulatedProcess process) {
    Subject.Hub started = subject.hub(process, machine.disk);
    hub = started;
    listening =
        world.network.listen((connection, peer) -> accept(process, started, connection, peer));
  }

  private static ConnectionListener accept(
      SimulatedProcess process, Subject.Hub hub, Connection connection, Peer peer) {
    return process.guarded(hub.accept(process.guarded(connection), peer));
  }

  private void died() {
    hub = null;
    if (listening != null) {
      listening.close();
    }
    clients.forEach(client -> client.link.cut());
    if (backup != null && world.chance.strikes(Fault.BACKUP, 0.3)) {
      world.note("hub", "is restored from a backup", "");
      machine.disk.restore(backup);
      world.restored();
    }
  }

  void makeBackup() {
    backup = machine.disk.backup();
    world.note("hub", "is backed up", "");
  }

  /** Ends the hub in an orderly way; it comes again. */
  void close() {
    if (hub != null && listening != null) {
      listening.close();
      hub.close();
      machine.killLater(Duration.ofSeconds(2));
    }
  }
}
