package io.stateward.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Comparing two versions costs what differs: counted in calls of equals and in nodes. */
final class DiffCostTest {

  private static final int ENTRIES = 100_000;
  private static final int LEVELS = 8;

  private final AtomicInteger equalsCalls = new AtomicInteger();

  /** A value or key that counts how often it is compared. */
  private final class Counted {
    private final int number;

    Counted(int number) {
      this.number = number;
    }

    @Override
    public boolean equals(Object object) {
      equalsCalls.incrementAndGet();
      return object instanceof Counted other && number == other.number;
    }

    @Override
    public int hashCode() {
      return Integer.hashCode(number * 0x9E3779B9);
    }
  }

  @Test
  void diff_tenOfManyChanged_comparesTenValuesAndFewNodes() {
    MapBuilder<Counted, Counted> builder = PersistentMap.builder();
    List<Counted> keys = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      keys.add(new Counted(i));
      builder.put(keys.get(i), new Counted(i));
    }
    PersistentMap<Counted, Counted> before = builder.build();
    PersistentMap<Counted, Counted> after = before;
    for (int i = 0; i < 10; i++) {
      after = after.plus(keys.get(i * 9_999), new Counted(-1 - i));
    }
    equalsCalls.set(0);

    Diff<Counted, Counted> diff = after.diff(before);

    assertThat(diff.size()).isEqualTo(10);
    assertThat(equalsCalls).hasValue(10);
    assertThat(nodesNotIn(after, before)).isLessThanOrEqualTo(10 * LEVELS);
  }

  @Test
  void diff_equalValuesPutAgain_reportsNothing() {
    PersistentMap<Integer, Counted> before = numbered(ENTRIES);
    PersistentMap<Integer, Counted> after = before.plus(7, new Counted(7));
    equalsCalls.set(0);

    Diff<Integer, Counted> diff = after.diff(before);

    assertThat(after).isNotSameAs(before);
    assertThat(diff.isEmpty()).isTrue();
    assertThat(equalsCalls).hasValue(1);
  }

  @Test
  void equals_relatives_comparesOnlyWhatIsNotShared() {
    PersistentMap<Integer, Counted> before = numbered(ENTRIES);
    PersistentMap<Integer, Counted> after = before.plus(7, new Counted(7)).plus(8, new Counted(8));
    equalsCalls.set(0);

    boolean equal = after.equals(before);

    assertThat(equal).isTrue();
    assertThat(equalsCalls).hasValue(2);
  }

  @Test
  void changes_ofBuilder_visitsOnlyWhatWasTouched() {
    PersistentMap<Integer, Counted> before = numbered(ENTRIES);
    MapBuilder<Integer, Counted> builder = before.toBuilder();
    builder.put(1, new Counted(-1)).put(2, new Counted(2)).put(-5, new Counted(-5)).remove(3);
    equalsCalls.set(0);

    Diff<Integer, Counted> changes = builder.changes();

    assertThat(changes.keys()).containsExactlyInAnyOrder(1, -5, 3);
    assertThat(equalsCalls).hasValue(2);
  }

  @Test
  void splice_oneInsertedInMany_comparesOneLeaf() {
    PersistentVector<Counted> before = PersistentVector.copyOf(numbered(ENTRIES).values());
    PersistentVector<Counted> after = before.insert(ENTRIES / 2, new Counted(-1));
    equalsCalls.set(0);

    Splice<Counted> splice = after.diff(before);

    assertThat(splice.at()).isEqualTo(ENTRIES / 2);
    assertThat(splice.removed()).isEmpty();
    assertThat(splice.inserted()).hasSize(1);
    assertThat(equalsCalls.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void changedIndexes_fewSetInMany_comparesAsMany() {
    PersistentVector<Counted> before = PersistentVector.copyOf(numbered(ENTRIES).values());
    PersistentVector<Counted> after = before;
    for (int i = 0; i < 10; i++) {
      after = after.with(i * 9_999, new Counted(-1 - i));
    }
    List<Integer> indexes = new ArrayList<>();
    equalsCalls.set(0);

    PersistentVector.changedIndexes(before, after, indexes::add);

    assertThat(indexes).hasSize(10).allMatch(index -> index % 9_999 == 0);
    assertThat(equalsCalls).hasValue(10);
  }

  private PersistentMap<Integer, Counted> numbered(int size) {
    MapBuilder<Integer, Counted> builder = PersistentMap.builder();
    for (int i = 0; i < size; i++) {
      builder.put(i, new Counted(i));
    }
    return builder.build();
  }

  private static int nodesNotIn(PersistentMap<?, ?> map, PersistentMap<?, ?> other) {
    Set<MapNode> known = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(other.root(), known);
    int shared = known.size();
    collect(map.root(), known);
    return known.size() - shared;
  }

  private static void collect(MapNode node, Set<MapNode> nodes) {
    nodes.add(node);
    for (int i = node.entriesEnd(); i < node.content.length; i++) {
      collect(node.child(i), nodes);
    }
  }
}
