package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.persist.Journal;
import io.stateward.persist.RecordStore;
import io.stateward.sync.client.ClientGauge;
import io.stateward.sync.client.ConnectionStatus;
import io.stateward.sync.client.DocumentChannel;
import io.stateward.sync.client.DocumentStatus;
import io.stateward.sync.client.Settled;
import io.stateward.sync.client.Submission;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.DocumentStorage;
import io.stateward.sync.hub.HubGauge;
import io.stateward.sync.hub.HubLimits;
import io.stateward.sync.hub.HubTimes;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.record.RecordType;
import io.stateward.sync.simulation.Chance.Fault;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import io.stateward.sync.spi.SharedType;
import io.stateward.sync.spi.Transport;
import io.stateward.sync.text.TextType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The hub and the client that users have. */
final class LiveSubject implements Subject {

  @Override
  public Set<Kind> kinds() {
    return EnumSet.allOf(Kind.class);
  }

  @Override
  public boolean shares() {
    return true;
  }

  @Override
  public Hub hub(SimulatedProcess process, SimulatedDisk disk) {
    return hub(process, disk, limits -> limits, null);
  }

  /** Starts a hub, which may keep other limits than it is given. */
  Hub hub(
      SimulatedProcess process,
      SimulatedDisk disk,
      UnaryOperator<HubLimits> given,
      @Nullable HubLimits kept) {
    HubLimits limits = given.apply(limits(process.world));
    Random random = new Random(process.world.scheduler.random.nextLong());
    SyncHub hub =
        SyncHub.named("hub")
            .types(types(process.world, random))
            .storage(new DiskStorage(process, disk))
            .authorizer(Authorizer.everybody())
            .executor(process)
            .timekeeper(process)
            .limits(kept == null ? limits : kept)
            .times(times(process.world))
            .names(() -> "n%016x".formatted(random.nextLong()))
            .open();
    process.gauge(() -> HubGauge.look(hub, limits, process.world.check(process.name)));
    return new LiveHub(hub);
  }

  private static SharedType[] types(World world, Random random) {
    return new SharedType[] {
      new LedgerType(),
      TextType.standard(),
      watched(RecordType.standard(), world, random),
      watched(CounterBook.TYPE, world, random),
      watched(SetBook.TYPE, world, random)
    };
  }

  private static SharedType watched(SharedType type, World world, Random random) {
    return new WatchedType(type, world.judgements(type.name()), random);
  }

  /** Whether a change may be lost if the process ends now. */
  static boolean isPerhapsLost(Submission submission, DocumentStatus status) {
    int unsaved =
        status.fold(
            () -> 1, DocumentStatus.Live::unsaved, DocumentStatus.Behind::unsaved, refused -> 1);
    Settled settled = submission.settled().toCompletableFuture().getNow(null);
    boolean replaced = settled instanceof Settled.Superseded; // by something that may be unsaved
    return submission.progress() == Submission.Progress.VISIBLE || (replaced && unsaved > 0);
  }

  /** Limits that are reached all the time, if chance has it. */
  private static HubLimits limits(World world) {
    Random random = world.scheduler.random;
    HubLimits limits = HubLimits.standard();
    if (world.chance.has(Fault.SMALL_LIMITS)) {
      limits =
          limits
              .withEachDocument(each -> each.withRecent(1 + random.nextInt(20)))
              .withEachConnection(each -> each.withLag(5 + random.nextInt(50)))
              .withEachDocument(each -> each.withWaiting(100 + random.nextInt(100)))
              .withEachConnection(each -> each.withWaitingFrames(20 + random.nextInt(50)))
              .withEachConnection(each -> each.withAnswers(120 + random.nextInt(50)));
    }
    if (world.chance.has(Fault.SHORT_MEMORY)) {
      limits = limits.withEachDocument(each -> each.withClients(1 + random.nextInt(4)));
    }
    return world.chance.has(Fault.SHORT_HISTORY)
        ? limits.withEachDocument(
            each ->
                each.withHistory(20 + random.nextInt(100)).withLeastHistory(1 + random.nextInt(20)))
        : limits;
  }

