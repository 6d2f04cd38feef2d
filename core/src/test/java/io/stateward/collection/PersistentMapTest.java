package io.stateward.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PersistentMapTest {

  private static final PersistentMap<String, Integer> STOCK =
      PersistentMap.of("apple", 3).plus("pear", 5);

  @Test
  void example_ofTheClassComment_holds() {
    PersistentMap<String, Integer> stock = PersistentMap.of("apple", 3);
    PersistentMap<String, Integer> later = stock.plus("pear", 5).update("apple", n -> n - 1);

    assertThat(stock.get("apple")).isEqualTo(3);
    assertThat(later.diff(stock).changes())
        .containsExactlyInAnyOrder(
            new EntryChange.Changed<>("apple", 3, 2), new EntryChange.Added<>("pear", 5));
  }

  @Test
  void plus_sameObject_returnsSameMap() {
    Integer five = STOCK.get("pear");

    assertThat(STOCK.plus("pear", five)).isSameAs(STOCK);
    assertThat(STOCK.plusAll(Map.of("pear", five))).isSameAs(STOCK);
    assertThat(STOCK.plusAll(Map.of())).isSameAs(STOCK);
  }

  @Test
  void plus_equalKey_keepsTheKeyThatIsThere() {
    String key = STOCK.keySet().iterator().next();
    String twin = new String(key);

    PersistentMap<String, Integer> changed = STOCK.plus(twin, 9);

    assertThat(changed.keySet().iterator().next()).isSameAs(key);
  }

  @Test
  void minus_absentKey_returnsSameMap() {
    assertThat(STOCK.minus("plum")).isSameAs(STOCK);
    assertThat(STOCK.minusAll(List.of("plum", "cherry"))).isSameAs(STOCK);
  }

  @Test
  void minus_lastKey_returnsTheEmptyMap() {
    assertThat(STOCK.minusAll(List.of("apple", "pear"))).isSameAs(PersistentMap.of());
    assertThat(STOCK.minus("apple").minus("pear")).isEqualTo(PersistentMap.of()).isEmpty();
  }

  @Test
  void update_presentAbsentAndSame_followTheRule() {
    assertThat(STOCK.update("apple", n -> n - 1)).containsEntry("apple", 2);
    assertThat(STOCK.update("plum", n -> n - 1)).isSameAs(STOCK);
    assertThat(STOCK.update("apple", n -> n)).isSameAs(STOCK);
  }

  @Test
  void upsert_presentAndAbsent_mergesOrAdds() {
    assertThat(STOCK.upsert("apple", 4, Integer::sum)).containsEntry("apple", 7);
    assertThat(STOCK.upsert("plum", 4, Integer::sum)).containsEntry("plum", 4);
  }

  @Test
  void copyOf_persistentMap_isTheSameMap() {
    assertThat(PersistentMap.<String, Integer>copyOf(STOCK)).isSameAs(STOCK);
    assertThat(STOCK.toBuilder().build()).isSameAs(STOCK);
  }

  @Test
  void get_nullOrForeignType_findsNothing() {
    assertThat(STOCK.get(null)).isNull();
    assertThat(STOCK.containsKey(7)).isFalse();
    assertThat(STOCK.getOrDefault("plum", 0)).isZero();
  }

  @Test
  @SuppressWarnings("NullAway") // null is what is tested
  void plus_null_isRefusedInWords() {
    assertThatThrownBy(() -> STOCK.plus(null, 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("The key is null");
    assertThatThrownBy(() -> STOCK.plus("plum", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("The value is null")
        .hasMessageContaining("leave the entry out");
    Map<String, Integer> withNull = new HashMap<>();
    withNull.put("plum", null);
    assertThatThrownBy(() -> PersistentMap.copyOf(withNull))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  @SuppressWarnings("DoNotCall") // refusal is what is tested
  void mutators_ofJavaUtilMap_nameTheMethodToUse() {
    Map<String, Integer> map = STOCK;

    assertThatThrownBy(() -> map.put("plum", 1))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("put")
        .hasMessageContaining("plus(key, value)");
    assertThatThrownBy(() -> map.remove("apple")).hasMessageContaining("minus(key)");
    assertThatThrownBy(() -> map.merge("apple", 1, Integer::sum))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("upsert");
    assertThatThrownBy(() -> map.computeIfAbsent("apple", key -> 1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> map.keySet().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(map).isEqualTo(Map.of("apple", 3, "pear", 5));
  }

  @Test
  void build_thenGoOn_neverChangesWhatWasBuilt() {
    MapBuilder<String, Integer> builder = STOCK.toBuilder().put("plum", 1);
    PersistentMap<String, Integer> first = builder.build();

    PersistentMap<String, Integer> second = builder.put("plum", 2).remove("apple").build();

    assertThat(first).isEqualTo(Map.of("apple", 3, "pear", 5, "plum", 1));
    assertThat(second).isEqualTo(Map.of("pear", 5, "plum", 2));
    assertThat(builder.build()).isSameAs(second);
    assertThat(STOCK).hasSize(2);
  }

  @Test
  void plusAndMinus_manyKeysOverSeveralLevels_agreeWithHashMap() {
    Random random = new Random(42);
    PersistentMap<String, Integer> map = PersistentMap.of();
    MapBuilder<String, Integer> builder = PersistentMap.builder();
    Map<String, Integer> model = new HashMap<>();

    for (int i = 0; i < 60_000; i++) {
      String key = "key " + random.nextInt(20_000);
      if (random.nextInt(3) == 0) {
        map = map.minus(key);
        builder.remove(key);
        model.remove(key);
      } else {
        map = map.plus(key, i);
        builder.put(key, i);
        model.put(key, i);
      }
    }

    assertThat(map.equals(model)).isTrue();
    assertThat(builder.build().equals(map)).isTrue();
    assertThat(MapShape.of(map)).isEqualTo(MapShape.of(PersistentMap.copyOf(model)));
    MapShape.check(map);
  }

  @Test
  void diff_addedRemovedChanged_isReportedOnceEach() {
    PersistentMap<String, Integer> later = STOCK.minus("apple").plus("pear", 6).plus("plum", 1);

    List<EntryChange<String, Integer>> changes = new ArrayList<>(later.diff(STOCK).changes());

    assertThat(changes)
        .containsExactlyInAnyOrder(
            new EntryChange.Removed<>("apple", 3),
            new EntryChange.Changed<>("pear", 5, 6),
            new EntryChange.Added<>("plum", 1));
    assertThat(Diff.<String, Integer>of(Map.copyOf(STOCK), Map.copyOf(later)).keys())
        .isEqualTo(later.diff(STOCK).keys());
  }

  @Test
  void fold_eachKind_callsItsFunction() {
    Diff<String, Integer> diff = STOCK.minus("apple").plus("pear", 6).plus("plum", 1).diff(STOCK);

    List<String> lines =
        diff.stream()
            .<String>map(
                change ->
                    change.fold(
                        added -> "+" + added.now(),
                        removed -> "-" + removed.was(),
                        changed -> changed.was() + ">" + changed.now()))
            .toList();

    assertThat(lines).containsExactlyInAnyOrder("+1", "-3", "5>6");
  }

  @Test
  void diff_throwingVisitor_passesTheException() {
    DiffVisitor<String, Integer> refusing =
        new DiffVisitor<>() {
          @Override
          public void added(String key, Integer now) {
            throw new IllegalStateException("enough");
          }

          @Override
          public void removed(String key, Integer was) {}

          @Override
          public void changed(String key, Integer was, Integer now) {}
        };

    assertThatThrownBy(() -> PersistentMap.diff(STOCK, STOCK.plus("plum", 1), refusing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
  }

  @Test
  void collections_javaSerialization_isRefused() {
    List<Object> collections =
        List.of(
            STOCK,
            STOCK.keySet(),
            STOCK.values(),
            STOCK.entrySet(),
            PersistentVector.of("one"),
            EntityTable.of(Todo::id).add(Todo.of(1, "milk")));

    for (Object collection : collections) {
      assertThat(collection).isNotInstanceOf(Serializable.class);
      assertThatThrownBy(
              () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(collection))
          .isInstanceOf(NotSerializableException.class);
    }
  }
}
