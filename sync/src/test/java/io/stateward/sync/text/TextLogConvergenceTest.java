package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Replicas that are given the same events in different orders. */
final class TextLogConvergenceTest {

  private static final int HISTORIES = Integer.getInteger("stateward.text.histories", 400);

  @Test
  void add_inEveryOrder_allReplicasHaveOneText() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      List<RandomHistory.Event> events = RandomHistory.ofPeople(seed);
      String expected = Logs.oracle(events).text();
      Random random = new Random(seed);

      for (int replica = 0; replica < 4; replica++) {
        String text = Logs.text(RandomHistory.shuffled(events, random));

        assertThat(text).as("seed %d, replica %d", seed, replica).isEqualTo(expected);
      }
    }
  }

  @Test
  void add_always_keepsOneOrderOfAllThatWasEverInserted() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      var events = RandomHistory.withUniqueCodePoints(RandomHistory.ofPeople(seed));
      String order = Logs.oracle(events).everInserted();
      var log = TextLog.create();
      String text = "";

      for (RandomHistory.Event event : RandomHistory.shuffled(events, new Random(seed))) {
        text = log.add(event.agent(), event.parents(), event.operation()).change().apply(text);

        assertThat(isSubsequence(text, order)).as("seed %d: %s of %s", seed, text, order).isTrue();
      }
    }
  }

  private static boolean isSubsequence(String text, String order) {
    int at = -1;
    for (int codePoint : text.codePoints().toArray()) {
      int found = order.indexOf(codePoint);
      if (found <= at) {
        return false;
      }
      at = found;
    }
    return true;
  }

  @Test
  void add_twoTypeAtOnePlace_theirWordsAreNotMixed() {
    for (String first : List.of("a", "z")) {
      var log = TextLog.create();
      log.add("base", new int[0], TextDelta.insert(0, "<>"));
      String text = typeAtOnce(log, first, "m", "<>");

      assertThat(text).isIn("<helloworld>", "<worldhello>");
      assertThat(text.startsWith("<hello")).as("names order them").isEqualTo(first.equals("a"));
    }
  }

  private static String typeAtOnce(TextLog log, String one, String other, String before) {
    String text = before;
    int mine = 0;
    int theirs = 0;
    for (int i = 0; i < 5; i++) {
      var typed = TextDelta.insert(1 + i, "hello".substring(i, i + 1));
      var added = log.add(one, new int[] {mine}, typed);
      mine = added.index();
      text = added.change().apply(text);
      typed = TextDelta.insert(1 + i, "world".substring(i, i + 1));
      added = log.add(other, new int[] {theirs}, typed);
      theirs = added.index();
      text = added.change().apply(text);
    }
    return text;
  }
}
