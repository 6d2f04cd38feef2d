package io.stateward.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sequences of changes, made to a persistent map and to a {@code HashMap}. */
final class PersistentMapPropertyTest {

  private static final Function<Integer, Object> COLLIDING = CollisionKey::new;
  private static final Function<Integer, Object> SPREAD = number -> "key " + number;
  private static final Function<Integer, Object> DENSE = number -> number;

  /** One change; {@code value} 0 removes the key. */
  record Step(int key, int value) {

    PersistentMap<Object, Integer> applyTo(
        PersistentMap<Object, Integer> map, Function<Integer, Object> keys) {
      return value == 0 ? map.minus(keys.apply(key)) : map.plus(keys.apply(key), value);
    }

    void applyTo(MapBuilder<Object, Integer> builder, Function<Integer, Object> keys) {
      if (value == 0) {
        builder.remove(keys.apply(key));
      } else {
        builder.put(keys.apply(key), value);
      }
    }

    void applyTo(Map<Object, Integer> model, Function<Integer, Object> keys) {
      if (value == 0) {
        model.remove(keys.apply(key));
      } else {
        model.put(keys.apply(key), value);
      }
    }
  }

  @Property(seed = "101", tries = 400)
  void plusAndMinus_anySequence_agreeWithHashMap(
      @ForAll("steps") List<Step> steps, @ForAll("keys") Function<Integer, Object> keys) {
    PersistentMap<Object, Integer> map = PersistentMap.of();
    Map<Object, Integer> model = new HashMap<>();

    for (Step step : steps) {
      PersistentMap<Object, Integer> before = map;
      Map<Object, Integer> modelBefore = new HashMap<>(model);
      map = step.applyTo(before, keys);
      step.applyTo(model, keys);

      assertThat(map.size()).isEqualTo(model.size());
      assertThat(map.get(keys.apply(step.key()))).isEqualTo(model.get(keys.apply(step.key())));
      assertThat(before.size()).isEqualTo(modelBefore.size());
    }

    assertSame(map, model);
    MapShape.check(map);
  }

