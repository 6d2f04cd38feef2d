package io.stateward.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Sequences of changes, made to a sorted table, to one without order, to a builder, and to a {@code
 * TreeMap} that is sorted anew for each comparison.
 */
final class EntityTablePropertyTest {

  private static final Comparator<Todo> BY_TITLE = Comparator.comparing(Todo::title);

  /** One change. */
  sealed interface Step {
    EntityTable<Integer, Todo> applyTo(EntityTable<Integer, Todo> table);

    void applyTo(Map<Integer, Todo> model);

    /** Adds, keeping what is there. */
    record Add(List<Todo> todos) implements Step {
      @Override
      public EntityTable<Integer, Todo> applyTo(EntityTable<Integer, Todo> table) {
        return todos.size() == 1 ? table.add(todos.get(0)) : table.addAll(todos);
      }

      @Override
      public void applyTo(Map<Integer, Todo> model) {
        List<Integer> taken = List.copyOf(model.keySet());
        todos.stream()
            .filter(todo -> !taken.contains(todo.id()))
            .forEach(todo -> model.put(todo.id(), todo));
      }
    }

    /** Puts, replacing what is there. */
    record Put(List<Todo> todos) implements Step {
      @Override
      public EntityTable<Integer, Todo> applyTo(EntityTable<Integer, Todo> table) {
        return todos.size() == 1 ? table.set(todos.get(0)) : table.setAll(todos);
      }

      @Override
      public void applyTo(Map<Integer, Todo> model) {
        todos.forEach(todo -> model.put(todo.id(), todo));
      }
    }

    /** Adds or merges: the title is the longer of two. */
    record Upsert(List<Todo> todos) implements Step {
      private static Todo merge(Todo now, Todo given) {
        return now.titled(now.title() + given.title());
      }

      @Override
      public EntityTable<Integer, Todo> applyTo(EntityTable<Integer, Todo> table) {
        return todos.size() == 1
            ? table.upsert(todos.get(0), Upsert::merge)
            : table.upsertAll(todos, Upsert::merge);
      }

      @Override
      public void applyTo(Map<Integer, Todo> model) {
        todos.forEach(todo -> model.merge(todo.id(), todo, Upsert::merge));
      }
    }

    /** Gives other titles. */
    record Update(List<Todo> todos) implements Step {
      private List<Integer> ids() {
        return todos.stream().map(Todo::id).toList();
      }

      @Override
      public EntityTable<Integer, Todo> applyTo(EntityTable<Integer, Todo> table) {
        return todos.size() == 1
            ? table.update(todos.get(0).id(), Update::change)
            : table.updateAll(ids(), Update::change);
      }

      private static Todo change(Todo todo) {
        return todo.titled(todo.title().isEmpty() ? "z" : todo.title().substring(1));
      }

      @Override
      public void applyTo(Map<Integer, Todo> model) {
        ids().stream()
            .distinct()
            .forEach(id -> model.computeIfPresent(id, (same, todo) -> change(todo)));
      }
    }

    /** Removes. */
    record Remove(List<Todo> todos) implements Step {
      private List<Integer> ids() {
        return todos.stream().map(Todo::id).toList();
      }

      @Override
      public EntityTable<Integer, Todo> applyTo(EntityTable<Integer, Todo> table) {
        return todos.size() == 1 ? table.remove(todos.get(0).id()) : table.removeAll(ids());
      }

      @Override
      public void applyTo(Map<Integer, Todo> model) {
        ids().forEach(model::remove);
      }
    }

    /** Replaces everything. */
    record ReplaceAll(List<Todo> todos) implements Step {
      @Override
      public EntityTable<Integer, Todo> applyTo(EntityTable<Integer, Todo> table) {
        return table.replaceAll(todos);
      }

      @Override
      public void applyTo(Map<Integer, Todo> model) {
        model.clear();
        todos.forEach(todo -> model.put(todo.id(), todo));
      }
    }

    /** Moves one to another id, if that is free. */
    record Rename(int from, int to) implements Step {
      @Override
      public EntityTable<Integer, Todo> applyTo(EntityTable<Integer, Todo> table) {
        if (from != to && table.contains(from) && table.contains(to)) {
          assertThatThrownBy(() -> table.update(from, todo -> todo.numbered(to)))
              .isInstanceOf(IllegalArgumentException.class);
          return table;
        }
        return table.update(from, todo -> todo.numbered(to));
      }

      @Override
      public void applyTo(Map<Integer, Todo> model) {
        Todo todo = model.get(from);
        if (todo != null && !model.containsKey(to)) {
          model.remove(from);
          model.put(to, todo.numbered(to));
        }
      }
    }
  }

  @Property(seed = "301", tries = 500)
  void changes_anySequence_agreeWithModel(@ForAll("steps") List<Step> steps) {
    EntityTable<Integer, Todo> sorted = EntityTable.sorted(Todo::id, BY_TITLE);
    EntityTable<Integer, Todo> unsorted = EntityTable.of(Todo::id);
    Map<Integer, Todo> model = new TreeMap<>();

    for (Step step : steps) {
      Map<Integer, Todo> modelBefore = new TreeMap<>(model);
      EntityTable<Integer, Todo> before = sorted;
      step.applyTo(model);
      sorted = step.applyTo(sorted);
      unsorted = step.applyTo(unsorted);

      assertThat(sorted.toList()).isEqualTo(naivelySorted(model));
      assertThat(sorted.byId()).isEqualTo(model);
      assertThat(sorted.ids()).containsExactlyElementsOf(ids(naivelySorted(model)));
      assertThat(unsorted.byId()).isEqualTo(model);
      assertThat(sorted.equals(unsorted)).isTrue();
      assertThat(sorted == before).isEqualTo(model.equals(modelBefore));
      assertThat(before.toList()).isEqualTo(naivelySorted(modelBefore));
      assertThat(sorted.diff(before).applyTo(before.byId())).isEqualTo(sorted.byId());
    }
  }

