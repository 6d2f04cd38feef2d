package io.stateward.sync.crdt;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeCodec;
import io.stateward.collection.EntryChange;
import io.stateward.collection.MapBuilder;
import io.stateward.collection.PersistentMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Values that are named by the changes that made them, and which changes were seen. Immutable. */
record Dotted<T>(PersistentMap<Dot, T> values, VersionVector seen) {

  static <T> Dotted<T> empty() {
    return new Dotted<>(PersistentMap.of(), VersionVector.empty());
  }

  static IllegalArgumentException usedTwice(
      Dot dot, @Nullable Object mine, @Nullable Object theirs) {
    return new IllegalArgumentException(
        "The change %s stands for %s and for %s. The replica name '%s' was used by two at once, or by a replica that was restored from a copy; each takes a name of its own."
            .formatted(
                dot,
                Form.excerpt(String.valueOf(mine)),
                Form.excerpt(String.valueOf(theirs)),
                dot.replica()));
  }

  /** Returns these with one more value, in the place of some. */
  Dotted<T> replacing(Predicate<Dot> replaced, String replica, T value) {
    Dot dot = seen.next(replica);
    MapBuilder<Dot, T> next = values.toBuilder();
    values.keySet().stream().filter(replaced).forEach(next::remove);
    return new Dotted<>(next.put(dot, value).build(), seen.plus(dot));
  }

  Dotted<T> cleared() {
    return values.isEmpty() ? this : new Dotted<>(PersistentMap.of(), seen);
  }

  Dotted<T> merge(Dotted<T> other) {
    MapBuilder<Dot, T> merged = values.toBuilder();
    boolean same = true;
    for (EntryChange<Dot, T> change : other.values.diff(values)) {
      Dot dot = change.key();
      T mine = change.was();
      T theirs = change.now();
      if (mine == null && theirs != null && !seen.contains(dot)) {
        merged.put(dot, theirs);
        same = false;
      } else if (theirs == null && other.seen.contains(dot)) {
        merged.remove(dot);
        same = false;
      } else if (mine != null && theirs != null) {
        throw usedTwice(dot, mine, theirs);
      }
    }
    VersionVector both = seen.merge(other.seen);
    return same && both == seen ? this : new Dotted<>(merged.build(), both);
  }

  Dotted<T> since(Dotted<T> earlier) {
    MapBuilder<Dot, T> fresh = PersistentMap.builder();
    VersionVector news = seen.minus(earlier.seen);
    for (EntryChange<Dot, T> change : values.diff(earlier.values)) {
      T now = change.now();
      if (now != null && news.contains(change.key())) {
        fresh.put(change.key(), now);
      } else if (now == null && seen.contains(change.key())) {
        news = news.plus(change.key());
      }
    }
    return new Dotted<>(fresh.build(), news);
  }

  /** Returns the values in the order of their dots, the same on all replicas. */
  List<T> inOrder() {
    return List.copyOf(new TreeMap<>(values).values());
  }

  /** Returns the values as an array of replica, number and value. */
  Tree content(TreeCodec<T> codec) {
    TreeArray.Builder content = TreeArray.builder();
    new TreeMap<>(values)
        .forEach(
            (dot, value) ->
                content.add(
                    Tree.array(
                        Tree.of(dot.replica()), Tree.of(dot.number()), codec.toTree(value))));
    return content.build();
  }

  static <T> Dotted<T> read(Tree content, Form.Dots dots, VersionVector seen, TreeCodec<T> codec) {
    MapBuilder<Dot, T> values = PersistentMap.builder();
    for (Tree entry : content.asArray().elements()) {
      values.put(
          dots.read(Form.element(entry, 0, 3), Form.element(entry, 1, 3)),
          codec.fromTree(Form.element(entry, 2, 3)));
    }
    return new Dotted<>(values.build(), seen);
  }
}
