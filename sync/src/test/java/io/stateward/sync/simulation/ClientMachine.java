package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.simulation.Chance.Fault;
import io.stateward.sync.simulation.Subject.Client;
import io.stateward.sync.transport.MemoryLink;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A client, and the person who edits with it. */
final class ClientMachine {

  private static final int MOST_EDITS = 5; // that anybody makes at a time

  final Machine machine;
  final MemoryLink link;
  private final World world;
  private final String name;
  private final Subject subject;
  private final List<Book> books;
  private final Random random;
  private final Map<Book, Desk> desks = new LinkedHashMap<>();
  private final Map<Book, Tree> shared = new LinkedHashMap<>(); // in this life
  private int shares;
  private @Nullable SimulatedDisk backup;
  private @Nullable SimulatedProcess process;
  private @Nullable Client client;
  private boolean isClosed;
  private boolean hasToLook; // with an older disk, before anything is edited

  ClientMachine(World world, String name, Subject subject, List<Book> books) {
    this.world = world;
    this.name = name;
    this.subject = subject;
    this.books = books;
    random = world.scheduler.random;
    link = world.link(name);
    machine = new Machine(world, name, this::program, this::died);
  }

  private void program(SimulatedProcess started) {
    process = started;
    desks.clear();
    shared.clear();
    isClosed = false;
    started.onGivenUp(() -> world.later(Duration.ofSeconds(5), started::kill));
    client = subject.client(started, machine.disk, started.guarded(world.network.transport(name)));
    for (Book book : books) {
      boolean late = world.chance.strikes(Fault.LATE_OPENING, 0.5);
      if (!late) {
        open(book);
      } else if (random.nextBoolean()) {
        started.schedule(Duration.ofMillis(random.nextInt(20_000)), () -> open(book));
      } // else what is pending of it has to go out by itself
    }
    act(started);
  }

  private void open(Book book) {
    if (process != null && client != null && !desks.containsKey(book)) {
      desks.put(book, book.open(process, client));
    }
  }

  /** Edits now and then, as long as the process lives and the world is bad. */
  private void act(SimulatedProcess process) {
    long pause = random.nextInt(10) == 0 ? 5_000 : random.nextInt(600);
    process.schedule(
        Duration.ofMillis(pause),
        () -> {
          if (!world.chance.isHealed()) {
            edit();
            act(process);
          }
        });
  }

  private void edit() {
    Book book = books.get(random.nextInt(books.size()));
    Desk desk = desks.get(book);
    hasToLook &= !isQuiet();
    if (desk == null || isClosed || hasToLook) {
      return;
    }
    if (subject.shares() && random.nextInt(8) == 0) {
      share(book, desk);
    } else {
      Objects.requireNonNull(process).cause(MOST_EDITS);
      desk.edit();
    }
  }

  private void share(Book book, Desk desk) {
    Tree state = random.nextInt(5) == 0 ? Tree.ofNull() : Tree.of(name + " " + ++shares);
    world.note(name, "shares ", state.toJson());
    shared.put(book, state);
    desk.share(state);
  }

  /** Returns what is wrong with whom it sees in the documents; empty if nothing is. */
  String mistaken(List<ClientMachine> all) {
    StringBuilder mistakes = new StringBuilder();
    desks.forEach(
        (book, desk) -> {
          Map<String, Tree> there = new HashMap<>();
          for (ClientMachine other : all) {
            Tree state = other.shared.getOrDefault(book, Tree.ofNull());
            if (other != this && other.client != null && !state.isNull()) {
              there.put(other.client.id(), state);
            }
          }
          if (subject.shares() && !desk.presence().equals(there)) {
            String mistake = "%s sees %s in %s, where there is %s. ";
            mistakes.append(mistake.formatted(name, desk.presence(), book.document(), there));
          }
        });
    return mistakes.toString();
  }

  private void died() {
    desks.values().forEach(Desk::died);
    client = null;
    breakLink();
    if (backup != null && world.chance.strikes(Fault.OLD_OUTBOX, 0.3)) {
      world.note(name, "is set back to an older disk", "");
      machine.disk.restore(backup);
      hasToLook = true;
      world.setBack();
      books.forEach(book -> book.setBack(name));
    }
  }

  /** Makes a copy of the disk to come back to, while nothing is pending. */
  void makeBackup() {
    if (isQuiet()) {
      backup = machine.disk.backup();
      world.note(name, "is backed up", "");
    }
  }

  /** What a network makes of the connections of a process that is no more. */
  private void breakLink() {
    switch (random.nextInt(3)) {
      case 0 -> link.cut();
      case 1 -> link.vanish();
      default -> link.abandon(Duration.ofMillis(random.nextInt(4_000)));
    }
  }

  /** Takes the client off the network on purpose, or ends it in an orderly way. */
  void pause() {
    Client now = client;
    if (now == null) {
      return;
    }
    if (random.nextBoolean()) {
      now.close();
      client = null;
      isClosed = true;
      machine.killLater(Duration.ofSeconds(2));
    } else {
      goAway(Duration.ofMillis(random.nextInt(5_000)));
    }
  }

  /** Takes the client off the network for a while. */
  void goAway(Duration pause) {
    if (client != null && !isClosed) {
      client.disconnect();
      world.later(pause, this::resume);
    }
  }

  /** Opens what is not open. */
  void openAll() {
    if (!isClosed) {
      books.forEach(this::open);
    }
  }

  /** Does what people do when they are told that they were sent away. */
  void insist() {
    if (client != null && client.isSentAway()) {
      client.reconnect();
    }
  }

  private void resume() {
    if (client != null) {
      client.reconnect();
    }
  }

  boolean isQuiet() {
    return machine.isUp()
        && client != null
        && client.live().unsettled().isEmpty()
        && desks.values().stream().allMatch(Desk::isQuiet);
  }

  /** Returns what is seen of a document; null if it is not open. */
  @Nullable Object view(Book book) {
    Desk desk = desks.get(book);
    return desk == null ? null : desk.view();
  }

  Desk desk(Book book) {
    return Objects.requireNonNull(desks.get(book), "an open document");
  }

  /** Tells the books what is kept as refused. */
  void tellDead() {
    desks.values().forEach(Desk::tellDead);
  }

  String standing() {
    StringBuilder standing = new StringBuilder(name + (machine.isUp() ? "" : " (down)"));
    desks.forEach(
        (book, desk) ->
            standing.append("\n    ").append(book.document()).append(": ").append(desk.standing()));
    if (client != null) {
      standing.append("\n    not settled: ").append(client.live().unsettled());
    }
    return standing.toString();
  }
}
