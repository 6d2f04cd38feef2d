package io.stateward.sync.text;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Two people in one text in which no character is there twice, so each can be followed: who wrote
 * it, who deleted it, what it stood before.
 */
final class TextUndoPropertyTest {

  private static final int FIRST = 0x1F600; // no surrogates from here on

  @Property(seed = "4001", tries = 2_000)
  void undoOfEverything_leavesExactlyWhatTheOthersMade(@ForAll("steps") List<Step> steps) {
    Session session = new Session();

    steps.forEach(session::run);
    session.undoAll();

    assertThat(session.characters()).isEqualTo(session.othersAlone);
    assertThat(session.undo.canUndo()).isFalse();
  }

  @Property(seed = "4002", tries = 2_000)
  void redoOfEverything_bringsBackTheText(@ForAll("steps") List<Step> steps) {
    Session session = new Session();
    steps.forEach(session::run);
    Text before = session.text;
    int undone = session.undoAll();

    int redone = 0;
    while (redone < undone && session.redo()) {
      redone++;
    }

    assertThat(redone).isEqualTo(undone);
    assertThat(session.text).isEqualTo(before);
  }

  @Property(seed = "4003", tries = 2_000)
  void redoAfterOthersEdited_removesNothingOfTheirs(
      @ForAll("steps") List<Step> steps, @ForAll("steps") List<Step> after) {
    Session session = new Session();
    steps.forEach(session::run);
    session.undoAll();
    after.stream().filter(step -> step.what == What.THEIRS).forEach(session::run);

    while (session.undo.canRedo()) {
      session.redo();
    }

    Set<Integer> missing = new HashSet<>(session.othersAlone);
    missing.removeAll(session.deletedByMe);
    missing.removeAll(session.characters());
    Set<Integer> backAgain = new HashSet<>(session.deletedByOthers);
    backAgain.retainAll(session.characters());
    assertThat(missing).isEmpty();
    assertThat(backAgain).isEmpty();
  }

  @Property(seed = "4004", tries = 300)
  void charactersKeepTheirOrder_whateverIsUndone(@ForAll("steps") List<Step> steps) {
    Session session = new Session();
    Set<Long> ordered = new HashSet<>(); // pairs of which the first was before the second

    for (Step step : steps) {
      session.run(step);
      List<Integer> there = session.text.toString().codePoints().boxed().toList();
      for (int index = 0; index < there.size(); index++) {
        for (int later = index + 1; later < there.size(); later++) {
          ordered.add(pair(there.get(index), there.get(later)));
          assertThat(ordered).doesNotContain(pair(there.get(later), there.get(index)));
        }
      }
    }
  }

  private static long pair(int first, int second) {
    return (long) first << 32 | second;
  }

  /** One person's undo, and what would be in the text without that person. */
  private static final class Session {
    private final VirtualTimekeeper time = VirtualTimekeeper.create();
    private final TextUndo undo = TextUndo.of(time, Duration.ofMillis(100), 1_000);
    private final Set<Integer> othersAlone = new HashSet<>();
    private final Set<Integer> deletedByOthers = new HashSet<>();
    private final Set<Integer> deletedByMe = new HashSet<>();
    private int next = FIRST;
    private Text text = Text.empty();

    Session() {
      text = Text.of(fresh(8));
      othersAlone.addAll(characters());
    }

    void run(Step step) {
      time.advance(Duration.ofMillis(step.pause));
      switch (step.what) {
        case MINE -> mine(step);
        case THEIRS -> theirs(step);
        case UNDO -> undo();
        case REDO -> redo();
        default -> undo.boundary();
      }
    }

    private void mine(Step step) {
      TextDelta delta = delta(step);
      undo.mine(delta, text);
      Text before = text;
      text = text.apply(delta);
      deletedByMe.addAll(without(characters(before), characters(text)));
    }

    private void theirs(Step step) {
      TextDelta delta = delta(step);
      Set<Integer> before = characters();
      undo.theirs(delta);
      text = text.apply(delta);
      othersAlone.addAll(without(characters(), before));
      Set<Integer> deleted = without(before, characters());
      othersAlone.removeAll(deleted);
      deletedByOthers.addAll(deleted);
    }

    /** Two places at most, each with something inserted and something deleted. */
    private TextDelta delta(Step step) {
      int first = (int) (step.place * text.length());
      int count = Math.min(step.deleted, text.length() - first);
      TextDelta delta = TextDelta.replace(first, count, fresh(step.inserted));
      int length = text.length() + delta.change();
      return step.twice && length > 0
          ? delta.compose(TextDelta.replace(length / 2, Math.min(1, length / 2), fresh(1)))
          : delta;
    }

    private boolean undo() {
      TextDelta delta = undo.undo(text);
      text = text.apply(delta);
      return !delta.isEmpty();
    }

    boolean redo() {
      TextDelta delta = undo.redo(text);
      text = text.apply(delta);
      return !delta.isEmpty();
    }

    int undoAll() {
      int undone = 0;
      while (undo()) {
        undone++;
      }
      return undone;
    }

    private String fresh(int count) {
      StringBuilder made = new StringBuilder();
      for (int index = 0; index < count; index++) {
        made.appendCodePoint(next++);
      }
      return made.toString();
    }

    Set<Integer> characters() {
      return characters(text);
    }

    private static Set<Integer> characters(Text text) {
      return text.toString().codePoints().boxed().collect(toSet());
    }

    private static Set<Integer> without(Set<Integer> some, Set<Integer> others) {
      Set<Integer> left = new HashSet<>(some);
      left.removeAll(others);
      return left;
    }
  }

  enum What {
    MINE,
    THEIRS,
    UNDO,
    REDO,
    BOUNDARY
  }

  record Step(What what, double place, int deleted, int inserted, boolean twice, int pause) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<What> what =
        Arbitraries.of(
            What.MINE, What.MINE, What.THEIRS, What.THEIRS, What.UNDO, What.REDO, What.BOUNDARY);
    return Combinators.combine(
            what,
            Arbitraries.doubles().between(0, 1),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 150))
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }
}
