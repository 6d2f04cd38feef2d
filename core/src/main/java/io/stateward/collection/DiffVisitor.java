package io.stateward.collection;

/**
 * Told, one call per key, how one version of a map or table differs from another.
 *
 * <pre>{@code
 * PersistentMap.diff(before, after, new DiffVisitor<String, Integer>() {
 *   public void added(String key, Integer now) { insertRow(key, now); }
 *   public void removed(String key, Integer was) { deleteRow(key); }
 *   public void changed(String key, Integer was, Integer now) { updateRow(key, now); }
 * });
 * }</pre>
 *
 * <p><b>Ordering.</b> Each key is reported at most once, in no particular order.
 *
 * <p><b>Failure.</b> What a method throws ends the comparison and reaches its caller.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
public interface DiffVisitor<K, V> {

  /**
   * A key is in the later version only.
   *
   * @param key the key
   * @param now its value in the later version
   */
  void added(K key, V now);

  /**
   * A key is in the earlier version only.
   *
   * @param key the key
   * @param was its value in the earlier version
   */
  void removed(K key, V was);

  /**
   * A key is in both versions, with values that are not equal.
   *
   * @param key the key
   * @param was its value in the earlier version
   * @param now its value in the later version
   */
  void changed(K key, V was, V now);
}
