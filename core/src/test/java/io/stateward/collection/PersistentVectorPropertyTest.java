package io.stateward.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sequences of changes, made to a persistent vector and to an {@code ArrayList}. */
final class PersistentVectorPropertyTest {

  /** One change: {@code where} in thousandths of the size. */
  sealed interface Step {
    int where();

    default int index(int size) {
      return (int) ((long) where() * size / 1000);
    }

    PersistentVector<Integer> applyTo(PersistentVector<Integer> vector);

    void applyTo(List<Integer> model);

    /** Inserts one element. */
    record Insert(int where, int element) implements Step {
      @Override
      public PersistentVector<Integer> applyTo(PersistentVector<Integer> vector) {
        return vector.insert(index(vector.size() + 1), element);
      }

      @Override
      public void applyTo(List<Integer> model) {
        model.add(index(model.size() + 1), element);
      }
    }

    /** Replaces one element, if there is one. */
    record Replace(int where, int element) implements Step {
      @Override
      public PersistentVector<Integer> applyTo(PersistentVector<Integer> vector) {
        return vector.isEmpty() ? vector : vector.with(index(vector.size()), element);
      }

      @Override
      public void applyTo(List<Integer> model) {
        if (!model.isEmpty()) {
          model.set(index(model.size()), element);
        }
      }
    }

    /** Removes up to {@code count} elements, one by one. */
    record Remove(int where, int count) implements Step {
      @Override
      public PersistentVector<Integer> applyTo(PersistentVector<Integer> vector) {
        PersistentVector<Integer> result = vector;
        for (int i = 0; i < count && !result.isEmpty(); i++) {
          result = result.without(index(result.size()));
        }
        return result;
      }

      @Override
      public void applyTo(List<Integer> model) {
        for (int i = 0; i < count && !model.isEmpty(); i++) {
          model.remove(index(model.size()));
        }
      }
    }

    /** Inserts a run of {@code count} elements by cutting and joining. */
    record Splice(int where, int count) implements Step {
      @Override
      public PersistentVector<Integer> applyTo(PersistentVector<Integer> vector) {
        int at = index(vector.size() + 1);
        return vector
            .slice(0, at)
            .concat(PersistentVector.copyOf(run(count)))
            .concat(vector.slice(at, vector.size()));
      }

      @Override
      public void applyTo(List<Integer> model) {
        model.addAll(index(model.size() + 1), run(count));
      }
    }

    /** Cuts a range out and drops the rest: from {@code where} on, at most {@code count}. */
    record Cut(int where, int count) implements Step {
      @Override
      public PersistentVector<Integer> applyTo(PersistentVector<Integer> vector) {
        int from = index(vector.size() + 1);
        int to = Math.min(from + count, vector.size());
        return vector.slice(0, from).concat(vector.slice(to, vector.size()));
      }

      @Override
      public void applyTo(List<Integer> model) {
        int from = index(model.size() + 1);
        model.subList(from, Math.min(from + count, model.size())).clear();
      }
    }

