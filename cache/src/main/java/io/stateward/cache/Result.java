package io.stateward.cache;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a read of a cache found: a value, that there is none, or that it could not be loaded.
 *
 * <pre>{@code
 * Result<User> found = users.get(7L);
 * String name = found.fold(User::name, () -> "nobody", failure -> "not known now");
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @param <V> the type of the value
 * @since 0.1
 */
public sealed interface Result<V> permits Entry, Answer {

  /** Where a result is from. */
  enum Source {
    /** The memory of this instance. */
    MEMORY,
    /** A layer that instances share. */
    LAYER,
    /** The loader. */
    LOADER,
    /** It has outlived its freshness, and is served as the policy allows. */
    STALE,
    /** The loader, past a layer that does not answer. */
    OFFLINE
  }

  /** Why it is from there. */
  enum Reason {
    /** It was there. */
    HIT,
    /** It was not there, so it was loaded and stored. */
    MISS,
    /** It is being refreshed. */
    REFRESHING,
    /** The loader failed. */
    LOADER_FAILED,
    /** The loader takes longer than the soft time-out. */
    LOADER_SLOW,
    /** A layer does not answer. */
    LAYER_DOWN,
    /**
     * It was invalidated while it was loaded, or the source is known to have a newer version, so it
     * is not stored. The next load is told to {@linkplain Load#preferPrimary avoid replicas}.
     */
    REJECTED,
    /** Somebody is writing it, so it is not stored. */
    WRITING,
    /** The loader said so, or it has no form in the layer, so it is not stored. */
    NOT_STORED,
    /** The reader wanted it from the loader. */
    BYPASSED
  }

  /**
   * Returns the value.
   *
   * @return the value
   * @throws NoSuchElementException if there is none
   * @throws LoadFailedException if it could not be loaded
   */
  default V value() {
    V value = valueOrNull();
    if (value != null) {
      return value;
    }
    Throwable failure = failure();
    if (failure != null) {
      throw new LoadFailedException(failure);
    }
    throw new NoSuchElementException(
        "The source has no value for this key. Ask isAbsent() first, or use valueOrNull() or fold().");
  }

  /**
   * Returns the value, if there is one.
   *
   * @return the value; null if there is none, or it could not be loaded
   */
  @Nullable V valueOrNull();

  /**
   * Returns why it could not be loaded.
   *
   * @return what the loader threw; null if it did not
   */
  @Nullable Throwable failure();

  /**
   * Tells whether the source has no value.
   *
   * @return true if there is neither a value nor a failure
   */
  default boolean isAbsent() {
    return valueOrNull() == null && failure() == null;
  }

  /**
   * Returns one of three answers.
   *
   * @param <R> the type of the answer
   * @param present is given the value
   * @param absent asked if there is none
   * @param failed is given why it could not be loaded
   * @return the answer
   */
  default <R> R fold(
      Function<? super V, ? extends R> present,
      Supplier<? extends R> absent,
      Function<? super Throwable, ? extends R> failed) {
    V value = valueOrNull();
    if (value != null) {
      return present.apply(value);
    }
    Throwable failure = failure();
    return failure == null ? absent.get() : failed.apply(failure);
  }

  /**
   * Returns where it is from.
   *
   * @return the source
   */
  Source source();

  /**
   * Returns why it is from there.
   *
   * @return the reason
   */
  Reason reason();

  /**
   * Returns how long ago the loader gave it, said that it is not modified, or failed; or how long
   * ago it was written, if it is what a write stored. For what this instance loaded, that is exact.
   * For what came through layers it is how long those had it, each by its own clock, and what has
   * passed since this instance asked for it; the time that a fill took on its way there is not
   * counted.
   *
   * @return the age as of now; not negative
   */
  Duration age();

  /**
   * Returns how long it is fresh still: what others who keep a copy, as a browser does, may rely
   * on.
   *
   * @return the time from now; zero if it is stale, could not be loaded, or is stored nowhere
   */
  Duration fresh();

  /**
   * Returns how long it may be served at all, stale as well, as the policy allows.
   *
   * @return the time from now, at least {@link #fresh}; zero if it could not be loaded, or is
   *     stored nowhere
   */
  Duration kept();

  /**
   * Returns what it can be {@linkplain LayeredCache#invalidateTag invalidated} by, besides its key.
   *
   * @return the tags; immutable
   */
  Set<String> tags();

  /**
   * Returns what its source told it by, as an ETag.
   *
   * @return what the loader {@linkplain Loaded#validator gave}; null if nothing
   */
  @Nullable String validator();

  /**
   * Returns how new it is at least: it is not older than the write with this stamp.
   *
   * @return the stamp
   */
  Stamp stamp();
}
