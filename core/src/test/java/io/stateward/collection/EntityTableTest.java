package io.stateward.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EntityTableTest {

  private static final Todo MILK = Todo.of(1, "milk");
  private static final Todo BREAD = Todo.of(2, "bread");
  private static final Todo EGGS = Todo.of(3, "eggs");

  private final EntityTable<Integer, Todo> table =
      EntityTable.<Integer, Todo>sorted(Todo::id, Comparator.comparing(Todo::title))
          .setAll(List.of(MILK, BREAD, EGGS));

  @Test
  void example_ofTheClassComment_holds() {
    EntityTable<Integer, Todo> todos =
        EntityTable.sorted(Todo::id, Comparator.comparing(Todo::title));

    todos = todos.set(new Todo(7, "milk", false)).update(7, Todo::asDone);

    assertThat(todos.get(7)).isEqualTo(new Todo(7, "milk", true));
    assertThat(todos).containsExactly(new Todo(7, "milk", true));
  }

  @Test
  void iteration_sortedTable_isInOrder() {
    assertThat(table).containsExactly(BREAD, EGGS, MILK);
    assertThat(table.ids()).containsExactly(2, 3, 1);
    assertThat(table.values()).containsExactly(BREAD, EGGS, MILK);
    assertThat(table.toList()).isSameAs(table.toList());
    assertThat(table).hasToString(List.of(BREAD, EGGS, MILK).toString());
  }

  @Test
  void add_takenId_keepsWhatIsThere() {
    assertThat(table.add(Todo.of(1, "other"))).isSameAs(table);
    assertThat(table.addAll(List.of(Todo.of(1, "other"), Todo.of(4, "jam"))).get(1))
        .isEqualTo(MILK);
  }

  @Test
  void addAll_twoWithOneId_keepsTheLast() {
    assertThat(table.addAll(List.of(Todo.of(4, "jam"), Todo.of(4, "tea"))).get(4))
        .isEqualTo(Todo.of(4, "tea"));
    assertThat(table.setAll(List.of(Todo.of(1, "jam"), Todo.of(1, "tea"))).get(1))
        .isEqualTo(Todo.of(1, "tea"));
  }

  @Test
  void operation_thatChangesNothing_returnsSameTable() {
    assertThat(table.set(Todo.of(1, "milk"))).isSameAs(table);
    assertThat(table.setAll(List.of(Todo.of(1, "milk"), EGGS))).isSameAs(table);
    assertThat(table.upsert(MILK, (now, given) -> given)).isSameAs(table);
    assertThat(table.update(1, todo -> todo.titled("milk"))).isSameAs(table);
    assertThat(table.update(9, Todo::asDone)).isSameAs(table);
    assertThat(table.updateAll(todo -> todo)).isSameAs(table);
    assertThat(table.remove(9)).isSameAs(table);
    assertThat(table.removeAll(List.of(8, 9))).isSameAs(table);
    assertThat(table.replaceAll(List.of(EGGS, Todo.of(2, "bread"), MILK))).isSameAs(table);
    assertThat(table.toBuilder().remove(1).set(Todo.of(1, "milk")).build()).isSameAs(table);
  }

  @Test
  void update_sortKeyChanged_movesTheEntity() {
    assertThat(table.update(1, todo -> todo.titled("apples")).ids()).containsExactly(1, 2, 3);
    assertThat(table.update(1, todo -> todo.titled("zest")).ids()).containsExactly(2, 3, 1);
    assertThat(table.updateAll(List.of(1, 2), Todo::asDone))
        .containsExactly(BREAD.asDone(), EGGS, MILK.asDone());
  }

  @Test
  void update_idChangedToAFreeOne_movesTheEntity() {
    EntityTable<Integer, Todo> renamed = table.update(1, todo -> todo.numbered(7));

    assertThat(renamed.get(1)).isNull();
    assertThat(renamed.get(7)).isEqualTo(Todo.of(7, "milk"));
    assertThat(renamed.ids()).containsExactly(2, 3, 7);
    assertThat(renamed.diff(table).changes())
        .containsExactlyInAnyOrder(
            new EntryChange.Removed<>(1, MILK), new EntryChange.Added<>(7, Todo.of(7, "milk")));
  }

  @Test
  void update_idChangedToATakenOne_isRefusedAndNamesBoth() {
    assertThatThrownBy(() -> table.update(1, todo -> todo.numbered(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id 1 to 2")
        .hasMessageContaining(BREAD.toString())
        .hasMessageContaining("remove the other first");
    TableBuilder<Integer, Todo> builder = table.toBuilder();
    assertThatThrownBy(() -> builder.update(1, todo -> todo.numbered(2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(builder.build()).isSameAs(table);
  }

  @Test
  void updateAll_idsExchanged_isAllowed() {
    EntityTable<Integer, Todo> exchanged =
        table.updateAll(List.of(1, 2), todo -> todo.numbered(3 - todo.id()));

    assertThat(exchanged.get(1)).isEqualTo(Todo.of(1, "bread"));
    assertThat(exchanged.get(2)).isEqualTo(Todo.of(2, "milk"));
    assertThat(exchanged.ids()).containsExactly(1, 3, 2);
  }

  @Test
  void updateAll_twoToOneId_isRefusedAndChangesNothing() {
    TableBuilder<Integer, Todo> builder = table.toBuilder();

    assertThatThrownBy(() -> builder.updateAll(List.of(1, 2), todo -> todo.numbered(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ids 1 and 2")
        .hasMessageContaining("id 9");
    assertThatThrownBy(() -> builder.updateAll(List.of(1), todo -> todo.numbered(3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(builder.build()).isSameAs(table);
  }

  @Test
  void replaceAll_someEqual_keepsThoseAsTheyAre() {
    EntityTable<Integer, Todo> replaced =
        table.replaceAll(List.of(Todo.of(1, "milk"), Todo.of(4, "jam")));

    assertThat(replaced).containsExactly(Todo.of(4, "jam"), MILK);
    assertThat(replaced.get(1)).isSameAs(MILK);
    assertThat(replaced.diff(table).keys()).containsExactlyInAnyOrder(2, 3, 4);
  }

  @Test
  void clear_sortedTable_staysSorted() {
    EntityTable<Integer, Todo> cleared = table.clear();

    assertThat(cleared).isEmpty();
    assertThat(cleared.clear()).isSameAs(cleared);
    assertThat(cleared.add(MILK).add(BREAD)).containsExactly(BREAD, MILK);
  }

  @Test
  void equality_sameEntitiesInAnotherOrder_holds() {
    EntityTable<Integer, Todo> unsorted =
        EntityTable.<Integer, Todo>of(Todo::id).setAll(List.of(EGGS, MILK, BREAD));

    assertThat(unsorted.equals(table)).isTrue();
    assertThat(unsorted).hasSameHashCodeAs(table);
    assertThat(unsorted.remove(1).equals(table)).isFalse();
  }

  @Test
  void sorted_tiesWithIdsThatHaveNoOrder_keepEveryEntity() {
    record Id(CollisionKey key) {}
    record Entity(Id id, boolean flag) {}
    EntityTable<Id, Entity> flags =
        EntityTable.sorted(Entity::id, Comparator.comparing(Entity::flag));
    for (int i = 0; i < 200; i++) {
      flags = flags.set(new Entity(new Id(new CollisionKey(i)), false));
    }

    for (int i = 0; i < 200; i += 2) {
      flags = flags.update(new Id(new CollisionKey(i)), entity -> new Entity(entity.id(), true));
    }
    for (int i = 0; i < 50; i++) {
      flags = flags.remove(new Id(new CollisionKey(i)));
    }

    assertThat(flags.toList()).hasSize(150);
    assertThat(flags.toList().slice(0, 75)).noneMatch(Entity::flag);
    assertThat(flags.toList().slice(75, 150)).allMatch(Entity::flag);
    assertThat(flags.ids()).hasSize(150).isEqualTo(flags.byId().keySet());
  }

  @Test
  void sorted_inconsistentComparator_isReportedInWords() {
    AtomicInteger sign = new AtomicInteger(1);
    EntityTable<Integer, Todo> fickle =
        EntityTable.<Integer, Todo>sorted(
                Todo::id, (one, other) -> sign.get() * Integer.compare(one.id(), other.id()))
            .setAll(List.of(MILK, BREAD, EGGS));
    sign.set(-1);

    assertThatThrownBy(() -> fickle.remove(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(MILK.toString())
        .hasMessageContaining("comparator");
  }

  @Test
  @SuppressWarnings("NullAway") // null is what is tested
  void idFunction_returningNull_isRefusedInWords() {
    record Draft(Integer id) {}
    EntityTable<Integer, Draft> drafts = EntityTable.of(Draft::id);

    assertThatThrownBy(() -> drafts.set(new Draft(null)))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("Draft[id=null]");
    assertThatThrownBy(() -> table.set(null)).hasMessageContaining("The entity is null");
  }

  @Test
  void comparisons_oneOfManyChanged_areLogarithmic() {
    AtomicInteger comparisons = new AtomicInteger();
    EntityTable<Integer, Todo> many = counting(comparisons, 10_000);
    comparisons.set(0);

    many.update(5_000, Todo::asDone);
    int inPlace = comparisons.getAndSet(0);
    many.update(5_000, todo -> todo.titled("zz"));
    int moved = comparisons.getAndSet(0);

    assertThat(inPlace).isBetween(1, 14 + 3);
    assertThat(moved).isBetween(1, 2 * 14 + 4);
  }

  @Test
  void comparisons_manyAdded_sortOnlyTheNew() {
    AtomicInteger comparisons = new AtomicInteger();
    EntityTable<Integer, Todo> many = counting(comparisons, 10_000);
    List<Todo> more = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      more.add(Todo.of(-1 - i, "title " + (i * 7_919) % 10_000));
    }
    comparisons.set(0);

    EntityTable<Integer, Todo> grown = many.addAll(more);

    assertThat(grown.size()).isEqualTo(10_400);
    assertThat(comparisons.get()).isLessThan(10_000); // not even one per entity
  }

  @Test
  void setAll_fewOfMany_sharesMostOfTheOrder() {
    EntityTable<Integer, Todo> many = counting(new AtomicInteger(), 10_000);

    EntityTable<Integer, Todo> changed =
        many.setAll(List.of(Todo.of(7, "x"), Todo.of(77, "title 5"), Todo.of(10_777, "title 6")));

    Set<VectorNode> known = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(many.toList().root(), known);
    int before = known.size();
    collect(changed.toList().root(), known);
    assertThat(known.size() - before).isLessThan(5 * 8);
  }

  private static void collect(VectorNode node, Set<VectorNode> nodes) {
    nodes.add(node);
    if (node instanceof InnerNode inner) {
      IntStream.range(0, inner.slots.length).forEach(i -> collect(inner.child(i), nodes));
    }
  }

  private static EntityTable<Integer, Todo> counting(AtomicInteger comparisons, int size) {
    Comparator<Todo> byTitle =
        (one, other) -> {
          comparisons.incrementAndGet();
          return one.title().compareTo(other.title());
        };
    return EntityTable.<Integer, Todo>sorted(Todo::id, byTitle)
        .setAll(IntStream.range(0, size).mapToObj(i -> Todo.of(i, "title " + (size - i))).toList());
  }
}
