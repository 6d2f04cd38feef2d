package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
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
  private @Nullable Client client;
  private boolean isClosed;

  ClientMachine(World world, String name, Subject subject, List<Book> books) {
    this.world = world;
    this.name = name;
    this.subject = subject;
    this.books = books;
    random = world.scheduler.random;
    link = world.network.link(name);
    machine = new Machine(world, name, this::program, this::died);
  }

  private void program(SimulatedProcess process) {
    desks.clear();
    shared.clear();
    isClosed = false;
    process.onGivenUp(() -> world.later(Duration.ofSeconds(5), process::kill));
    client = subject.client(process, machine.disk, process.guarded(world.network.transport(name)));
    for (Book book : books) {
      desks.put(book, book.open(process, client));
    }
    act(process);
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
    if (desk == null || isClosed) {
      return;
    }
    if (subject.shares() && random.nextInt(8) == 0) {
      share(book, desk);
    } else {
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
      now.disconnect();
      world.later(Duration.ofMillis(random.nextInt(5_000)), this::resume);
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
        && desks.size() == books.size()
        && desks.values().stream().allMatch(Desk::isQuiet);
  }

  Object view(Book book) {
    Desk desk = desks.get(book);
    return desk == null ? name + " has not opened it" : desk.view();
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
    return standing.toString();
  }
}
