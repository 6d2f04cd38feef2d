package io.stateward.sync.crdt;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeCodec;
import io.stateward.collection.EntryChange;
import io.stateward.collection.MapBuilder;
import io.stateward.collection.PersistentMap;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A set in which adding wins: an element is removed only by who has seen all its additions.
 *
 * <pre>{@code
 * ObservedRemoveSet<String> list = ObservedRemoveSet.<String>empty().add("ada", "milk");
 * ObservedRemoveSet<String> bought = list.remove("milk");
 * ObservedRemoveSet<String> again = list.add("bob", "milk");
 * bought.merge(list).contains("milk");       // false
 * bought.merge(again).contains("milk");      // true: the removal had not seen bob's addition
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable, as far as the elements are.
 *
 * <p><b>Cost.</b> As large as what is in it, with one range for each replica that ever added: what
 * was removed leaves nothing behind. Adding and removing are O(log n), merging follows what differs
 * between relatives and is O(n) between strangers.
 *
 * @param <E> the type of the elements; immutable, with {@code equals} and {@code hashCode}
 * @since 0.1
 */
public final class ObservedRemoveSet<E> implements Causal<ObservedRemoveSet<E>> {

  private static final ObservedRemoveSet<?> EMPTY =
      new ObservedRemoveSet<>(PersistentMap.of(), VersionVector.empty());

  private final PersistentMap<E, Set<Dot>> additions; // no empty sets
  private final VersionVector seen;

  private ObservedRemoveSet(PersistentMap<E, Set<Dot>> additions, VersionVector seen) {
    this.additions = additions;
    this.seen = seen;
  }

  /**
   * Returns the set without elements.
   *
   * @param <E> the type of the elements
   * @return the set
   */
  @SuppressWarnings("unchecked") // it has no elements
  public static <E> ObservedRemoveSet<E> empty() {
    return (ObservedRemoveSet<E>) EMPTY;
  }

  /**
   * Returns the codec.
   *
   * @param <E> the type of the elements
   * @param elements the codec of an element
   * @return the codec; its schema names that of the elements
   */
  public static <E> CausalCodec<ObservedRemoveSet<E>> codec(TreeCodec<E> elements) {
    return new CausalCodec<>(
        "observed-remove-set/1(" + elements.schema() + ")",
        set -> set.content(elements),
        (content, dots, seen) -> read(content, dots, seen, elements));
  }

  /**
   * Returns what is in the set.
   *
   * @return the elements, unmodifiable, in an arbitrary order
   */
  public Set<E> elements() {
    return additions.keySet();
  }

  /**
   * Tells whether an element is in the set.
   *
   * @param element the element
   * @return whether it is
   */
  public boolean contains(E element) {
    return additions.containsKey(element);
  }

  /**
   * Returns how many elements there are.
   *
   * @return the number of elements
   */
  public int size() {
    return additions.size();
  }

  /**
   * Adds an element. One that is there is added all the same: who removes it has to see this.
   *
   * @param replica who adds it
   * @param element the element
   * @return the set with it
   */
  public ObservedRemoveSet<E> add(String replica, E element) {
    Dot dot = seen.next(replica);
    Objects.requireNonNull(element, "element");
    return new ObservedRemoveSet<>(additions.plus(element, Set.of(dot)), seen.plus(dot));
  }

  /**
   * Removes an element, as far as its additions were seen here.
   *
   * @param element the element
   * @return the set without it
   */
  public ObservedRemoveSet<E> remove(E element) {
    return with(additions.minus(element), seen);
  }

  private ObservedRemoveSet<E> with(PersistentMap<E, Set<Dot>> next, VersionVector known) {
    return next == additions && known == seen ? this : new ObservedRemoveSet<>(next, known);
  }

  @Override
  public ObservedRemoveSet<E> merge(ObservedRemoveSet<E> other) {
    MapBuilder<E, Set<Dot>> merged = additions.toBuilder();
    boolean same = true;
    for (EntryChange<E, Set<Dot>> change : other.additions.diff(additions)) {
      Set<Dot> mine = dots(change.was());
      Set<Dot> both = joined(mine, dots(change.now()), other.seen);
      if (both.isEmpty()) {
        merged.remove(change.key());
      } else {
        merged.put(change.key(), both);
      }
      same &= both.equals(mine);
    }
    return with(same ? additions : merged.build(), seen.merge(other.seen));
  }

  /** Returns the additions that both have, and those that one has and the other has not seen. */
  private Set<Dot> joined(Set<Dot> mine, Set<Dot> theirs, VersionVector theySaw) {
    Set<Dot> both = new HashSet<>();
    for (Dot dot : mine) {
      if (theirs.contains(dot) || !theySaw.contains(dot)) {
        both.add(dot);
      }
    }
    for (Dot dot : theirs) {
      if (!seen.contains(dot)) {
        both.add(dot);
      }
    }
    return Set.copyOf(both);
  }

  private static Set<Dot> dots(@Nullable Set<Dot> found) {
    return found == null ? Set.of() : found;
  }

  @Override
  public ObservedRemoveSet<E> since(ObservedRemoveSet<E> earlier) {
    MapBuilder<E, Set<Dot>> fresh = PersistentMap.builder();
    VersionVector news = seen.minus(earlier.seen);
    for (EntryChange<E, Set<Dot>> change : additions.diff(earlier.additions)) {
      Set<Dot> now = dots(change.now());
      Set<Dot> added = new HashSet<>(now);
      added.removeIf(earlier.seen::contains);
      if (!added.isEmpty()) {
        fresh.put(change.key(), Set.copyOf(added));
      }
      for (Dot dot : dots(change.was())) {
        news = !now.contains(dot) && seen.contains(dot) ? news.plus(dot) : news;
      }
    }
    return new ObservedRemoveSet<>(fresh.build(), news);
  }

  @Override
  public ObservedRemoveSet<E> redone(ObservedRemoveSet<E> before, ObservedRemoveSet<E> ground) {
    ObservedRemoveSet<E> made = since(before);
    VersionVector news = made.seen;
    for (EntryChange<E, Set<Dot>> change : additions.diff(before.additions)) {
      Set<Dot> was = dots(change.was());
      boolean removes = !dots(change.now()).containsAll(was);
      for (Dot dot : dots(ground.additions.get(change.key()))) {
        // what this had removed, too, through a change that is not there
        news = removes && !was.contains(dot) ? news.plus(dot) : news;
      }
    }
    return ground.merge(new ObservedRemoveSet<>(made.additions, news));
  }

  @Override
  public VersionVector seen() {
    return seen;
  }

  @Override
  public boolean isEmpty() {
    return additions.isEmpty();
  }

  @Override
  public ObservedRemoveSet<E> cleared() {
    return with(PersistentMap.of(), seen);
  }

  @Override
  public ObservedRemoveSet<E> seeing(VersionVector others) {
    return with(additions, others);
  }

  private Tree content(TreeCodec<E> elements) {
    TreeArray.Builder content = TreeArray.builder();
    additions.forEach(
        (element, dots) -> {
          TreeArray.Builder names = TreeArray.builder();
          new TreeSet<>(dots)
              .forEach(dot -> names.add(Tree.array(Tree.of(dot.replica()), Tree.of(dot.number()))));
          content.add(Tree.array(elements.toTree(element), names.build()));
        });
    return content.build();
  }

  private static <E> ObservedRemoveSet<E> read(
      Tree content, Form.Dots dots, VersionVector seen, TreeCodec<E> elements) {
    MapBuilder<E, Set<Dot>> additions = PersistentMap.builder();
    for (Tree entry : content.asArray().elements()) {
      E element = elements.fromTree(Form.element(entry, 0, 2));
      Set<Dot> names = new HashSet<>();
      for (Tree name : Form.element(entry, 1, 2).asArray().elements()) {
        names.add(dots.read(Form.element(name, 0, 2), Form.element(name, 1, 2)));
      }
      Form.checkNew(element, names.isEmpty(), additions.get(element));
      additions.put(element, Set.copyOf(names));
    }
    return new ObservedRemoveSet<>(additions.build(), seen);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObservedRemoveSet<?> that
        && seen.equals(that.seen)
        && additions.equals(that.additions);
  }

  @Override
  public int hashCode() {
    return 31 * seen.hashCode() + additions.hashCode();
  }

  @Override
  public String toString() {
    return elements().toString();
  }
}
