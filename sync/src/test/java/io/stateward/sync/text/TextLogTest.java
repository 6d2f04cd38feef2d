package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.sync.text.TextLog.Added;
import org.junit.jupiter.api.Test;

final class TextLogTest {

  private static final int[] START = {};

  private final TextLog log = TextLog.create();

  private int add(String agent, int[] parents, TextDelta operation) {
    return log.add(agent, parents, operation).index();
  }

  private static int[] version(int... events) {
    return events;
  }

  @Test
  void add_concurrentEdits_returnsWhatTheyChangeHere() {
    int hello = add("ada", new int[] {}, TextDelta.insert(0, "Hello"));
    add("ada", new int[] {hello}, TextDelta.insert(5, " world"));
    Added theirs = log.add("bob", new int[] {hello}, TextDelta.insert(5, "!"));

    assertThat(theirs.change()).isEqualTo(TextDelta.insert(11, "!"));
    assertThat(theirs.index()).isEqualTo(2);
    assertThat(log.version()).containsExactly(1, 2);
    assertThat(log.length()).isEqualTo(12);
  }

  @Test
  void add_onWhatIsHere_changesWhatItSays() {
    TextDelta operation = TextDelta.builder().insert("x").retain(1).delete(2).build();
    add("ada", START, TextDelta.insert(0, "abc"));

    assertThat(log.add("bob", log.version(), operation).change()).isSameAs(operation);
    assertThat(log.operation(1)).isEqualTo(operation);
  }

  @Test
  void add_bothDeleteTheSame_deletesItOnce() {
    add("ada", START, TextDelta.insert(0, "abcd"));
    add("ada", version(0), TextDelta.delete(1, 2));

    Added theirs = log.add("bob", version(0), TextDelta.delete(0, 3));

    assertThat(theirs.change()).isEqualTo(TextDelta.delete(0, 1));
    assertThat(log.length()).isEqualTo(1);
  }

  @Test
  void add_parentsOfWhichSomeAreKnownToOthers_keepsTheHeads() {
    add("ada", START, TextDelta.insert(0, "a"));
    add("ada", version(0), TextDelta.insert(1, "b"));
    add("bob", version(0), TextDelta.insert(1, "c"));

    add("ada", version(2, 0, 1, 2), TextDelta.empty());

    assertThat(log.parents(3)).containsExactly(1, 2);
    assertThat(log.version()).containsExactly(3);
  }

