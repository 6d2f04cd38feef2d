package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The naive model of a record: what each change makes of it in the order of the hub, and which of
 * them conflict.
 */
final class RecordBook implements Book {

  final Deeds deeds;
  private final World world;
  private final String document;
  private final Judgements judgements;
  private final TreeMap<Long, NaiveRecord> records = new TreeMap<>();
  private final Map<String, Set<Tree>> conflicts = new HashMap<>(); // what stood, by change
  private long next = 1;

  RecordBook(World world, String document) {
    this.world = world;
    this.document = document;
    deeds = new Deeds(world, document);
    judgements = world.judgements("record");
    judgements.witness(this::judged);
    records.put(0L, NaiveRecord.UNWRITTEN);
  }

  @Override
  public String document() {
    return document;
  }

  @Override
  public Desk open(SimulatedProcess process, Subject.Client client) {
    return new RecordDesk(world, process.name, this, client);
  }

  /** Returns a number that nobody has. */
  long next() {
    return next++;
  }

  private void judged(Mutation mutation, Verdict verdict) {
    NaiveRecord before = records.get(mutation.sequence() - 1);
    if (before == null) {
      return; // which was noted by who calls this
    }
    NaiveRecord.Result result = before.apply(mutation);
    if (verdict instanceof Verdict.Refused refused) {
      String change = mutation.change().toJson();
      conflicts.computeIfAbsent(change, c -> new HashSet<>()).add(before.told());
      if (!refused.code().equals(result.refusal()) || !before.told().equals(refused.current())) {
        fail("%s was refused as %s on %s".formatted(mutation, refused, before.told().toJson()));
      }
    } else {
      records.tailMap(mutation.sequence(), true).clear();
      records.put(mutation.sequence(), result.after());
      if (result.refusal() != null) {
        fail("%s was accepted on %s".formatted(mutation, before.told().toJson()));
      }
    }
  }

  /** A client was told that its change conflicts with a value. */
  void conflicts(String change, Tree value) {
    boolean stood =
        conflicts.getOrDefault(change, Set.of()).stream()
            .anyMatch(state -> state.find("/value").filter(value::equals).isPresent());
    if (!stood) {
      fail("%s is said to conflict with %s".formatted(change, value.toJson()));
    }
  }

  @Override
  public void setBack(String client) {
    deeds.setBack(client);
  }

  @Override
  public void check(Desk newcomer) {
    RecordDesk desk = (RecordDesk) newcomer;
    Tree model = records.floorEntry(desk.sequence()).getValue().told();
    if (!desk.confirmed().equals(model)) {
      fail("it is %s, and not %s".formatted(desk.confirmed().toJson(), model.toJson()));
    }
    List<String> changes =
        judgements.upTo(desk.sequence()).values().stream()
            .map(each -> each.asked().change().toJson())
            .toList();
    if (changes.size() != desk.sequence()) {
      fail("%d changes were accepted, and it is at %d".formatted(changes.size(), desk.sequence()));
    }
    deeds.check(changes);
  }

  private void fail(String what) {
    world.fail("Document " + document + ": " + what, null);
  }
}
