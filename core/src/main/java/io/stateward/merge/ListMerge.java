package io.stateward.merge;

import io.stateward.collection.PersistentVector;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists of items that have an id. Which items there are is decided as in a map, their order by
 * {@link ListOrder}.
 */
final class ListMerge<E> {

  private final Function<? super E, ?> idOf;
  private final Merge<E> rule;
  private final Deletion deletion;

  ListMerge(Function<? super E, ?> idOf, Merge<E> rule, Deletion deletion) {
    this.idOf = Objects.requireNonNull(idOf, "idOf");
    this.rule = Objects.requireNonNull(rule, "items");
    this.deletion = Objects.requireNonNull(deletion, "deletion");
  }

  MergeResult<PersistentVector<E>> mergeVectors(
      @Nullable PersistentVector<E> base, PersistentVector<E> mine, PersistentVector<E> theirs) {
    return merge(base, mine, theirs)
        .map(items -> items == theirs ? theirs : PersistentVector.copyOf(items));
  }

  MergeResult<List<E>> merge(@Nullable List<E> base, List<E> mine, List<E> theirs) {
    Map<Object, E> was = byId("base", base == null ? Collections.emptyList() : base);
    Map<Object, E> my = byId("mine", mine);
    Map<Object, E> their = byId("theirs", theirs);
    Entries<Object, E> entries =
        new Entries<>(rule, deletion, (id, item) -> id.equals(idOf.apply(item)));
    Set<Object> ids = new LinkedHashSet<>(their.keySet());
    ids.addAll(my.keySet());
    Map<Object, E> kept = new LinkedHashMap<>();
    for (Object id : ids) {
      E item = entries.decide(id, was.get(id), my.get(id), their.get(id));
      if (item != null) {
        kept.put(id, item);
      }
    }
    List<E> merged =
        new ListOrder<>(was.keySet(), my.keySet(), their.keySet())
            .of(kept.keySet()).stream().map(id -> Objects.requireNonNull(kept.get(id))).toList();
    return MergeResult.of(merged.equals(theirs) ? theirs : merged, entries.conflicts());
  }

  private Map<Object, E> byId(String side, List<E> items) {
    Map<Object, E> byId = new LinkedHashMap<>();
    for (E item : items) {
      Object id =
          Objects.requireNonNull(
              idOf.apply(Objects.requireNonNull(item, "An item is null.")),
              () -> "The id of " + Shown.of(item) + " is null. Give every item an id.");
      if (byId.put(id, item) != null) {
        throw new IllegalArgumentException(
            "Two items of %s have the id %s. Items that are merged have ids of their own."
                .formatted(side, Shown.of(id)));
      }
    }
    return byId;
  }
}
