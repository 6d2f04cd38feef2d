package io.stateward.benchmarks.optimistic;

import io.stateward.benchmarks.Workload;
import io.stateward.collection.EntityTable;
import io.stateward.optimistic.MutationId;
import io.stateward.optimistic.OptimisticStore;
import io.stateward.optimistic.Settlement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Changes that the server carries out as they were guessed, and who is told of that: subscribers to
 * all that is visible, to a selection from it, and to one entity.
 */
final class RightGuesses {

  /** How the server answers. */
  enum Answers {
    /** Each change before the next one is made. */
    AT_ONCE,
    /** Ten at a time, in any order. */
    IN_ANY_ORDER,
    /** Ten at a time, in order, with what it has now, which is what was guessed. */
    WITH_DATA
  }

  private static final Integer FOLLOWED = 7;
  private static final int GROUP = 10;
  private static final long SEED = 3;

  private final Integer[] places;
  private final OptimisticStore<EntityTable<Integer, Item>> store;
  private final Random random = new Random(SEED);
  private long changesOfFollowed;
  private long toldOfAll;
  private long toldOfSelection;
  private long toldOfEntity;

  private RightGuesses(int entities, int changes) {
    this.places = Item.places(entities, changes);
    for (int i = 0; i < changes; i += GROUP) {
      places[i] = FOLLOWED;
    }
    this.store = OptimisticStore.of("items", Item.table(entities));
    store.visible().subscribe(change -> toldOfAll++);
    store
        .<@Nullable Item>select(table -> table.get(FOLLOWED))
        .subscribe(change -> toldOfSelection++);
    store.entities(table -> table).at(FOLLOWED).subscribe(change -> toldOfEntity++);
  }

  /**
   * Counts what subscribers are told beyond the changes themselves.
   *
   * @return notifications that are not due to a change; those due to one are checked to have come
   */
  static long notifications(Answers answers, int entities, int changes) {
    return new RightGuesses(entities, changes).count(answers);
  }

  private long count(Answers answers) {
    long unasked = 0;
    List<Integer> guessed = new ArrayList<>();
    List<MutationId> underway = new ArrayList<>();
    for (Integer id : places) {
      guessed.add(id);
      underway.add(mutate(id));
      if (underway.size() == (answers == Answers.AT_ONCE ? 1 : GROUP)) {
        long before = toldOfAll + toldOfSelection + toldOfEntity;
        answer(answers, underway, guessed);
        unasked += toldOfAll + toldOfSelection + toldOfEntity - before;
        guessed.clear();
        underway.clear();
      }
    }
    verify();
    return unasked;
  }

  private MutationId mutate(Integer id) {
    changesOfFollowed += id.equals(FOLLOWED) ? 1 : 0;
    return store.mutate(table -> Item.changed(table, id), StatewardGuesses.about(id)).id();
  }

  private void answer(Answers answers, List<MutationId> underway, List<Integer> guessed) {
    if (answers == Answers.IN_ANY_ORDER) {
      Collections.shuffle(underway, random);
    }
    for (int i = 0; i < underway.size(); i++) {
      MutationId id = underway.get(i);
      Integer place = guessed.get(i);
      Settlement settlement =
          answers == Answers.WITH_DATA
              ? store.acknowledge(id, table -> Item.changed(table, place))
              : store.acknowledge(id);
      Workload.require("What an acknowledgement did", Settlement.SETTLED, settlement);
    }
  }

  private void verify() {
    long changes = places.length;
    Workload.require("The confirmed sum", changes, Item.sum(store.confirmed().get()));
    Workload.require("How often all was told", changes, toldOfAll);
    Workload.require("How often the selection was told", changesOfFollowed, toldOfSelection);
    Workload.require("How often the entity was told", changesOfFollowed, toldOfEntity);
    store.close();
  }
}
