package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Histories that a merge which is quadratic somewhere does not get through: each takes well below a
 * second, and the time allowed is for a machine that has much else to do.
 */
@Timeout(60)
final class TextLogScaleTest {

  private static final int LENGTH = 20_000;

  private final TextLog log = TextLog.create();
  private final Random random = new Random(7);
  private final int start =
      log.add("start", new int[0], TextDelta.insert(0, "x".repeat(LENGTH))).index();

  private int insert(String agent, int parent, int position, String text) {
    return log.add(agent, new int[] {parent}, TextDelta.insert(position, text)).index();
  }

  @Test
  void add_longOfflineBranch_isMergedWithWhatOthersDid() {
    int remote = start;
    for (int i = 0; i < 10_000; i++) {
      remote = insert("remote", remote, random.nextInt(LENGTH), "r");
    }
    int mine = start;
    int length = LENGTH;
    for (int i = 0; i < 100_000; i++) {
      int at = random.nextInt(length);
      boolean deletes = i % 4 == 0;
      var operation = deletes ? TextDelta.delete(at, 1) : TextDelta.insert(at, "o");
      mine = log.add("offline", new int[] {mine}, operation).index();
      length += operation.change();
    }

    assertThat(log.version()).containsExactly(remote, mine);
    assertThat(log.length()).isEqualTo(length + 10_000);
  }

  @Test
  void add_twoOfflineBranchesInTurns_areMerged() {
    int one = start;
    int other = start;
    for (int i = 0; i < 30_000; i++) {
      one = insert("one", one, random.nextInt(LENGTH + i), "1");
      other = insert("other", other, random.nextInt(LENGTH + i), "2");
    }

    assertThat(log.length()).isEqualTo(LENGTH + 60_000);
  }

  @Test
  void add_deepHistoryOfMerges_needsNoStack() {
    int one = start;
    for (int i = 0; i < 100_000; i++) {
      int two = insert("two", one, 0, "2");
      int three = insert("three", one, 0, "3");
      one = log.add("one", new int[] {two, three}, TextDelta.delete(0, 2)).index();
    }
    TextDelta all = log.changeSince(new int[0]);

    assertThat(log.length()).isEqualTo(LENGTH);
    assertThat(all.change()).isEqualTo(LENGTH);
    assertThat(log.contains(log.version(), 1)).isTrue();
  }

  @Test
  void add_hugePasteCutManyTimes_isCutAtItsShorterEnds() {
    int paste = insert("paste", start, 0, "p".repeat(1_000_000));
    insert("other", start, 0, "o");
    for (int i = 0; i < 20_000; i++) {
      paste = insert("paste", paste, 1 + i * 2, "k");
    }

    assertThat(log.length()).isEqualTo(LENGTH + 1_020_001);
  }

  @Test
  void add_eventsFromTheStartNowAndThen_rebuildNoMoreThanTheyHaveTo() {
    for (int i = 0; i < 40_000; i++) {
      log.add("here", log.version(), TextDelta.insert(random.nextInt(LENGTH), "h"));
      if (i % 1_000 == 0) {
        insert("late", start, 0, "l");
      }
    }

    assertThat(log.length()).isEqualTo(LENGTH + 40_040);
  }
}
