package io.stateward.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.merge.MergeResult.Merged;
import io.stateward.signal.Versioned;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules for values that are merged as a whole. */
final class ValueMergeTest {

  @Test
  void mineAndTheirs_bothChanged_takeTheirSide() {
    assertThat(Merge.<String>mine().merge("b", "m", "t")).isEqualTo(new Merged<>("m"));
    assertThat(Merge.<String>theirs().merge("b", "m", "t")).isEqualTo(new Merged<>("t"));
  }

  @Test
  void mine_onlyTheirsChanged_takesTheirs() {
    assertThat(Merge.<String>mine().merge("b", "b", "t")).isEqualTo(new Merged<>("t"));
  }

  @Test
  void undecided_bothChanged_isTheirsWithTheWholeAsConflict() {
    assertThat(Merge.<String>undecided().merge("b", "m", "t"))
        .isEqualTo(new MergeResult.Undecided<>("t", List.of(new FieldConflict("", "b", "m", "t"))));
  }

  @Test
  void undecided_noBase_isUndecidedUnlessBothAreEqual() {
    assertThat(Merge.<String>undecided().merge(null, "m", "t").fields())
        .containsExactly(new FieldConflict("", null, "m", "t"));
    assertThat(Merge.<String>undecided().merge(null, "x", "x")).isEqualTo(new Merged<>("x"));
  }

  @Test
  void undecided_equalArrays_areNoChange() {
    byte[] base = {1, 2};
    byte[] theirs = {3};

    assertThat(Merge.<byte[]>undecided().merge(base, base.clone(), theirs).value())
        .isSameAs(theirs);
  }

  @Test
  void latest_bothChanged_takesTheLater() {
    record Note(String text, long at) {}
    Merge<Note> merge = Merge.latest(Note::at);
    Note base = new Note("b", 1);

    assertThat(merge.merge(base, new Note("m", 3), new Note("t", 2)).value().text()).isEqualTo("m");
    assertThat(merge.merge(base, new Note("m", 2), new Note("t", 3)).value().text()).isEqualTo("t");
  }

  @Test
  void latest_sameTime_isUndecided() {
    record Note(String text, long at) {}
    Merge<Note> merge = Merge.latest(Note::at);

    assertThat(merge.merge(null, new Note("m", 2), new Note("t", 2)).fields()).hasSize(1);
  }

  @Test
  void latest_noTime_fails() {
    assertThatThrownBy(() -> Merge.<String, Long>latest(text -> null).merge("b", "m", "t"))
        .isInstanceOf(MergeFailedException.class)
        .hasMessageContaining("says not when it was written")
        .hasMessageContaining("Base was b, mine is m, theirs is t.");
  }

  @Test
  void maxAndMin_bothChanged_takeTheGreaterOrSmaller() {
    assertThat(Merge.<Integer>max().merge(5, 7, 6).value()).isEqualTo(7);
    assertThat(Merge.<Integer>max().merge(5, 6, 7).value()).isEqualTo(7);
    assertThat(Merge.<Integer>min().merge(5, 7, 6).value()).isEqualTo(6);
    assertThat(Merge.<Integer>min().merge(5, 6, 7).value()).isEqualTo(6);
  }

  @Test
  void max_neitherIsGreater_takesTheirs() {
    BigDecimal theirs = new BigDecimal("2.00");

    assertThat(Merge.<BigDecimal>max().merge(BigDecimal.ONE, new BigDecimal("2.0"), theirs).value())
        .isSameAs(theirs);
  }

  @Test
  void max_onlyOneSideChanged_takesThatSideEvenIfSmaller() {
    assertThat(Merge.<Integer>max().merge(5, 3, 5).value()).isEqualTo(3);
  }

  @Test
  void counter_bothAdded_addsBoth() {
    assertThat(Merge.counter().merge(10L, 12L, 9L).value()).isEqualTo(11L);
    assertThat(Merge.intCounter().merge(10, 12, 9).value()).isEqualTo(11);
  }

