package io.stateward.store;

import io.stateward.signal.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A collection in a store whose entries are followed one by one.
 *
 * <pre>{@code
 * Keyed<Long, Todo> todos = store.entities(App::todos);
 * Signal<@Nullable Todo> seven = todos.at(7L);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Cost.</b> While a hundred thousand keys are observed and one changes, one subscriber runs
 * and the others cost nothing. Keep the {@code Keyed} and ask it for keys: each one has an index of
 * its own, and a commit compares the collection once per index in which something is observed.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
@FunctionalInterface
public interface Keyed<K, V> {

  /**
   * Returns the signal of the value at a key.
   *
   * @param key the key
   * @return the signal; its value is null while the key is absent
   */
  Signal<@Nullable V> at(K key);
}