    private static List<Integer> run(int count) {
      List<Integer> run = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        run.add(100_000 + i);
      }
      return run;
    }
  }

  @Property(seed = "201", tries = 300)
  void changes_anySequence_agreeWithArrayList(@ForAll("steps") List<Step> steps) {
    PersistentVector<Integer> vector = PersistentVector.of();
    List<Integer> model = new ArrayList<>();

    for (Step step : steps) {
      PersistentVector<Integer> before = vector;
      List<Integer> modelBefore = List.copyOf(model);
      vector = step.applyTo(vector);
      step.applyTo(model);

      VectorShape.check(vector);
      assertThat(vector.equals(model)).isTrue();
      assertThat(before.equals(modelBefore)).isTrue();
    }
  }

  @Property(seed = "202", tries = 100)
  void builder_anySequence_agreesWithArrayListAndNeverChangesWhatItBuilt(
      @ForAll("steps") List<Step> steps) {
    VectorBuilder<Integer> builder = PersistentVector.builder();
    List<Integer> model = new ArrayList<>();
    List<PersistentVector<Integer>> built = new ArrayList<>();
    List<List<Integer>> expected = new ArrayList<>();

    for (Step step : steps) {
      apply(step, builder, model);
      built.add(builder.build());
      expected.add(List.copyOf(model));
    }

    assertThat(built.equals(expected)).isTrue();
    VectorShape.check(builder.build());
  }

  private static void apply(Step step, VectorBuilder<Integer> builder, List<Integer> model) {
    if (step instanceof Step.Insert insert) {
      int at = insert.index(model.size() + 1);
      builder.insert(at, insert.element());
      model.add(at, insert.element());
    } else if (step instanceof Step.Replace replace && !model.isEmpty()) {
      builder.set(replace.index(model.size()), replace.element());
      model.set(replace.index(model.size()), replace.element());
    } else if (step instanceof Step.Remove remove && !model.isEmpty()) {
      builder.remove(remove.index(model.size()));
      model.remove(remove.index(model.size()));
    } else if (step instanceof Step.Splice splice) {
      builder.appendAll(Step.run(splice.count()));
      model.addAll(Step.run(splice.count()));
    }
  }

  @Property(seed = "203", tries = 200)
  void iterators_anyVector_walkBothWays(@ForAll("steps") List<Step> steps) {
    PersistentVector<Integer> vector = walk(PersistentVector.of(), steps);
    List<Integer> forward = new ArrayList<>();
    List<Integer> backward = new ArrayList<>();
    List<Integer> visited = new ArrayList<>();
    var iterator = vector.listIterator(vector.size());

    vector.iterator().forEachRemaining(forward::add);
    while (iterator.hasPrevious()) {
      backward.add(0, iterator.previous());
    }
    vector.forEach(visited::add);

    assertThat(forward).isEqualTo(vector).isEqualTo(backward).isEqualTo(visited);
  }

  @Property(seed = "204", tries = 200)
  void diff_twoRelatives_isTheSmallestSpliceBetweenThem(
      @ForAll("steps") List<Step> common,
      @ForAll("steps") List<Step> one,
      @ForAll("steps") List<Step> other) {
    PersistentVector<Integer> base = walk(PersistentVector.of(), common);
    PersistentVector<Integer> before = walk(base, one);
    PersistentVector<Integer> after = walk(base, other);

    Splice<Integer> splice = after.diff(before);

    assertThat(splice.applyTo(before).equals(after)).isTrue();
    assertThat(splice.reversed().applyTo(after).equals(before)).isTrue();
    assertThat(splice.at()).isEqualTo(naivePrefix(before, after));
    if (!splice.removed().isEmpty() && !splice.inserted().isEmpty()) {
      assertThat(splice.removed().get(splice.removed().size() - 1))
          .isNotEqualTo(splice.inserted().get(splice.inserted().size() - 1));
    }
    assertThat(before.equals(after)).isEqualTo(splice.isEmpty());
  }

  @Property(seed = "205", tries = 200)
  void changedIndexes_sameSize_areThoseThatANaiveWalkFinds(
      @ForAll("steps") List<Step> common,
      @ForAll("steps") List<Step> one,
      @ForAll("steps") List<Step> other) {
    PersistentVector<Integer> base = walk(PersistentVector.of(), common);
    PersistentVector<Integer> longer = walk(base, one);
    PersistentVector<Integer> shorter = walk(base, other);
    int size = Math.min(longer.size(), shorter.size());
    PersistentVector<Integer> before = longer.slice(0, size);
    PersistentVector<Integer> after = shorter.slice(0, size);
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (!before.get(i).equals(after.get(i))) {
        expected.add(i);
      }
    }
    List<Integer> found = new ArrayList<>();

    PersistentVector.changedIndexes(before, after, found::add);

    assertThat(found).isEqualTo(expected);
  }

  private static int naivePrefix(List<Integer> before, List<Integer> after) {
    int index = 0;
    while (index < Math.min(before.size(), after.size())
        && before.get(index).equals(after.get(index))) {
      index++;
    }
    return index;
  }

  private static PersistentVector<Integer> walk(PersistentVector<Integer> from, List<Step> steps) {
    PersistentVector<Integer> vector = from;
    for (Step step : steps) {
      vector = step.applyTo(vector);
    }
    return vector;
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> where = Arbitraries.integers().between(0, 999);
    Arbitrary<Integer> element = Arbitraries.integers().between(0, 9);
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 40);
    Arbitrary<Integer> many = Arbitraries.integers().between(1, 2_500);
    Arbitrary<Step> insert = Combinators.combine(where, element).as(Step.Insert::new);
    Arbitrary<Step> replace = Combinators.combine(where, element).as(Step.Replace::new);
    Arbitrary<Step> remove = Combinators.combine(where, few).as(Step.Remove::new);
    Arbitrary<Step> splice = Combinators.combine(where, many).as(Step.Splice::new);
    Arbitrary<Step> cut = Combinators.combine(where, many).as(Step.Cut::new);
    return Arbitraries.oneOf(insert, replace, remove, splice, cut).list().ofMaxSize(40);
  }
}