  private static HubTimes times(World world) {
    Random random = world.scheduler.random;
    HubTimes times = HubTimes.standard();
    if (world.chance.has(Fault.SHORT_TIMES)) {
      times =
          times
              .withHeartbeat(Duration.ofMillis(500 + random.nextInt(5_000)))
              .withIdle(Duration.ofMillis(1 + random.nextInt(5_000)))
              .withRetry(Duration.ofMillis(1 + random.nextInt(2_000)));
    }
    return world.chance.has(Fault.SHORT_MEMORY)
        ? times.withRetention(Duration.ofMillis(1 + random.nextInt(4_000)))
        : times;
  }

  @Override
  public Client client(SimulatedProcess process, SimulatedDisk disk, Transport transport) {
    Random random = new Random(process.world.scheduler.random.nextLong());
    SyncClient client =
        SyncClient.over(transport)
            .outbox(disk.journal(process, "outbox"))
            .executor(process)
            .timekeeper(process)
            .random(random)
            .named(process.name)
            .keys(() -> "the secret key of " + process.name)
            .kind(CounterBook.TYPE)
            .kind(SetBook.TYPE)
            .kind(
                LedgerType.NAME,
                context ->
                    new LedgerReplica(process.world, process.name + " " + context.document()))
            .window(random.nextBoolean() ? 100 : 1 + random.nextInt(5))
            .open();
    ClientGauge gauge = new ClientGauge(client);
    process.onCause(gauge::cause);
    process.gauge(() -> gauge.look(process.isIdle(), process.world.check(process.name)));
    return new LiveClient(process.world, process.name, disk, client);
  }

  /** Documents on a simulated disk. */
  private record DiskStorage(SimulatedProcess process, SimulatedDisk disk)
      implements DocumentStorage {

    @Override
    public RecordStore records() {
      return disk.records(process);
    }

    @Override
    public Journal journal(String document) {
      return disk.journal(process, document);
    }

    @Override
    public void deleteJournal(String document) {
      disk.delete(document);
    }

    @Override
    public void close() {}
  }

  private record LiveHub(SyncHub hub) implements Hub {

    @Override
    public ConnectionListener accept(Connection connection, Peer peer) {
      return hub.accept(connection, peer);
    }

    @Override
    public void close() {
      var unused = hub.shutdown();
    }
  }

  private record LiveClient(World world, String name, SimulatedDisk machineDisk, SyncClient live)
      implements Client {

    @Override
    public Ledger ledger(String document) {
      return new LiveLedger(
          live.document(
              document,
              LedgerReplica.class,
              context -> new LedgerReplica(world, name + " " + document)));
    }

    @Override
    public String disk() {
      return machineDisk.text();
    }

    @Override
    public boolean isSentAway() {
      return live.status().get() instanceof ConnectionStatus.Refused;
    }

    @Override
    public void disconnect() {
      live.disconnect();
    }

    @Override
    public void reconnect() {
      live.reconnect();
    }

    @Override
    public void close() {
      live.close();
    }
  }

  private record LiveLedger(DocumentChannel<LedgerReplica> channel) implements Ledger {

    @Override
    public LedgerReplica replica() {
      return channel.replica();
    }

    @Override
    public Ticket submit(Tree change) {
      return new LiveTicket(channel.submit(change), channel);
    }

    @Override
    public boolean isQuiet() {
      return Channels.isQuiet(channel);
    }

    @Override
    public String standing() {
      return channel.status().get() + " at " + channel.position();
    }
  }

  private record LiveTicket(Submission submission, DocumentChannel<?> channel) implements Ticket {

    @Override
    public boolean isStored() {
      return !isPerhapsLost(submission, channel.status().get());
    }

    @Override
    public void whenSettled(Consumer<Outcome> told) {
      var unused = submission.settled().thenAccept(settled -> told.accept(outcome(settled)));
    }

    private static Outcome outcome(Settled settled) {
      return settled.fold(
          durable -> Outcome.DURABLE,
          refused -> Outcome.ofCode(refused.code()),
          () -> Outcome.SUPERSEDED);
    }
  }
}