  @Property(seed = "102", tries = 400)
  void builder_anySequence_agreesWithHashMapAndNeverChangesWhatItBuilt(
      @ForAll("steps") List<Step> steps, @ForAll("keys") Function<Integer, Object> keys) {
    MapBuilder<Object, Integer> builder = PersistentMap.builder();
    Map<Object, Integer> model = new HashMap<>();
    List<PersistentMap<Object, Integer>> built = new ArrayList<>();
    List<Map<Object, Integer>> expected = new ArrayList<>();

    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).applyTo(builder, keys);
      steps.get(i).applyTo(model, keys);
      if (i % 7 == 0) {
        built.add(builder.build());
        expected.add(new HashMap<>(model));
      }
    }

    assertSame(builder.build(), model);
    for (int i = 0; i < built.size(); i++) {
      assertSame(built.get(i), expected.get(i));
      MapShape.check(built.get(i));
    }
  }

  @Property(seed = "103", tries = 400)
  void shape_sameContentByAnotherWay_isTheSame(
      @ForAll("steps") List<Step> steps, @ForAll("keys") Function<Integer, Object> keys) {
    PersistentMap<Object, Integer> walked = PersistentMap.of();
    for (Step step : steps) {
      walked = step.applyTo(walked, keys);
    }

    PersistentMap<Object, Integer> built = PersistentMap.copyOf(new HashMap<>(walked));

    assertThat(MapShape.of(walked)).isEqualTo(MapShape.of(built));
    assertThat(walked).isEqualTo(built).hasSameHashCodeAs(built);
    assertThat(walked.diff(built).isEmpty()).isTrue();
  }

  @Property(seed = "104", tries = 400)
  void diff_twoRelatives_leadsFromOneToTheOtherAndBack(
      @ForAll("steps") List<Step> common,
      @ForAll("steps") List<Step> one,
      @ForAll("steps") List<Step> other,
      @ForAll("keys") Function<Integer, Object> keys) {
    PersistentMap<Object, Integer> base = walk(PersistentMap.of(), common, keys);
    PersistentMap<Object, Integer> before = walk(base, one, keys);
    PersistentMap<Object, Integer> after = walk(base, other, keys);

    Diff<Object, Integer> diff = Diff.between(before, after);

    assertThat(diff.applyTo(before)).isEqualTo(after);
    assertThat(diff.reversed().applyTo(after)).isEqualTo(before);
    assertThat(diff.changes())
        .containsExactlyInAnyOrderElementsOf(
            Diff.<Object, Integer>of(new HashMap<>(before), new HashMap<>(after)).changes());
    assertThat(before.equals(after)).isEqualTo(new HashMap<>(before).equals(new HashMap<>(after)));
  }

  @Property(seed = "105", tries = 400)
  void changes_ofBuilder_areTheDiffToItsOrigin(
      @ForAll("steps") List<Step> before,
      @ForAll("steps") List<Step> during,
      @ForAll("keys") Function<Integer, Object> keys) {
    PersistentMap<Object, Integer> origin = walk(PersistentMap.of(), before, keys);
    Map<Object, Integer> model = new HashMap<>(origin);
    MapBuilder<Object, Integer> builder = origin.toBuilder();

    for (Step step : during) {
      step.applyTo(builder, keys);
      step.applyTo(model, keys);
    }

    assertThat(builder.changes().changes())
        .containsExactlyInAnyOrderElementsOf(
            Diff.<Object, Integer>of(new HashMap<>(origin), model).changes());
    assertSame(builder.build(), model);
  }

  @Property(seed = "106", tries = 1_000)
  void equals_sameSizeAndFewKeys_agreesWithHashMap(
      @ForAll("fewKeys") Set<Integer> one,
      @ForAll("fewKeys") Set<Integer> other,
      @ForAll("keys") Function<Integer, Object> keys) {
    Map<Object, Integer> first = new HashMap<>();
    Map<Object, Integer> second = new HashMap<>();
    one.forEach(number -> first.put(keys.apply(number), 1));
    other.forEach(number -> second.put(keys.apply(number), 1));

    boolean equal = PersistentMap.copyOf(first).equals(PersistentMap.copyOf(second));

    assertThat(equal).isEqualTo(first.equals(second));
  }

  @Provide
  Arbitrary<Set<Integer>> fewKeys() {
    return Arbitraries.integers().between(0, 40).set().ofSize(3);
  }

  private static PersistentMap<Object, Integer> walk(
      PersistentMap<Object, Integer> from, List<Step> steps, Function<Integer, Object> keys) {
    PersistentMap<Object, Integer> map = from;
    for (Step step : steps) {
      map = step.applyTo(map, keys);
    }
    return map;
  }

  private static void assertSame(PersistentMap<Object, Integer> map, Map<Object, Integer> model) {
    assertThat(map.size()).isEqualTo(model.size());
    assertThat(map.equals(model)).isTrue();
    assertThat(model.equals(map)).isTrue();
    assertThat(map.hashCode()).isEqualTo(model.hashCode());
    Map<Object, Integer> walked = new HashMap<>();
    map.forEach(walked::put);
    assertThat(walked).isEqualTo(model);
    assertThat(new HashMap<>(map)).isEqualTo(model);
    assertThat(map.keySet()).containsExactlyInAnyOrderElementsOf(model.keySet());
    assertThat(map.values()).containsExactlyInAnyOrderElementsOf(model.values());
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> keys = Arbitraries.integers().between(0, 60).withoutEdgeCases();
    Arbitrary<Integer> values = Arbitraries.integers().between(0, 3).withoutEdgeCases();
    return Combinators.combine(keys, values).as(Step::new).list().ofMaxSize(150);
  }

  @Provide
  Arbitrary<Function<Integer, Object>> keys() {
    return Arbitraries.of(COLLIDING, SPREAD, DENSE);
  }
}
