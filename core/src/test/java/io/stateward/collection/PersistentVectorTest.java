package io.stateward.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PersistentVectorTest {

  private static final PersistentVector<String> LINES = PersistentVector.of("one", "two", "three");

  @Test
  void example_ofTheClassComment_holds() {
    PersistentVector<String> lines = PersistentVector.of("one", "three");
    PersistentVector<String> more = lines.insert(1, "two").append("four");

    assertThat(more.with(0, "ONE").without(3)).containsExactly("ONE", "two", "three");
    assertThat(lines).hasSize(2);
  }

  @Test
  void changes_one_leaveTheFirstAsItWas() {
    assertThat(LINES.append("four")).containsExactly("one", "two", "three", "four");
    assertThat(LINES.prepend("zero")).containsExactly("zero", "one", "two", "three");
    assertThat(LINES.insert(1, "half")).containsExactly("one", "half", "two", "three");
    assertThat(LINES.with(1, "TWO")).containsExactly("one", "TWO", "three");
    assertThat(LINES.without(1)).containsExactly("one", "three");
    assertThat(LINES.slice(1, 2)).containsExactly("two");
    assertThat(LINES.concat(LINES)).hasSize(6);
    assertThat(LINES).containsExactly("one", "two", "three");
  }

  @Test
  void noChange_returnsSameVector() {
    assertThat(LINES.with(0, LINES.get(0))).isSameAs(LINES);
    assertThat(LINES.slice(0, 3)).isSameAs(LINES);
    assertThat(LINES.concat(PersistentVector.of())).isSameAs(LINES);
    assertThat(LINES.appendAll(List.of())).isSameAs(LINES);
    assertThat(LINES.toBuilder().build()).isSameAs(LINES);
    assertThat(LINES.slice(2, 2)).isSameAs(PersistentVector.of());
  }

  @Test
  void append_oneByOne_keepsLeavesFull() {
    PersistentVector<Integer> vector = PersistentVector.of();
    for (int i = 0; i < 10_000; i++) {
      vector = vector.append(i);
    }

    assertThat(leaves(vector.root())).isEqualTo((10_000 + 31) / 32);
    assertThat(vector.equals(IntStream.range(0, 10_000).boxed().toList())).isTrue();
  }

  @Test
  void diff_valueInTheMiddleInserted_isOneSplice() {
    Splice<String> splice = LINES.insert(1, "half").diff(LINES);

    assertThat(splice)
        .isEqualTo(new Splice<>(1, PersistentVector.of(), PersistentVector.of("half")));
    assertThat(LINES.diff(LINES).isEmpty()).isTrue();
    assertThat(LINES.diff(PersistentVector.copyOf(new ArrayList<>(LINES))).isEmpty()).isTrue();
  }

  @Test
  void changedIndexes_otherSize_isRefusedInWords() {
    assertThatThrownBy(
            () -> PersistentVector.changedIndexes(LINES, LINES.append("four"), index -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 and 4")
        .hasMessageContaining("after.diff(before)");
  }

  @Test
  void index_outside_isRefused() {
    assertThatThrownBy(() -> LINES.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> LINES.insert(4, "x")).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> LINES.without(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> LINES.slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> LINES.toBuilder().set(3, "x"))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // null is what is tested
  void append_null_isRefusedInWords() {
    assertThatThrownBy(() -> LINES.append(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("The element is null");
    assertThatThrownBy(() -> PersistentVector.of("one", null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void mutators_ofJavaUtilList_nameTheMethodToUse() {
    List<String> list = LINES;

    assertThatThrownBy(() -> list.add("four"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("append(element)");
    assertThatThrownBy(() -> list.set(0, "x")).hasMessageContaining("with(index, element)");
    assertThatThrownBy(() -> list.sort(null)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> list.listIterator().set("x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void stream_parallel_keepsTheOrder() {
    List<Integer> numbers = IntStream.range(0, 10_000).boxed().toList();
    PersistentVector<Integer> vector = PersistentVector.copyOf(numbers);

    List<Integer> doubled = vector.parallelStream().map(number -> number * 2).toList();

    assertThat(doubled).isEqualTo(numbers.stream().map(number -> number * 2).toList());
    assertThat(vector.stream().skip(9_990).toList()).isEqualTo(numbers.subList(9_990, 10_000));
  }

  private static int leaves(VectorNode node) {
    if (!(node instanceof InnerNode inner)) {
      return 1;
    }
    return IntStream.range(0, inner.slots.length).map(i -> leaves(inner.child(i))).sum();
  }
}