  @Test
  void add_unknownParent_isRefusedAndChangesNothing() {
    add("ada", START, TextDelta.insert(0, "a"));

    for (int[] parents : new int[][] {{1}, {-1}, {0, 7}}) {
      assertThatThrownBy(() -> log.add("bob", parents, TextDelta.empty()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "is unknown: this log knows [], the start, and the events from 0 to 0");
    }
    assertThat(log.size()).isEqualTo(1);
  }

  @Test
  void add_operationLongerThanTheText_isRefusedAndChangesNothing() {
    add("ada", START, TextDelta.insert(0, "abc"));
    add("ada", version(0), TextDelta.insert(3, "def"));
    add("bob", version(0), TextDelta.delete(0, 1));

    assertThatThrownBy(() -> log.add("bob", version(2), TextDelta.delete(2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The edit is about a text of at least 3 code points, but that of version [2] has 2;"
                + " it was made in another version.");
    assertThatThrownBy(() -> log.add("bob", log.version(), TextDelta.insert(6, "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 6 code points, but that of version [1, 2] has 5");
    assertThat(log.size()).isEqualTo(3);
    assertThat(log.version()).containsExactly(1, 2);
    assertThat(log.add("bob", version(2), TextDelta.insert(2, "!")).change())
        .isEqualTo(TextDelta.insert(5, "!"));
  }

  @Test
  void add_insertBesideDelete_isTheSameOnEitherSide() {
    var before = TextDelta.builder().retain(1).insert("X").delete(2).build();
    var after = TextDelta.builder().retain(1).delete(2).insert("X").build();
    for (TextDelta operation : new TextDelta[] {before, after}) {
      TextLog each = TextLog.create();
      each.add("ada", START, TextDelta.insert(0, "abcd"));
      each.add("bob", version(0), TextDelta.insert(2, "-"));

      TextDelta change = each.add("cy", version(0), operation).change();

      assertThat(change.apply("ab-cd")).isEqualTo("aX-d");
    }
  }

  @Test
  void startingAt_textWithoutHistory_mergesAfterIt() {
    TextLog later = TextLog.startingAt(40, 10);

    int mine = later.add("ada", version(39), TextDelta.insert(10, "!")).index();
    TextDelta theirs = later.add("bob", version(39), TextDelta.delete(0, 4)).change();

    assertThat(mine).isEqualTo(40);
    assertThat(theirs).isEqualTo(TextDelta.delete(0, 4));
    assertThat(later.parents(41)).containsExactly(39);
    assertThat(later.length()).isEqualTo(7);
    assertThatThrownBy(() -> later.add("cy", START, TextDelta.empty()))
        .hasMessageContaining(
            "Version [] is unknown: this log knows [39], its start, and the events from 40 to 41");
    assertThatThrownBy(() -> later.add("cy", version(38), TextDelta.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void startingAt_zero_knowsItsStartAsNoEvents() {
    TextLog later = TextLog.startingAt(0, 3);

    assertThat(later.version()).isEmpty();
    assertThat(later.add("ada", START, TextDelta.delete(0, 3)).index()).isZero();
    assertThat(later.length()).isZero();
    assertThatThrownBy(() -> TextLog.startingAt(-1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void versionAt_concurrentEvents_isAllUpToThere() {
    add("ada", START, TextDelta.insert(0, "a"));
    add("ada", version(0), TextDelta.insert(0, "b"));
    add("bob", version(0), TextDelta.insert(0, "c"));
    add("bob", version(1, 2), TextDelta.insert(0, "d"));

    assertThat(log.versionAt(1)).containsExactly(1);
    assertThat(log.versionAt(2)).containsExactly(1, 2);
    assertThat(log.versionAt(3)).containsExactly(3);
    assertThat(log.contains(version(2), 1)).isFalse();
    assertThat(log.contains(version(2), 0)).isTrue();
    assertThat(log.difference(version(3), version(1))).containsExactly(2, 3);
    assertThat(log.difference(version(1), version(3))).isEmpty();
    assertThat(log.criticalBefore(2)).isZero();
    assertThat(log.criticalBefore(3)).isEqualTo(3);
    assertThat(log.criticalBefore(-1)).isEqualTo(-1);
    assertThatThrownBy(() -> log.versionAt(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no event 4: this log has the events from 0 to 3.");
  }

  @Test
  void trimBefore_versionThatIsNotCritical_isRefused() {
    add("ada", START, TextDelta.insert(0, "a"));
    add("ada", version(0), TextDelta.insert(0, "b"));
    add("bob", version(0), TextDelta.insert(0, "c"));

    assertThatThrownBy(() -> log.trimBefore(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Events before 2 cannot be forgotten, for others do not know event 1; those before 1 can be.");
    log.trimBefore(1);

    assertThat(log.first()).isEqualTo(1);
    assertThat(log.parents(2)).containsExactly(0);
    assertThat(log.changeSince(version(0)).apply("a")).isEqualTo("bca");
    assertThatThrownBy(() -> log.agent(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void trimBefore_size_forgetsAll() {
    add("ada", START, TextDelta.insert(0, "abc"));

    log.trimBefore(log.size());

    assertThat(log.first()).isEqualTo(1);
    assertThat(log.version()).containsExactly(0);
    assertThat(log.add("bob", version(0), TextDelta.delete(1, 2)).index()).isEqualTo(1);
  }

  @Test
  void changeSince_olderVersion_isOneEdit() {
    add("ada", START, TextDelta.insert(0, "Hello"));
    add("ada", version(0), TextDelta.insert(5, " world"));
    add("bob", version(0), TextDelta.replace(0, 5, "Bye"));

    assertThat(log.changeSince(version(1)).apply("Hello world")).isEqualTo("Bye world");
    assertThat(log.changeSince(version(2)).apply("Bye")).isEqualTo("Bye world");
    assertThat(log.changeSince(START).apply("")).isEqualTo("Bye world");
    assertThat(log.changeSince(log.version())).isEqualTo(TextDelta.empty());
  }
}
