package io.stateward.sync.simulation;

import io.stateward.sync.simulation.Chance.Fault;
import io.stateward.sync.transport.FrameFault;
import io.stateward.sync.transport.MemoryLink;
import io.stateward.sync.transport.MemoryLink.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Makes things go wrong for a while, and then right again. */
final class Chaos {

  private static final Duration MOMENT = Duration.ofMillis(200);

  private final World world;
  private final HubMachine hub;
  private final List<ClientMachine> clients;
  private final Random random;

  Chaos(World world, HubMachine hub, List<ClientMachine> clients) {
    this.world = world;
    this.hub = hub;
    this.clients = clients;
    random = world.scheduler.random;
  }

  void begin() {
    clients.forEach(client -> soften(client.link));
    moment();
  }

  private void soften(MemoryLink link) {
    if (world.chance.has(Fault.LATENCY)) {
      link.latency(Duration.ofMillis(1), Duration.ofMillis(1 + random.nextInt(300)));
    }
    for (Direction direction : Direction.values()) {
      link.window(direction, random.nextInt(20));
    }
  }

  private void moment() {
    if (world.chance.isHealed()) {
      return;
    }
    clients.forEach(this::trouble);
    troubleHub();
    world.later(MOMENT, this::moment);
  }

  private void trouble(ClientMachine client) {
    MemoryLink link = client.link;
    if (strikes(Fault.CUT)) {
      link.cut();
    }
    if (strikes(Fault.VANISH)) {
      link.vanish();
    }
    if (strikes(Fault.ABANDON)) {
      link.abandon(Duration.ofMillis(random.nextInt(5_000)));
    }
    if (strikes(Fault.HOLD)) {
      Direction direction = direction();
      link.hold(direction);
      soon(30_000, () -> link.release(direction));
    }
    if (strikes(Fault.REFUSE)) {
      link.refuse(true);
      soon(10_000, () -> link.refuse(false));
    }
    if (strikes(Fault.SLOW_READER)) {
      Direction direction = direction();
      link.pace(direction, Duration.ofMillis(random.nextInt(500)));
      soon(10_000, () -> link.pace(direction, Duration.ZERO));
    }
    troubleFrames(link);
    troubleMachine(client);
  }

  private void troubleFrames(MemoryLink link) {
    if (strikes(Fault.DROPPED_FRAMES)) {
      mangle(link, FrameFault.dropping(random, 0.1));
    }
    if (strikes(Fault.DOUBLED_FRAMES)) {
      mangle(link, FrameFault.doubling(random, 0.2));
    }
    if (strikes(Fault.SWAPPED_FRAMES)) {
      mangle(link, FrameFault.swapping(random, 0.2));
    }
    if (strikes(Fault.GARBLED_FRAMES)) {
      mangle(link, FrameFault.garbling(random, 0.1));
    }
  }

  private void mangle(MemoryLink link, FrameFault fault) {
    Direction direction = direction();
    link.faults(direction, () -> fault);
    soon(5_000, () -> link.faults(direction, () -> List::of));
  }

  private void troubleMachine(ClientMachine client) {
    if (strikes(Fault.CLIENT_CRASH)) {
      client.machine.kill();
    }
    if (strikes(Fault.CLOSE_ON_PURPOSE)) {
      client.pause();
    }
    if (strikes(Fault.LONG_AWAY)) {
      client.goAway(Duration.ofMillis(5_000 + random.nextInt(10_000)));
    }
    if (strikes(Fault.OLD_OUTBOX)) {
      client.makeBackup();
    }
    trouble(client.machine.disk);
  }

  private void trouble(SimulatedDisk disk) {
    if (strikes(Fault.DISK_FULL)) {
      disk.setFull(true);
      soon(4_000, () -> disk.setFull(false));
    }
    if (strikes(Fault.DISK_ERROR)) {
      disk.setBroken(true);
      soon(4_000, () -> disk.setBroken(false));
    }
  }

  private void troubleHub() {
    if (strikes(Fault.HUB_CRASH)) {
      hub.machine.kill();
    }
    if (strikes(Fault.CLOSE_ON_PURPOSE)) {
      hub.close();
    }
    if (strikes(Fault.BACKUP)) {
      hub.makeBackup();
    }
    if (strikes(Fault.CLOCK_JUMP)) {
      world.jump(Duration.ofDays(random.nextInt(800) - 400));
    }
    trouble(hub.machine.disk);
  }

  /** Ends all trouble. Connections whose frames were mangled may wait for ever: they are cut. */
  void end() {
    world.chance.heal();
    world.note("world", "heals", "");
    clients.forEach(
        client -> {
          client.link.heal();
          if (Fault.MANGLING.stream().anyMatch(world.chance::has)) {
            client.link.cut();
          }
          heal(client.machine);
        });
    heal(hub.machine);
  }

  private static void heal(Machine machine) {
    machine.disk.setFull(false);
    machine.disk.setBroken(false);
  }

  private Direction direction() {
    return random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT;
  }

  private boolean strikes(Fault fault) {
    return world.chance.strikes(fault, 0.015);
  }

  private void soon(int millis, Runnable work) {
    world.later(Duration.ofMillis(random.nextInt(millis)), work);
  }
}
