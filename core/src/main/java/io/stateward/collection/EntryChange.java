package io.stateward.collection;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one key differs between two versions of a map or table.
 *
 * <pre>{@code
 * String line = change.fold(
 *     added -> "+ " + added.now(),
 *     removed -> "- " + removed.was(),
 *     changed -> changed.was() + " -> " + changed.now());
 * }</pre>
 *
 * <p>The hierarchy is sealed. On Java 21 and later switch over it; on Java 17 use {@link #fold},
 * which the compiler keeps exhaustive.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <K> the type of the key
 * @param <V> the type of the values
 * @since 0.1
 */
public sealed interface EntryChange<K, V> {

  /**
   * Returns the key.
   *
   * @return the key whose entry differs
   */
  K key();

  /**
   * Returns the value in the earlier version.
   *
   * @return the value, or {@code null} if the key was added
   */
  @Nullable V was();

  /**
   * Returns the value in the later version.
   *
   * @return the value, or {@code null} if the key was removed
   */
  @Nullable V now();

  /**
   * Returns the same difference seen from the later version.
   *
   * @return a removal for an addition, an addition for a removal, the values exchanged for a change
   */
  EntryChange<K, V> reversed();

  /**
   * Maps whichever kind of difference this is.
   *
   * @param <R> the type of the result
   * @param added maps a key that only the later version has
   * @param removed maps a key that only the earlier version has
   * @param changed maps a key that both versions have, with different values
   * @return the result of the function that was called; exactly one of them is
   */
  <R> R fold(
      Function<? super Added<K, V>, ? extends R> added,
      Function<? super Removed<K, V>, ? extends R> removed,
      Function<? super Changed<K, V>, ? extends R> changed);

  /**
   * The key is in the later version only.
   *
   * @param <K> the type of the key
   * @param <V> the type of the values
   * @param key the key
   * @param now its value in the later version
   */
  record Added<K, V>(K key, V now) implements EntryChange<K, V> {
    @Override
    public @Nullable V was() {
      return null;
    }

    @Override
    public Removed<K, V> reversed() {
      return new Removed<>(key, now);
    }

    @Override
    public <R> R fold(
        Function<? super Added<K, V>, ? extends R> added,
        Function<? super Removed<K, V>, ? extends R> removed,
        Function<? super Changed<K, V>, ? extends R> changed) {
      return added.apply(this);
    }
  }

  /**
   * The key is in the earlier version only.
   *
   * @param <K> the type of the key
   * @param <V> the type of the values
   * @param key the key
   * @param was its value in the earlier version
   */
  record Removed<K, V>(K key, V was) implements EntryChange<K, V> {
    @Override
    public @Nullable V now() {
      return null;
    }

    @Override
    public Added<K, V> reversed() {
      return new Added<>(key, was);
    }

    @Override
    public <R> R fold(
        Function<? super Added<K, V>, ? extends R> added,
        Function<? super Removed<K, V>, ? extends R> removed,
        Function<? super Changed<K, V>, ? extends R> changed) {
      return removed.apply(this);
    }
  }

  /**
   * The key is in both versions, with values that are not equal.
   *
   * @param <K> the type of the key
   * @param <V> the type of the values
   * @param key the key
   * @param was its value in the earlier version
   * @param now its value in the later version
   */
  record Changed<K, V>(K key, V was, V now) implements EntryChange<K, V> {
    @Override
    public Changed<K, V> reversed() {
      return new Changed<>(key, now, was);
    }

    @Override
    public <R> R fold(
        Function<? super Added<K, V>, ? extends R> added,
        Function<? super Removed<K, V>, ? extends R> removed,
        Function<? super Changed<K, V>, ? extends R> changed) {
      return changed.apply(this);
    }
  }
}
