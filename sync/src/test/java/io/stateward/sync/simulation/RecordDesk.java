package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.TreeObject;
import io.stateward.signal.Versioned;
import io.stateward.store.WriteResult;
import io.stateward.sync.client.RecordDocument;
import io.stateward.sync.record.RecordChange;
import io.stateward.sync.record.RecordLimits;
import io.stateward.sync.record.RecordState;
import io.stateward.sync.simulation.Deeds.Deed;
import io.stateward.sync.simulation.Subject.Outcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Changes a record in all ways that there are. Each change has a number that no other has. */
final class RecordDesk implements Desk {

  private static final TreeCodec<RecordChange> FORM = RecordChange.codec(RecordLimits.unlimited());

  private final World world;
  private final String name;
  private final RecordBook book;
  private final Subject.Client client;
  private final RecordDocument<Tree> record;
  private final Random random;

  RecordDesk(World world, String name, RecordBook book, Subject.Client client) {
    this.world = world;
    this.name = name;
    this.book = book;
    this.client = client;
    record = client.live().record(book.document());
    random = world.scheduler.random;
  }

  @Override
  public void edit() {
    for (int i = random.nextInt(3); i >= 0; i--) {
      make(change(Tree.of("#" + book.next() + "#")));
    }
  }

  private RecordChange change(Tree token) {
    RecordChange marked = new RecordChange.Set("/a", token);
    Versioned<@Nullable Tree> seen = record.read();
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 ->
          new RecordChange.All(
              List.of(
                  new RecordChange.Increment("/n", BigDecimal.valueOf(1 + random.nextInt(9))),
                  marked));
      case 4 -> new RecordChange.Include("/s", token);
      case 5 -> new RecordChange.All(List.of(new RecordChange.Exclude("/s", some(seen)), marked));
      case 6 -> new RecordChange.Put(next(seen, token), null);
      case 7 -> new RecordChange.Put(next(seen, token), seen.version());
      case 8 -> new RecordChange.All(List.of(marked, new RecordChange.Include("/s", token)));
      default -> sometimesDelete(marked, seen);
    };
  }

  private RecordChange sometimesDelete(RecordChange marked, Versioned<@Nullable Tree> seen) {
    return random.nextInt(4) == 0
        ? new RecordChange.All(
            List.of(
                new RecordChange.Put(next(seen, ((RecordChange.Set) marked).value()), null),
                new RecordChange.Delete(random.nextBoolean() ? null : seen.version())))
        : marked;
  }

  /** Returns an element of the set, or one that is in none. */
  private Tree some(Versioned<@Nullable Tree> seen) {
    Tree value = seen.value();
    List<Tree> elements =
        value == null
            ? List.of()
            : value.find("/s").map(array -> array.asArray().elements()).orElse(List.of());
    return elements.isEmpty() ? Tree.of("none") : elements.get(random.nextInt(elements.size()));
  }

  private Tree next(Versioned<@Nullable Tree> seen, Tree token) {
    Tree value = seen.value();
    TreeObject before = value == null ? Tree.object() : value.asObject();
    return before.plus("a", token);
  }

  private void make(RecordChange change) {
    String form = FORM.toTree(change).toJson();
    CompletableFuture<WriteResult<Tree>> result = record.change(change).toCompletableFuture();
    world.note(name, result.isDone() ? "may not " : "changes ", form);
    if (!result.isDone()) { // else it is refused here, and nothing has happened
      Deed deed = book.deeds.add(name, form);
      result.thenAccept(told -> told(deed, told));
    }
  }

  private void told(Deed deed, WriteResult<Tree> result) {
    if (result instanceof WriteResult.Conflict<Tree> conflict) {
      book.conflicts(deed.mark, conflict.current());
    }
    Outcome outcome =
        result.<@Nullable Outcome>fold(
            saved -> Outcome.DURABLE,
            conflict -> Outcome.REFUSED,
            () -> null, // it was refused, or took place and somebody deleted it after that
            Outcome::ofReason,
            () -> Outcome.SUPERSEDED,
            failure -> Outcome.REFUSED);
    if (outcome != null) {
      book.deeds.told(deed, outcome);
    }
  }

  long sequence() {
    return Channels.sequence(record.channel());
  }

  /** Returns what shows, which is what the hub has if nothing is pending. */
  Tree confirmed() {
    return RecordState.codec().toTree(record.state().get());
  }

  @Override
  public Object view() {
    return confirmed();
  }

  @Override
  public void share(Tree state) {
    record.channel().share(state);
  }

  @Override
  public Map<String, Tree> presence() {
    return record.channel().presence().get();
  }

  @Override
  public boolean isQuiet() {
    return Channels.isQuiet(record.channel());
  }

  @Override
  public String standing() {
    return record.channel().status().get() + ": " + confirmed().toJson();
  }

  @Override
  public void died() {
    book.deeds.died(name, client.disk());
  }

  @Override
  public void tellDead() {
    Channels.letters(record.channel())
        .forEach((change, unknown) -> book.deeds.dead(name, change, unknown));
  }
}
