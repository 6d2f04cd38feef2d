package io.stateward.benchmarks.collection;

import io.stateward.benchmarks.Heap;
import io.stateward.benchmarks.Workload;
import io.stateward.collection.PersistentMap;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The questions asked of persistent maps.
 *
 * <p>Keys are strings in an order without meaning. Lookups use other string objects than the map
 * holds, with their hash codes known, as keys have that come from outside and are used more than
 * once.
 *
 * <p><b>Thread safety.</b> Stateless; each workload is for one thread at a time.
 *
 * @since 0.1
 */
public final class CollectionWorkloads {

  private static final int LOOKUPS = 1 << 16;

  /** How many operations one run of the fine-grained workloads is. */
  public static final int BATCH = 1_000;

  private static final long SEED = 20_261_122;

  private CollectionWorkloads() {}

  /**
   * What does it cost to read, to replace, or to walk through a value of a map?
   *
   * @param contender whom to ask
   * @param operation {@code get}, {@code put} (of a key that is there) or {@code iterate}
   * @param size the number of entries
   * @return a batch of that operation
   */
  public static Workload map(String contender, String operation, int size) {
    return on(Maps.named(contender), operation, size);
  }

  private static <M> Workload on(Maps<M> maps, String operation, int size) {
    List<String> keys = keys(size);
    M map = maps.of(keys, numbers(size));
    return switch (operation) {
      case "get" -> new Lookups<>(maps, map, lookups(keys), false);
      case "put" -> new Lookups<>(maps, map, lookups(keys), true);
      case "iterate" -> new Walk<>(maps, map, size);
      default -> throw new IllegalArgumentException("No such operation: " + operation);
    };
  }

  /**
   * What does it cost to find how two versions differ?
   *
   * @param size the number of entries
   * @param changes how many of them differ
   * @return one comparison
   */
  public static Workload diff(int size, int changes) {
    List<String> keys = keys(size);
    PersistentMap<String, Integer> before = new StatewardMaps().of(keys, numbers(size));
    PersistentMap<String, Integer> after = before;
    for (int i = 0; i < changes; i++) {
      after = after.plus(keys.get(i), -1);
    }
    return new Comparison(before, after, changes);
  }

  /**
   * Counts the bytes that a collection takes without its keys and values.
   *
   * @param contender whom to ask
   * @param kind {@code map}, or {@code table} for Stateward's entity table
   * @param size the number of entries
   * @return the bytes retained
   */
  public static long retained(String contender, String kind, int size) {
    List<String> keys = keys(size);
    List<Integer> values = numbers(size);
    try {
      return kind.equals("table")
          ? Heap.retainedBy(() -> StatewardMaps.table(keys))
          : Heap.retainedBy(() -> Maps.named(contender).of(keys, values));
    } finally {
      Reference.reachabilityFence(keys);
      Reference.reachabilityFence(values);
    }
  }

  /** Returns keys in an order that is always the same and has no meaning. */
  static List<String> keys(int size) {
    List<String> keys =
        new ArrayList<>(IntStream.range(0, size).mapToObj(i -> "key-" + i).toList());
    Collections.shuffle(keys, new Random(SEED));
    return keys;
  }

  static List<Integer> numbers(int size) {
    return IntStream.range(0, size).boxed().toList();
  }

  private static String[] lookups(List<String> keys) {
    Random random = new Random(SEED);
    String[] lookups = new String[LOOKUPS];
    for (int i = 0; i < LOOKUPS; i++) {
      lookups[i] = copy(keys.get(random.nextInt(keys.size())));
    }
    return lookups;
  }

  /** Returns an equal string that is another object, whose hash code is known. */
  private static String copy(String key) {
    String copy = String.copyValueOf(key.toCharArray());
    if (copy.hashCode() != key.hashCode()) {
      throw new AssertionError("equal strings have equal hash codes");
    }
    return copy;
  }

  private static final class Lookups<M> implements Workload {
    private static final Integer REPLACEMENT = 1_000_000_000;

    private final Maps<M> maps;
    private final M map;
    private final String[] keys;
    private final boolean put;
    private int next;
    private int missed;

    Lookups(Maps<M> maps, M map, String[] keys, boolean put) {
      this.maps = maps;
      this.map = map;
      this.keys = keys;
      this.put = put;
    }

    @Override
    public void run() {
      if (put) {
        for (int i = 0; i < BATCH; i++) {
          if (maps.put(map, key(), REPLACEMENT) == map) {
            missed++;
          }
        }
      } else {
        for (int i = 0; i < BATCH; i++) {
          if (!(maps.get(map, key()) instanceof Integer value) || value < 0) {
            missed++;
          }
        }
      }
    }

    private String key() {
      next = (next + 1) & (LOOKUPS - 1);
      return keys[next];
    }

    @Override
    public long operations() {
      return BATCH;
    }

    @Override
    public void verify() {
      Workload.require("The number of keys not found or not changed", 0, missed);
    }
  }

  private static final class Walk<M> implements Workload {
    private final Maps<M> maps;
    private final M map;
    private final int size;
    private long sum;

    Walk(Maps<M> maps, M map, int size) {
      this.maps = maps;
      this.map = map;
      this.size = size;
    }

    @Override
    public void run() {
      sum = maps.sum(map);
    }

    @Override
    public long operations() {
      return size;
    }

    @Override
    public void verify() {
      Workload.require("The sum of the values", (long) size * (size - 1) / 2, sum);
    }
  }

  private static final class Comparison implements Workload {
    private final PersistentMap<String, Integer> before;
    private final PersistentMap<String, Integer> after;
    private final int changes;
    private int found;

    Comparison(
        PersistentMap<String, Integer> before, PersistentMap<String, Integer> after, int changes) {
      this.before = before;
      this.after = after;
      this.changes = changes;
    }

    @Override
    public void run() {
      found = after.diff(before).size();
    }

    @Override
    public void verify() {
      Workload.require("The number of differences", changes, found);
    }
  }
}
