package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.simulation.Subject.Ledger;
import io.stateward.sync.simulation.Subject.Ticket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Adds to a ledger, and says now and then what must be so or what cannot be taken in. */
final class LedgerDesk implements Desk {

  private final World world;
  private final String name;
  private final LedgerBook book;
  private final Ledger ledger;
  private final Random random;
  private final Map<String, Ticket> tickets = new LinkedHashMap<>();

  LedgerDesk(World world, String name, LedgerBook book, Ledger ledger) {
    this.world = world;
    this.name = name;
    this.book = book;
    this.ledger = ledger;
    random = world.scheduler.random;
  }

  @Override
  public void edit() {
    for (int i = random.nextInt(3); i >= 0; i--) {
      add();
    }
  }

  private void add() {
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
    tickets.put(token, ticket);
    ticket.whenSettled(
        outcome -> {
          world.note(name, "is told of " + token + ": ", outcome.toString());
          book.settled(token, outcome);
        });
  }

  @Override
  public List<String> view() {
    return ledger.replica().view();
  }

  @Override
  public void share(Tree state) {
    ledger.channel().share(state);
  }

  @Override
  public Map<String, Tree> presence() {
    return ledger.channel().presence().get();
  }

  @Override
  public boolean isQuiet() {
    return ledger.isQuiet();
  }

  @Override
  public String standing() {
    return ledger.standing() + ", tokens " + view().size();
  }

  @Override
  public void died() {
    tickets.forEach(
        (token, ticket) -> {
          if (!ticket.isStored()) {
            book.perhapsLost(token);
          }
        });
  }

  @Override
  public void tellDead() {
    Channels.letters(ledger.channel())
        .forEach((change, unknown) -> book.dead(LedgerType.token(Tree.parse(change)), unknown));
  }
}
