package io.stateward.sync.crdt;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.TreeObject;
import io.stateward.collection.EntryChange;
import io.stateward.collection.MapBuilder;
import io.stateward.collection.PersistentMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which changes a replica has seen, by replica: the set of their dots, kept as ranges.
 *
 * <pre>{@code
 * VersionVector seen = VersionVector.empty().plus(new Dot("ada", 1)).plus(new Dot("ada", 2));
 * seen.next("ada");                              // the dot ada:3
 * seen.compare(VersionVector.empty());           // Order.AFTER
 * }</pre>
 *
 * <p>As a rule the changes of a replica are seen from the first on, and one number says which;
 * where some are missing it has gaps (a version vector with exceptions; Malkhi, Terry, "Concise
 * version vectors in WinFS", DISC 2005), which close when what is missing comes.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Cost.</b> One range for each replica and gap. {@link #merge} of relatives follows what
 * differs.
 *
 * @since 0.1
 */
public final class VersionVector implements Replicated<VersionVector> {

  /** How two version vectors stand to each other. */
  public enum Order {
    /** Both have seen the same. */
    EQUAL,
    /** The other one has seen all that this one has, and more. */
    BEFORE,
    /** This one has seen all that the other one has, and more. */
    AFTER,
    /** Each has seen what the other one has not. */
    CONCURRENT
  }

  private static final VersionVector EMPTY = new VersionVector(PersistentMap.of());
  private static final TreeCodec<VersionVector> CODEC =
      TreeCodec.of("version-vector/1", VersionVector::toTree, VersionVector::fromTree);

  private final PersistentMap<String, Ranges> seen; // no empty ranges

  private VersionVector(PersistentMap<String, Ranges> seen) {
    this.seen = seen;
  }

  /**
   * Returns the vector that has seen nothing.
   *
   * @return the vector
   */
  public static VersionVector empty() {
    return EMPTY;
  }

  /**
   * Returns the codec: an object with a number for each replica, the last change that was seen, or,
   * where there are gaps, an array of ranges as pairs of a first and a last number.
   *
   * @return the codec with schema {@code "version-vector/1"}
   */
  public static TreeCodec<VersionVector> codec() {
    return CODEC;
  }

  /**
   * Tells whether nothing was seen.
   *
   * @return whether this is empty
   */
  public boolean isEmpty() {
    return seen.isEmpty();
  }

  /**
   * Returns the replicas of which a change was seen.
   *
   * @return their names, in alphabetical order
   */
  public Set<String> replicas() {
    return new TreeSet<>(seen.keySet());
  }

  /**
   * Returns the number of the last change of a replica that was seen.
   *
   * @param replica the name of the replica
   * @return the number; 0 if none was seen
   */
  public long highest(String replica) {
    return seen.getOrDefault(replica, Ranges.NONE).highest();
  }

  /**
   * Tells whether a change was seen.
   *
   * @param dot the change
   * @return whether it was
   */
  public boolean contains(Dot dot) {
    Ranges ranges = seen.get(dot.replica());
    return ranges != null && ranges.contains(dot.number());
  }

  /**
   * Returns the dot of the next change of a replica.
   *
   * @param replica the name of the replica
   * @return the dot after the last one that was seen
   * @throws IllegalArgumentException if the name is blank or too long, or the replica has used all
   *     numbers
   */
  public Dot next(String replica) {
    return new Dot(replica, highest(Dot.checkedReplica(replica)) + 1);
  }

  /**
   * Returns this vector with a change seen.
   *
   * @param dot the change
   * @return the vector
   */
  public VersionVector plus(Dot dot) {
    Ranges ranges = seen.getOrDefault(dot.replica(), Ranges.NONE);
    return ranges.contains(dot.number())
        ? this
        : new VersionVector(seen.plus(dot.replica(), ranges.plus(dot.number())));
  }

  @Override
  public VersionVector merge(VersionVector other) {
    MapBuilder<String, Ranges> union = seen.toBuilder();
    boolean theirs = true; // whether the union is what the other one has
    boolean mine = true;
    for (EntryChange<String, Ranges> change : other.seen.diff(seen)) {
      Ranges was = ranges(change.was());
      Ranges now = ranges(change.now());
      Ranges both = was.union(now);
      mine &= both.equals(was);
      theirs &= both.equals(now);
      union.put(change.key(), both);
    }
    return mine ? this : theirs ? other : new VersionVector(union.build());
  }

  /**
   * Returns what this vector has seen and another one has not.
   *
   * @param other the other vector
   * @return the difference
   */
  public VersionVector minus(VersionVector other) {
    MapBuilder<String, Ranges> rest = PersistentMap.builder();
    for (EntryChange<String, Ranges> change : seen.diff(other.seen)) {
      Ranges more = ranges(change.now()).minus(ranges(change.was()));
      if (!more.isEmpty()) {
        rest.put(change.key(), more);
      }
    }
    return rest.size() == 0 ? EMPTY : new VersionVector(rest.build());
  }

  private static Ranges ranges(@Nullable Ranges found) {
    return found == null ? Ranges.NONE : found;
  }

  @Override
  public VersionVector since(VersionVector earlier) {
    return minus(earlier);
  }

  @Override
  public Set<String> authorsSince(VersionVector earlier) {
    return minus(earlier).replicas();
  }

  @Override
  public boolean includes(VersionVector other) {
    return other.minus(this).isEmpty();
  }

  /**
   * Compares what two vectors have seen.
   *
   * @param other the other vector
   * @return how this one stands to it
   */
  public Order compare(VersionVector other) {
    boolean lacks = !includes(other);
    boolean exceeds = !other.includes(this);
    if (lacks) {
      return exceeds ? Order.CONCURRENT : Order.BEFORE;
    }
    return exceeds ? Order.AFTER : Order.EQUAL;
  }

  private static Tree toTree(VersionVector vector) {
    TreeObject.Builder tree = TreeObject.builder();
    for (String replica : vector.replicas()) {
      tree.add(replica, toTree(Objects.requireNonNull(vector.seen.get(replica))));
    }
    return tree.build();
  }

  private static Tree toTree(Ranges ranges) {
    if (ranges.count() == 1 && ranges.from(0) == 1) {
      return Tree.of(ranges.to(0));
    }
    TreeArray.Builder pairs = TreeArray.builder();
    for (int i = 0; i < ranges.count(); i++) {
      pairs.add(Tree.array(Tree.of(ranges.from(i)), Tree.of(ranges.to(i))));
    }
    return pairs.build();
  }

  static VersionVector fromTree(Tree tree) {
    MapBuilder<String, Ranges> seen = PersistentMap.builder();
    tree.asObject()
        .members()
        .forEach((replica, ranges) -> seen.put(replica, fromTree(replica, ranges)));
    return new VersionVector(seen.build());
  }

  private static Ranges fromTree(String replica, Tree tree) {
    if (!(tree instanceof TreeArray pairs)) {
      return Ranges.of(1, new Dot(replica, tree.asLong()).number());
    }
    Dot.checkedReplica(replica);
    Ranges.Reader ranges = new Ranges.Reader(replica, pairs.elements().size());
    for (Tree pair : pairs.elements()) {
      ranges.add(Form.element(pair, 0, 2).asLong(), Form.element(pair, 1, 2).asLong());
    }
    return ranges.ranges();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionVector that && seen.equals(that.seen);
  }

  @Override
  public int hashCode() {
    return seen.hashCode();
  }

  @Override
  public String toString() {
    return toTree(this).toJson();
  }
}
