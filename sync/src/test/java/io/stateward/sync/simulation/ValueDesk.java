package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.store.WriteResult;
import io.stateward.sync.client.ReplicatedDocument;
import io.stateward.sync.crdt.Replicated;
import io.stateward.sync.simulation.Deeds.Deed;
import io.stateward.sync.simulation.Subject.Outcome;
import java.util.Map;
import java.util.Random;

/**
 * Changes a replicated value.
 *
 * @param <S> the type of the value
 */
final class ValueDesk<S extends Replicated<S>> implements Desk {

  private final World world;
  private final String name;
  private final ValueBook<S> book;
  private final Subject.Client client;
  private final ReplicatedDocument<S> document;
  private final Random random;
  private boolean refused; // then what was made after that has other forms

  ValueDesk(
      World world,
      String name,
      ValueBook<S> book,
      Subject.Client client,
      ReplicatedDocument<S> document) {
    this.world = world;
    this.name = name;
    this.book = book;
    this.client = client;
    this.document = document;
    random = world.scheduler.random;
  }

  @Override
  public void edit() {
    for (int i = random.nextInt(3); i >= 0; i--) {
      editOnce();
    }
  }

  private void editOnce() {
    S before = document.now();
    ValueBook.Change<S> change = book.change(before, client.id());
    String form = book.form(change.value().since(before));
    if (before.includes(change.value())) {
      return;
    }
    world.note(name, "changes ", book.document() + ": " + change.meaning());
    Deed deed = book.deeds.add(name, change.mark().isEmpty() ? form : change.mark());
    book.made(deed, change.meaning());
    document.change((value, replica) -> change.value()).thenAccept(result -> told(deed, result));
  }

  private void told(Deed deed, WriteResult<S> result) {
    Outcome outcome =
        result.fold(
            saved -> Outcome.DURABLE,
            conflict -> Outcome.REFUSED,
            () -> Outcome.REFUSED,
            Outcome::ofReason,
            () -> Outcome.SUPERSEDED,
            failure -> Outcome.REFUSED);
    refused |= outcome != Outcome.DURABLE;
    book.deeds.told(deed, outcome);
  }

  long sequence() {
    return Channels.sequence(document.channel());
  }

  S value() {
    return document.now();
  }

  @Override
  public Object view() {
    return value();
  }

  @Override
  public void share(Tree state) {
    document.channel().share(state);
  }

  @Override
  public Map<String, Tree> presence() {
    return document.channel().presence().get();
  }

  @Override
  public boolean isQuiet() {
    return Channels.isQuiet(document.channel());
  }

  @Override
  public String standing() {
    return document.channel().status().get() + ": " + value();
  }

  @Override
  public void died() {
    if (refused) {
      book.deeds.becomeUncertain(name);
    }
    book.deeds.died(name, client.disk());
  }

  @Override
  public void tellDead() {
    if (!Channels.letters(document.channel()).isEmpty()) {
      book.deeds.becomeUncertain(name);
    }
  }
}
