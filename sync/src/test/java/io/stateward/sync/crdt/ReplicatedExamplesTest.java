package io.stateward.sync.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.sync.crdt.VersionVector.Order;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The examples of the Javadoc, and what happens at the edges. */
final class ReplicatedExamplesTest {

  @Test
  void versionVector_example_works() {
    VersionVector seen = VersionVector.empty().plus(new Dot("ada", 1)).plus(new Dot("ada", 2));

    assertThat(seen.next("ada")).isEqualTo(new Dot("ada", 3)).hasToString("ada:3");
    assertThat(seen.compare(VersionVector.empty())).isEqualTo(Order.AFTER);
    assertThat(VersionVector.empty().compare(seen)).isEqualTo(Order.BEFORE);
    assertThat(seen.compare(VersionVector.empty().plus(new Dot("bob", 1))))
        .isEqualTo(Order.CONCURRENT);
    assertThat(seen.compare(seen.merge(VersionVector.empty()))).isEqualTo(Order.EQUAL);
    assertThat(seen.replicas()).containsExactly("ada");
    assertThat(seen.highest("bob")).isZero();
  }

  @Test
  void versionVector_withGaps_closesThem() {
    VersionVector gap = VersionVector.empty().plus(new Dot("a", 1)).plus(new Dot("a", 3));

    assertThat(gap).hasToString("{\"a\":[[1,1],[3,3]]}");
    assertThat(gap.contains(new Dot("a", 2))).isFalse();
    assertThat(gap.plus(new Dot("a", 2))).hasToString("{\"a\":3}");
    assertThat(gap.plus(new Dot("a", 2)).minus(gap)).hasToString("{\"a\":[[2,2]]}");
  }

  @Test
  void counters_examples_work() {
    assertThat(GrowOnlyCounter.empty().increment("ada", 2).increment("bob", 1).value())
        .isEqualTo(3);
    assertThat(PositiveNegativeCounter.empty().add("ada", 5).add("bob", -2).value()).isEqualTo(3);
    ResettableCounter votes = ResettableCounter.empty().add("ada", 2).add("bob", 3);
    assertThat(votes.value()).isEqualTo(5);
    assertThat(votes.cleared().merge(votes.add("bob", 1)).value()).isEqualTo(4);
  }

  @Test
  void counters_atTheirLimits_sayWhatTheLimitIs() {
    GrowOnlyCounter full = GrowOnlyCounter.empty().increment("ada", Dot.MAXIMUM_NUMBER);

    assertThatThrownBy(() -> full.increment("ada", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'ada' is at 9007199254740991 and was to add 1");
    assertThatThrownBy(() -> full.increment("ada", -1)).hasMessageContaining("counts up");
    assertThatThrownBy(() -> PositiveNegativeCounter.empty().add("ada", Long.MIN_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ResettableCounter.empty().add("ada", Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
    GrowOnlyCounter many = full;
    for (int i = 0; i < 1100; i++) {
      many = many.increment("replica-" + i, Dot.MAXIMUM_NUMBER);
    }
    assertThat(many.value()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void lastWriterRegister_example_works() {
    LastWriterRegister<String> title = LastWriterRegister.<String>empty().set("ada", "Notes");

    assertThat(title.set("bob", "Diary").merge(title).value()).isEqualTo("Diary");
    assertThat(title.set("ada", "later", 1000).set("bob", "last", 5).stamp())
        .isEqualTo(new Dot("bob", 1001));
    assertThat(LastWriterRegister.empty().value()).isNull();
  }

  @Test
  void multiValueRegister_example_works() {
    MultiValueRegister<String> color = MultiValueRegister.<String>empty().set("ada", "red");
    MultiValueRegister<String> both = color.set("ada", "blue").merge(color.set("bob", "green"));

    assertThat(both.values()).containsExactly("green", "blue"); // by number, then by name: bob:1
    assertThat(both.set("ada", "blue").values()).containsExactly("blue");
    MultiValueRegister<String> cleared = color.cleared();
    assertThat(cleared.merge(color).isEmpty()).isTrue();
    assertThat(cleared.merge(color.set("bob", "blue")).values()).containsExactly("blue");
  }

  @Test
  void merge_ofOneNameUsedTwice_isRefusedWithTheValues() {
    MultiValueRegister<String> empty = MultiValueRegister.empty();
    LastWriterRegister<String> unwritten = LastWriterRegister.empty();

    assertThatThrownBy(() -> empty.set("ada", "red").merge(empty.set("ada", "blue")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ada:1 stands for red and for blue");
    assertThatThrownBy(() -> unwritten.set("ada", "red").merge(unwritten.set("ada", "blue")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'ada' was used by two");
  }

  @Test
  void observedRemoveSet_example_works() {
    ObservedRemoveSet<String> list = ObservedRemoveSet.<String>empty().add("ada", "milk");
    ObservedRemoveSet<String> bought = list.remove("milk");
    ObservedRemoveSet<String> again = list.add("bob", "milk");

    assertThat(bought.merge(list).contains("milk")).isFalse();
    assertThat(bought.merge(again).contains("milk")).isTrue();
    assertThat(again.size()).isEqualTo(1);
  }

  @Test
  void observedRemoveSet_afterManyRemovals_isAsSmallAsAtFirst() {
    ObservedRemoveSet<Integer> set = ObservedRemoveSet.empty();
    for (int i = 0; i < 10_000; i++) {
      set = set.add("ada", i).remove(i);
    }

    assertThat(ObservedRemoveSet.codec(Subjects.NUMBERS).toTree(set).toJson())
        .isEqualTo("{\"seen\":{\"ada\":10000},\"content\":[]}");
  }

  @Test
  void observedRemoveMap_example_works() {
    ObservedRemoveMap<String, ResettableCounter> stock =
        ObservedRemoveMap.<String, ResettableCounter>of(ResettableCounter.empty())
            .update("milk", count -> count.add("ada", 3));
    ObservedRemoveMap<String, ResettableCounter> sold = stock.remove("milk");

    assertThat(sold.merge(stock).keys()).isEmpty();
    assertThat(sold.get("milk")).isNull();
    ObservedRemoveMap<String, ResettableCounter> both =
        sold.merge(stock.update("milk", count -> count.add("bob", 1)));
    assertThat(Objects.requireNonNull(both.get("milk")).value()).isEqualTo(1);
  }

  @Test
  void observedRemoveMap_updateWithAForeignValue_isRefused() {
    ObservedRemoveMap<String, ResettableCounter> stock =
        ObservedRemoveMap.<String, ResettableCounter>of(ResettableCounter.empty())
            .update("milk", count -> count.add("ada", 3));

    assertThatThrownBy(() -> stock.update("tea", count -> ResettableCounter.empty().add("ada", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'tea'");
  }

  @Test
  void replica_withoutAName_isRefused() {
    assertThatThrownBy(() -> ObservedRemoveSet.<String>empty().add(" ", "milk"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 200 characters");
    assertThatThrownBy(() -> new Dot("x".repeat(201), 1)).hasMessageContaining("with 201");
    assertThatThrownBy(() -> VersionVector.empty().plus(new Dot("a", Dot.MAXIMUM_NUMBER)).next("a"))
        .hasMessageContaining("numbered from 1 to");
  }
}