  @Test
  void counter_bothAddedTheSame_addsBoth() {
    assertThat(Merge.counter().merge(0L, 1L, 1L).value()).isEqualTo(2L);
    assertThat(Merge.counter().accumulates()).isTrue();
  }

  @Test
  void counter_intermediateSumTooLarge_isExact() {
    assertThat(Merge.counter().merge(Long.MAX_VALUE - 1, Long.MAX_VALUE, 5L).value()).isEqualTo(6L);
  }

  @Test
  void counter_sumTooLarge_failsWithTheValues() {
    assertThatThrownBy(() -> Merge.counter().merge(0L, Long.MAX_VALUE, 1L))
        .isInstanceOf(MergeFailedException.class)
        .hasCauseInstanceOf(ArithmeticException.class)
        .hasMessageContaining("Base was 0, mine is 9223372036854775807, theirs is 1.")
        .hasMessageContaining(
            "The count would be 9223372036854775808, which overflows its 64 bits");
    assertThatThrownBy(() -> Merge.intCounter().merge(0, Integer.MIN_VALUE, -1))
        .isInstanceOf(MergeFailedException.class)
        .hasMessageContaining("The count would be -2147483649, which overflows its 32 bits");
  }

  @Test
  void counter_noBase_isUndecided() {
    assertThat(Merge.counter().merge(null, 5L, 7L).fields())
        .containsExactly(new FieldConflict("", null, 5L, 7L));
    assertThat(Merge.intCounter().merge(null, 5, 5).isMerged()).isFalse();
  }

  @Test
  void set_bothChanged_hasTheChangesOfBoth() {
    Set<String> theirs = new LinkedHashSet<>(List.of("c", "a", "t"));

    MergeResult<Set<String>> result =
        Merge.<String>set()
            .merge(Set.of("a", "b", "c"), new LinkedHashSet<>(List.of("m", "b", "c")), theirs);

    assertThat(result.value()).containsExactly("c", "t", "m");
    assertThat(result.isMerged()).isTrue();
    assertThatThrownBy(() -> result.value().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void set_noBase_isTheUnion() {
    assertThat(Merge.<String>set().merge(null, Set.of("a"), Set.of("b")).value())
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void versioned_bothChanged_mergesTheValuesUnderTheirVersion() {
    Merge<Versioned<Long>> merge = Merge.versioned(Merge.counter());

    assertThat(merge.merge(new Versioned<>(5L, 1), new Versioned<>(6L, 1), new Versioned<>(6L, 4)))
        .isEqualTo(new Merged<>(new Versioned<>(7L, 4)));
  }

  @Test
  void versioned_onlyMineChanged_isMineUnderTheirVersion() {
    Merge<Versioned<String>> merge = Merge.versioned(Merge.undecided());

    assertThat(
            merge.merge(new Versioned<>("b", 1), new Versioned<>("m", 1), new Versioned<>("b", 3)))
        .isEqualTo(new Merged<>(new Versioned<>("m", 3)));
  }

  @Test
  void versioned_undecided_hasThePathOfTheValue() {
    Merge<Versioned<String>> merge = Merge.versioned(Merge.undecided());

    assertThat(merge.merge(null, new Versioned<>("m", 1), new Versioned<>("t", 3)))
        .isEqualTo(
            new MergeResult.Undecided<>(
                new Versioned<>("t", 3), List.of(new FieldConflict("", null, "m", "t"))));
  }

  @Test
  void whereBothChanged_onlyOneSideChanged_doesNotAskTheRule() {
    Merge<String> merge =
        Merge.whereBothChanged(
            (base, mine, theirs) -> {
              throw new AssertionError("asked");
            });

    assertThat(merge.merge("b", "m", "b").value()).isEqualTo("m");
    assertThat(merge.merge("b", "b", "t").value()).isEqualTo("t");
    assertThat(merge.merge("b", "x", "x").value()).isEqualTo("x");
  }

  @Test
  void whereBothChanged_ruleThrows_failsWithTheVersions() {
    Merge<String> merge =
        Merge.whereBothChanged(
            (base, mine, theirs) -> {
              throw new IllegalStateException("no idea");
            });

    assertThatThrownBy(() -> merge.merge("b", "m", "t"))
        .isInstanceOfSatisfying(
            MergeFailedException.class,
            failure -> {
              assertThat(failure.path()).isEmpty();
              assertThat(failure.base()).isEqualTo("b");
              assertThat(failure.mine()).isEqualTo("m");
              assertThat(failure.theirs()).isEqualTo("t");
              assertThat(failure).hasCauseInstanceOf(IllegalStateException.class);
            })
        .hasMessage(
            "Merging the value failed: the rule threw java.lang.IllegalStateException: no idea."
                + " Base was b, mine is m, theirs is t.");
  }

  @Test
  @SuppressWarnings("NullAway") // null is what is refused
  void whereBothChanged_ruleAnswersNull_fails() {
    Merge<String> merge = Merge.whereBothChanged((base, mine, theirs) -> null);

    assertThatThrownBy(() -> merge.merge("b", "m", "t"))
        .isInstanceOf(MergeFailedException.class)
        .hasMessageContaining("A merge answered null. Return a MergeResult.");
  }

  @Test
  void whereBothChanged_ruleHitsAnError_letsItPass() {
    Merge<String> merge =
        Merge.whereBothChanged(
            (base, mine, theirs) -> {
              throw new StackOverflowError();
            });

    assertThatThrownBy(() -> merge.merge("b", "m", "t")).isInstanceOf(StackOverflowError.class);
  }

  @Test
  void failure_hugeOrUnprintableValues_areCutShort() {
    Object unprintable =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException();
          }
        };
    Merge<Object> merge =
        Merge.whereBothChanged(
            (base, mine, theirs) -> {
              throw new IllegalStateException("no idea");
            });

    assertThatThrownBy(() -> merge.merge(new int[] {1}, unprintable, "x".repeat(10_000)))
        .hasMessageContaining("Base was [1], mine is a value whose toString threw")
        .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(600));
  }

