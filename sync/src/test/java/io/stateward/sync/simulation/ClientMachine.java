package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.simulation.Subject.Client;
import io.stateward.sync.simulation.Subject.Ledger;
import io.stateward.sync.simulation.Subject.Ticket;
import io.stateward.sync.transport.MemoryLink;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A client, and the person who edits with it. */
final class ClientMachine {

  final Machine machine;
  final MemoryLink link;
  private final World world;
  private final String name;
  private final Subject subject;
  private final List<LedgerBook> books;
  private final Random random;
  private final Map<LedgerBook, Ledger> ledgers = new LinkedHashMap<>();
  private final Map<String, Submitted> unstored = new HashMap<>();
  private @Nullable Client client;

  /** A change whose fate is open. */
  private record Submitted(LedgerBook book, Ticket ticket) {}

  ClientMachine(World world, String name, Subject subject, List<LedgerBook> books) {
    this.world = world;
    this.name = name;
    this.subject = subject;
    this.books = books;
    random = world.scheduler.random;
    link = world.network.link(name);
    machine = new Machine(world, name, this::program, this::died);
  }

  private void program(SimulatedProcess process) {
    ledgers.clear();
    process.onGivenUp(() -> world.later(Duration.ofSeconds(5), process::kill));
    client = subject.client(process, machine.disk, process.guarded(world.network.transport(name)));
    for (LedgerBook book : books) {
      ledgers.put(book, client.ledger(book.document()));
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
    LedgerBook book = books.get(random.nextInt(books.size()));
    Ledger ledger = ledgers.get(book);
    if (ledger != null) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        add(book, ledger);
      }
    }
  }

  private void add(LedgerBook book, Ledger ledger) {
    String token = book.next(name);
    Tree change = LedgerType.add(token);
    int kind = random.nextInt(20);
    if (kind < 3) {
      change = change.with("/must", Tree.of(ledger.replica().view().size()));
    } else if (kind == 3) {
      change = change.with("/" + LedgerType.POISON, Tree.of(true));
    }
    world.note(name, "adds ", change.toJson());
    Ticket ticket = ledger.submit(change);
    unstored.put(token, new Submitted(book, ticket));
    ticket.whenSettled(
        outcome -> {
          world.note(name, "is told of " + token + ": ", outcome.toString());
          book.settled(token, outcome);
        });
  }

  private void died() {
    unstored.forEach(
        (token, submitted) -> {
          if (!submitted.ticket.isStored()) {
            submitted.book.perhapsLost(token);
          }
        });
    unstored.clear();
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
      ledgers.clear();
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
        && ledgers.size() == books.size()
        && ledgers.values().stream().allMatch(Ledger::isQuiet);
  }

  List<String> view(LedgerBook book) {
    Ledger ledger = ledgers.get(book);
    return ledger == null ? List.of() : ledger.replica().view();
  }

  /** Tells the books what is kept as refused. */
  void tellDead() {
    ledgers.forEach(
        (book, ledger) ->
            ledger.deadLetters().forEach(change -> book.dead(LedgerType.token(change))));
  }

  String standing() {
    StringBuilder standing = new StringBuilder(name + (machine.isUp() ? "" : " (down)"));
    ledgers.forEach(
        (book, ledger) ->
            standing
                .append("\n    ")
                .append(book.document())
                .append(": ")
                .append(ledger.standing())
                .append(", tokens ")
                .append(ledger.replica().view().size()));
    return standing.toString();
  }
}
