package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * {@link TextLog} against {@link SimpleTextLog} on random histories. A longer run: {@code
 * -Dstateward.text.histories=100000}.
 */
final class TextLogOracleTest {

  private static final int HISTORIES = Integer.getInteger("stateward.text.histories", 1_500);

  @Test
  void add_randomHistories_everyChangeLeadsToTheTextOfTheOracle() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      var oracle = new SimpleTextLog();
      var log = TextLog.create();
      String text = "";

      for (RandomHistory.Event event : RandomHistory.of(seed)) {
        oracle.add(event.agent(), event.parents(), event.operation());
        TextLog.Added added = log.add(event.agent(), event.parents(), event.operation());
        text = added.change().apply(text);

        assertThat(text).as("seed %d, event %d", seed, added.index()).isEqualTo(oracle.text());
        assertThat(log.length()).isEqualTo(text.codePointCount(0, text.length()));
      }
      assertThat(log.size()).isEqualTo(oracle.size());
    }
  }

  @Test
  void add_longBranchesInTurns_everyChangeLeadsToTheTextOfTheOracle() {
    for (int seed = 0; seed < 12; seed++) {
      var shape = new RandomHistory.Shape(2 + seed % 6, 120, true, 40);
      var oracle = new SimpleTextLog();
      var log = TextLog.create();
      String text = "";

      for (RandomHistory.Event event : RandomHistory.of(seed, shape)) {
        oracle.add(event.agent(), event.parents(), event.operation());
        text = log.add(event.agent(), event.parents(), event.operation()).change().apply(text);

        assertThat(text).as("seed %d, event %d", seed, log.size() - 1).isEqualTo(oracle.text());
      }
    }
  }

  @Test
  void accessors_randomHistories_giveBackWhatWasAdded() {
    for (int seed = 0; seed < HISTORIES / 10; seed++) {
      List<RandomHistory.Event> events = RandomHistory.of(seed);
      SimpleTextLog oracle = Logs.oracle(events);
      TextLog log = Logs.log(events);
      var upTo = new BitSet();

      for (int i = 0; i < events.size(); i++) {
        RandomHistory.Event event = events.get(i);
        String before = oracle.textAt(oracle.history(event.parents()));
        upTo.set(i);

        assertThat(log.agent(i)).isEqualTo(event.agent());
        assertThat(log.parents(i)).as("seed %d, event %d", seed, i).isEqualTo(event.parents());
        assertThat(log.operation(i).apply(before)).isEqualTo(event.operation().apply(before));
        assertThat(log.versionAt(i)).as("seed %d, at %d", seed, i).isEqualTo(oracle.heads(upTo));
      }
      assertThat(log.version()).isEqualTo(oracle.heads(upTo));
    }
  }

  @Test
  void versions_randomHistories_areComparedAsSetsAre() {
    for (int seed = 0; seed < HISTORIES / 10; seed++) {
      List<RandomHistory.Event> events = RandomHistory.of(seed);
      SimpleTextLog oracle = Logs.oracle(events);
      TextLog log = Logs.log(events);
      Random random = new Random(seed);

      for (int i = 0; i < 20; i++) {
        BitSet one = someVersion(oracle, random);
        BitSet other = someVersion(oracle, random);
        int[] version = oracle.heads(one);
        int event = random.nextInt(events.size());
        BitSet difference = (BitSet) one.clone();
        difference.andNot(other);

        assertThat(log.contains(version, event)).isEqualTo(one.get(event));
        assertThat(log.difference(version, oracle.heads(other)))
            .isEqualTo(difference.stream().toArray());
        assertThat(log.changeSince(version).apply(oracle.textAt(one)))
            .as("seed %d, since %s", seed, one)
            .isEqualTo(oracle.text());
        assertThat(log.criticalBefore(event)).isEqualTo(criticalBefore(oracle, event));
      }
    }
  }

  private static BitSet someVersion(SimpleTextLog oracle, Random random) {
    BitSet version = new BitSet();
    for (int heads = random.nextInt(4); heads > 0; heads--) {
      version.or(oracle.history(random.nextInt(oracle.size())));
    }
    return version;
  }

  private static int criticalBefore(SimpleTextLog oracle, int event) {
    for (int critical = event; critical >= 0; critical--) {
      boolean isCritical = oracle.history(critical).cardinality() == critical + 1;
      for (int later = critical; later < oracle.size(); later++) {
        isCritical &= oracle.history(later).get(critical);
      }
      if (isCritical) {
        return critical;
      }
    }
    return -1;
  }

  @Test
  void trimBefore_whileEventsCome_changesNoResult() {
    int trimmed = 0;
    for (int seed = 0; seed < HISTORIES / 3; seed++) {
      List<RandomHistory.Event> events = RandomHistory.of(seed);
      TextLog whole = Logs.log(events);
      TextLog log = TextLog.create();
      TextLog untrimmed = TextLog.create();
      Random random = new Random(seed);

      for (RandomHistory.Event event : events) {
        var added = log.add(event.agent(), event.parents(), event.operation());
        var expected = untrimmed.add(event.agent(), event.parents(), event.operation());
        int keep = whole.criticalBefore(added.index()) + 1; // nobody will go back behind it
        if (random.nextInt(3) == 0 && keep > log.first()) {
          log.trimBefore(keep);
          trimmed++;
        }

        assertThat(added).as("seed %d", seed).isEqualTo(expected);
        assertThat(log.version()).isEqualTo(untrimmed.version());
      }
      for (int i = log.first(); i < log.size(); i++) {
        assertThat(log.agent(i)).isEqualTo(whole.agent(i));
        assertThat(log.parents(i)).isEqualTo(whole.parents(i));
        assertThat(log.operation(i)).isEqualTo(whole.operation(i));
      }
    }
    assertThat(trimmed).isGreaterThan(HISTORIES / 20);
  }
}
