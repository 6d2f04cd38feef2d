package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
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
}
