package io.stateward.sync.simulation;

import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import io.stateward.sync.simulation.Chance.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run: a hub and some clients who edit the same documents while everything goes wrong; then
 * nothing goes wrong any more, and after a while everybody has to have the same and to see who is
 * there, and what they have has to be what the naive models say. Which kinds of documents there are
 * is drawn for each run; after each step of a process all its queues have to be within their
 * limits.
 *
 * <p>The same seed is the same run, to the last frame.
 */
final class Simulation {

  private final Thread thread = Thread.currentThread();
  private static final long SECOND = 1_000_000_000L;
  private static final int LONGEST_CONVERGENCE_SECONDS = 180;

  private final long seed;
  private final Subject subject;
  private final World world;
  private final Set<Kind> drawn = EnumSet.noneOf(Kind.class);
  private final List<Book> books = new ArrayList<>();
  private final List<ClientMachine> clients = new ArrayList<>();
  private final HubMachine hub;
  private final Chaos chaos;

  private Simulation(long seed, Subject subject) {
    this.seed = seed;
    this.subject = subject;
    world = new World(seed);
    int documents = 1 + world.scheduler.random.nextInt(3);
    for (int i = 0; i < documents; i++) {
      books.add(drawn(i));
    }
    int editors = 2 + world.scheduler.random.nextInt(4);
    for (int i = 0; i < editors; i++) {
      clients.add(new ClientMachine(world, "client" + i, subject, books));
    }
    hub = new HubMachine(world, subject, clients);
    chaos = new Chaos(world, hub, clients);
  }

  /** Draws a document; what may be there only once gives way to another ledger. */
  private Book drawn(int number) {
    List<Kind> kinds = List.copyOf(EnumSet.copyOf(subject.kinds()));
    Kind kind = kinds.get(world.scheduler.random.nextInt(kinds.size()));
    boolean fresh = drawn.add(kind);
    Kind chosen = fresh || kind.mayBeSeveral() ? kind : Kind.LEDGER;
    return chosen.book(world, chosen.name().toLowerCase(Locale.ROOT) + "-" + number);
  }

  /**
   * Does one run.
   *
   * @param seed which one
   * @param subject what is put to the test
   * @return null if every rule held; else what was broken, and the last that happened
   */
  static @Nullable AssertionError run(long seed, Subject subject) {
    Simulation simulation = new Simulation(seed, subject);
    try (Subscription ignored = Probe.attach(simulation::reported)) {
      simulation.live();
    }
    return simulation.failure();
  }

  /** Returns all that happened in a run, as far as it is kept. */
  static String trace(long seed, Subject subject) {
    Simulation simulation = new Simulation(seed, subject);
    try (Subscription ignored = Probe.attach(simulation::reported)) {
      simulation.live();
    }
    return simulation.world.scheduler.trace.toString();
  }

  private void live() {
    hub.machine.start();
    clients.forEach(
        client ->
            world.later(
                Duration.ofMillis(world.scheduler.random.nextInt(2_000)), client.machine::start));
    chaos.begin();
    world.scheduler.runUntil((10 + world.scheduler.random.nextInt(20)) * SECOND);
    chaos.end();
    if (converges()) {
      check();
    }
  }

  private boolean converges() {
    for (int i = 0; i < LONGEST_CONVERGENCE_SECONDS && world.failure() == null; i++) {
      if (world.scheduler.isStorming()) {
        world.fail("Hub and clients keep each other busy without end", null);
      }
      clients.forEach(ClientMachine::insist);
      world.scheduler.runUntil(world.scheduler.nanoTime() + SECOND);
      if (clients.stream().allMatch(ClientMachine::isQuiet) && isAgreed()) {
        return true;
      }
    }
    world.fail(
        "It has not converged %d s after it healed:\n  %s"
            .formatted(
                LONGEST_CONVERGENCE_SECONDS,
                clients.stream().map(this::standing).collect(Collectors.joining("\n  "))),
        null);
    return false;
  }

  private String standing(ClientMachine client) {
    return client.standing() + "\n    " + client.mistaken(clients);
  }

  private boolean isAgreed() {
    return clients.stream().allMatch(client -> client.mistaken(clients).isEmpty())
        && books.stream().allMatch(book -> views(book).distinct().count() <= 1);
  }

  private Stream<Object> views(Book book) {
    return clients.stream().map(client -> client.view(book)).filter(Objects::nonNull);
  }

  /** Compares with the model what a newcomer is given by a hub that has nothing but its disk. */
  private void check() {
    hub.machine.kill();
    ClientMachine newcomer = new ClientMachine(world, "newcomer", subject, books);
    newcomer.machine.start();
    clients.add(newcomer);
    clients.forEach(ClientMachine::openAll);
    if (converges()) {
      clients.forEach(ClientMachine::tellDead);
      books.forEach(book -> book.check(newcomer.desk(book)));
    }
  }

  private void reported(Probe.Event event) {
    if (Thread.currentThread() != thread) {
      return; // of what another test has left behind: all that happens here is done by one thread
    }
    if (event instanceof Probe.Failed failed) {
      world.note("report", failed.where() + ": ", failed.problem() + " " + failed.cause());
      if (!isInjected(failed)) {
        world.fail(
            "Reported by %s: %s".formatted(failed.where(), failed.problem()), failed.cause());
      }
    }
  }

  /** Whether what is reported is what the simulator did. */
  private boolean isInjected(Probe.Failed failed) {
    StringBuilder said = new StringBuilder(failed.problem());
    Set<Throwable> seen = new HashSet<>();
    for (Throwable t = failed.cause(); t != null && seen.add(t); t = t.getCause()) {
      said.append(t);
    }
    String all = said.toString();
    return Fault.MANGLING.stream().anyMatch(world.chance::has)
        || EXCUSES.stream().anyMatch(all::contains)
        || (world.isSetBack() && all.contains("The hub confirms change"))
        || (SILENCING.stream().anyMatch(world.chance::has)
            && SILENCE.stream().anyMatch(all::contains));
  }

  /** What is said when the simulator has killed a process, broken a disk or poisoned a change. */
  private static final List<String> EXCUSES =
      List.of(
          Killed.class.getName(),
          SimulatedDisk.INJECTED,
          LedgerType.POISON,
          "outbox could not be written");

  /** What is said when the network is silent for long. */
  private static final List<String> SILENCE =
      List.of("Nothing was heard of the hub", "The hub has not answered for 30 s");

  private static final Set<Fault> SILENCING =
      Set.of(Fault.HOLD, Fault.VANISH, Fault.SLOW_READER, Fault.LATENCY, Fault.HUB_CRASH);

  private @Nullable AssertionError failure() {
    AssertionError failure = world.failure();
    return failure == null
        ? null
        : new AssertionError(
            """
            Seed %d: %s
            To run it alone: mvn -pl sync -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dstateward.simulation.seed=%d
            It had %s; before the end there was:
            %s"""
                .formatted(seed, failure.getMessage(), seed, world.chance, world.scheduler.trace),
            failure);
  }
}