  @Test
  void valueRules_oneSideCleared_areUndecided() {
    @SuppressWarnings("NullAway") // as a part of a record may be
    @Nullable Integer cleared = null;

    assertThat(merged(Merge.<Integer>max(), 5, cleared, 6).isMerged()).isFalse();
    assertThat(merged(Merge.intCounter(), 5, 6, cleared).isMerged()).isFalse();
    assertThat(merged(Merge.<Integer>mine(), 5, cleared, 6)).isEqualTo(new Merged<>(null));
    assertThat(merged(Merge.<Integer>max(), 5, cleared, 5)).isEqualTo(new Merged<>(null));
  }

  @SuppressWarnings("NullAway") // as a part of a record may be
  private static MergeResult<Integer> merged(
      Merge<Integer> merge, Integer base, @Nullable Integer mine, @Nullable Integer theirs) {
    return merge.merge(base, mine, theirs);
  }

  @Test
  void undecidedResult_withoutConflict_isRefused() {
    assertThatThrownBy(() -> new MergeResult.Undecided<>("x", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MergeResult.of(value, conflicts)");
  }

  @Test
  void map_undecided_keepsTheConflicts() {
    MergeResult<Integer> result =
        Merge.<String>undecided().merge("b", "mm", "ttt").map(String::length);

    assertThat(result.value()).isEqualTo(3);
    assertThat(result.fields()).hasSize(1);
  }

  @Test
  void under_aPart_joinsThePaths() {
    FieldConflict conflict = new FieldConflict("", 1, 2, 3);

    assertThat(conflict.under("name").under("assignee").path()).isEqualTo("assignee.name");
    assertThat(conflict.under("[7]").under("tasks").path()).isEqualTo("tasks[7]");
    assertThat(conflict.under("title").under("[7]").under("tasks").path())
        .isEqualTo("tasks[7].title");
  }
}