  @Property(seed = "302", tries = 300)
  void builder_anySequence_agreesWithModelAndNeverChangesWhatItBuilt(
      @ForAll("steps") List<Step> steps) {
    TableBuilder<Integer, Todo> builder =
        EntityTable.<Integer, Todo>sorted(Todo::id, BY_TITLE).toBuilder();
    Map<Integer, Todo> model = new TreeMap<>();
    List<EntityTable<Integer, Todo>> built = new ArrayList<>();
    List<List<Todo>> expected = new ArrayList<>();

    for (Step step : steps) {
      apply(step, builder, model);
      assertThat(builder.size()).isEqualTo(model.size());
      if (model.size() % 3 == 0) {
        built.add(builder.build());
        expected.add(naivelySorted(model));
      }
    }

    assertThat(builder.build().toList()).isEqualTo(naivelySorted(model));
    assertThat(builder.changes().applyTo(PersistentMap.of())).isEqualTo(model);
    assertThat(built.stream().map(EntityTable::toList).toList()).isEqualTo(expected);
  }

  @Property(seed = "303", tries = 100)
  void setAndRemove_batchesIntoALargerTable_keepTheOrder(
      @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 900) Integer> touched,
      @ForAll @IntRange(min = 1, max = 60) int batch) {
    EntityTable<Integer, Todo> table = EntityTable.sorted(Todo::id, BY_TITLE);
    for (int id = 0; id < 700; id++) {
      table = table.set(Todo.of(id, "t" + id % 50));
    }
    Map<Integer, Todo> model = new TreeMap<>(table.byId());

    for (int from = 0; from < touched.size(); from += batch) {
      TableBuilder<Integer, Todo> builder = table.toBuilder();
      for (int id : touched.subList(from, Math.min(from + batch, touched.size()))) {
        Todo todo = Todo.of(id, "t" + (id + from) % 53);
        if (todo.equals(builder.get(id)) || id % 5 == 0) {
          builder.remove(id);
          model.remove(id);
        } else {
          builder.set(todo);
          model.put(id, todo);
        }
      }
      table = builder.build();
      assertThat(table.toList()).isEqualTo(naivelySorted(model));
    }
  }

  private static void apply(
      Step step, TableBuilder<Integer, Todo> builder, Map<Integer, Todo> model) {
    if (step instanceof Step.Add add) {
      add.todos().forEach(builder::add);
      add.todos().forEach(todo -> model.putIfAbsent(todo.id(), todo));
      return;
    }
    step.applyTo(model);
    if (step instanceof Step.Put put) {
      builder.setAll(put.todos());
    } else if (step instanceof Step.Upsert upsert) {
      upsert.todos().forEach(todo -> builder.upsert(todo, Step.Upsert::merge));
    } else if (step instanceof Step.Update update) {
      builder.updateAll(update.ids(), Step.Update::change);
    } else if (step instanceof Step.Remove remove) {
      builder.removeAll(remove.ids());
    } else if (step instanceof Step.ReplaceAll replace) {
      builder.replaceAll(replace.todos());
    } else if (step instanceof Step.Rename rename && builder.get(rename.to()) == null) {
      builder.update(rename.from(), todo -> todo.numbered(rename.to()));
    }
  }

  private static List<Todo> naivelySorted(Map<Integer, Todo> model) {
    List<Todo> todos = new ArrayList<>(model.values()); // by id, and sort is stable
    todos.sort(BY_TITLE);
    return todos;
  }

  private static List<Integer> ids(List<Todo> todos) {
    return todos.stream().map(Todo::id).toList();
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> id = Arbitraries.integers().between(0, 80).withoutEdgeCases();
    Arbitrary<String> title = Arbitraries.strings().withCharRange('a', 'd').ofMaxLength(2);
    Arbitrary<Todo> todo = Combinators.combine(id, title).as(Todo::of);
    Arbitrary<List<Todo>> one = todo.list().ofSize(1);
    Arbitrary<List<Todo>> some = todo.list().ofMaxSize(40);
    Arbitrary<List<Todo>> todos = Arbitraries.oneOf(one, one, some);
    Arbitrary<Step> set = todos.map(Step.Put::new);
    Arbitrary<Step> add = todos.map(Step.Add::new);
    Arbitrary<Step> upsert = todos.map(Step.Upsert::new);
    Arbitrary<Step> update = todos.map(Step.Update::new);
    Arbitrary<Step> remove = todos.map(Step.Remove::new);
    Arbitrary<Step> replace = some.map(Step.ReplaceAll::new);
    Arbitrary<Step> rename = Combinators.combine(id, id).as(Step.Rename::new);
    return Arbitraries.oneOf(set, set, add, add, upsert, update, remove, replace, rename)
        .list()
        .ofMaxSize(30);
  }
}
