package io.stateward.signal.internal;

import io.stateward.signal.Signal;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The observed keys of a collection in a store.
 *
 * <p>A commit compares two versions of the collection, which costs as much as they differ, and
 * looks up the keys that differ. Keys that nobody observes cost nothing, and neither do observed
 * ones that did not change.
 *
 * @param <C> the type of the collection
 * @param <K> the type of its keys
 * @param <V> the type of its values
 */
public final class KeyIndex<C, K, V> {

  private final Node<C> collection;
  private final Access<C, K, V> access;
  private final Map<K, Members<Edge>> observed = new ConcurrentHashMap<>(); // writes under the lock
  private @Nullable Link link; // guarded by the lock; as in Projection

  /**
   * How to look into a collection.
   *
   * @param <C> the type of the collection
   * @param <K> the type of its keys
   * @param <V> the type of its values
   */
  public interface Access<C, K, V> {

    /**
     * Returns a value.
     *
     * @param collection where to look
     * @param key the key
     * @return the value, or null if there is none
     */
    @Nullable V get(C collection, K key);

    /**
     * Names the keys whose values differ.
     *
     * @param before the earlier version
     * @param after the later version
     * @param changed called once per such key
     */
    void compare(C before, C after, Consumer<? super K> changed);
  }

  /**
   * Creates an index in which nothing is observed yet.
   *
   * @param collection the node of the collection
   * @param access how to look into it
   */
  public KeyIndex(Node<C> collection, Access<C, K, V> access) {
    this.collection = collection;
    this.access = access;
  }

  /**
   * Returns the signal of the value at a key.
   *
   * @param key the key
   * @return the signal; null while the key is absent
   */
  public Signal<@Nullable V> at(K key) {
    return new At(Objects.requireNonNull(key, "key"));
  }

  private void add(K key, Edge member) {
    if (observed.isEmpty()) {
      link = new Link();
      collection.attach(link);
    }
    Members<Edge> members = observed.get(key);
    if (members == null) {
      members = new Members<>();
      members.add(member);
      observed.put(key, members);
    } else {
      members.add(member);
    }
  }

  private void remove(K key, Edge member) {
    Members<Edge> members = observed.get(key);
    if (members != null && members.remove(member) && members.isEmpty()) {
      observed.remove(key);
      if (observed.isEmpty()) {
        collection.detachQuietly(Objects.requireNonNull(link));
        link = null;
      }
    }
  }

  private void each(Consumer<Edge> action) {
    observed.values().forEach(members -> each(members, action));
  }

  private static void each(Members<Edge> members, Consumer<Edge> action) {
    for (Member member : members.slots()) {
      if (member != null) {
        action.accept((Edge) member);
      }
    }
  }

  /** The link from the collection to the observed keys. */
  private final class Link extends Edge {
    private final Position<C> position = new Position<>(collection, collection.baseline());

    @Override
    @SuppressWarnings("unchecked") // it is only ever attached to the collection
    public void advance(Cell<?> now, Pass pass) {
      if (!position.isPast(now)) {
        advanceTo((Cell<C>) now, pass);
      }
    }

    private void advanceTo(Cell<C> now, Pass pass) {
      Cell<C> before = position.cell();
      position.moveTo(now);
      if (now.failed() || before.failed()) {
        each(member -> member.advance(now, pass));
      } else {
        access.compare(before.value(), now.value(), key -> advanceKey(key, now, pass));
      }
    }

    private void advanceKey(K key, Cell<C> now, Pass pass) {
      Members<Edge> members = observed.get(key);
      if (members != null) {
        each(members, member -> member.advance(now, pass));
      }
    }

    @Override
    public void mark(Pass pass) {
      each(member -> member.mark(pass));
    }

    @Override
    public void end() {
      each(Edge::end);
    }
  }

  /** The value at one key. */
  private final class At extends Projection<C, @Nullable V> {
    private final K key;

    At(K key) {
      super(collection);
      this.key = key;
    }

    @Override
    @SuppressWarnings("NullAway") // the type argument is nullable, which it does not see on 17
    protected @Nullable V compute(C in) {
      return access.get(in, key);
    }

    @Override
    void link(Edge member) {
      add(key, member);
    }

    @Override
    void unlink(Edge member) {
      remove(key, member);
    }

    @Override
    String describe(int levels) {
      return "%s[%s]".formatted(collection.label(levels), key);
    }
  }
}
