package io.stateward.cache;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a source has for a key, and how it is to be stored.
 *
 * <pre>{@code
 * Loaded.of(page).tagged("pages", "author:7").freshFor(Duration.ofMinutes(5)).validator(etag);
 * Loaded.absent();
 * Loaded.notModified();      // what Load.stale() is, is fresh again
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <V> the type of the value
 * @since 0.1
 */
public final class Loaded<V> {

  final @Nullable V value;
  final boolean notModified;
  final Set<String> tags;
  final @Nullable Duration fresh;
  final @Nullable String validator;
  final boolean stored;

  private Loaded(
      @Nullable V value,
      boolean notModified,
      Set<String> tags,
      @Nullable Duration fresh,
      @Nullable String validator,
      boolean stored) {
    this.value = value;
    this.notModified = notModified;
    this.tags = tags;
    this.fresh = fresh;
    this.validator = validator;
    this.stored = stored;
  }

  /**
   * There is a value.
   *
   * @param <V> the type of the value
   * @param value the value
   * @return that
   */
  public static <V> Loaded<V> of(V value) {
    return new Loaded<>(Objects.requireNonNull(value, "value"), false, Set.of(), null, null, true);
  }

  /**
   * There is no value. That is stored for as long as {@link Policy#absent} says.
   *
   * @param <V> the type of the value
   * @return that
   */
  public static <V> Loaded<V> absent() {
    return new Loaded<>(null, false, Set.of(), null, null, true);
  }

  /**
   * There is a value, or none.
   *
   * @param <V> the type of the value
   * @param value the value; null for none
   * @return that
   */
  public static <V> Loaded<V> ofNullable(@Nullable V value) {
    return value == null ? absent() : of(value);
  }

  /**
   * The value is still {@link Load#stale}, which keeps its tags and its validator unless others are
   * given. To say so when there was none is an error.
   *
   * @param <V> the type of the value
   * @return that
   */
  public static <V> Loaded<V> notModified() {
    return new Loaded<>(null, true, Set.of(), null, null, true);
  }

  /**
   * Gives it tags, by which it can be {@linkplain LayeredCache#invalidateTag invalidated}.
   *
   * @param more the tags, besides those it has
   * @return with the tags
   * @throws IllegalArgumentException if one is blank
   */
  public Loaded<V> tagged(String... more) {
    Set<String> all = new TreeSet<>(tags);
    all.addAll(Selectors.tags(more));
    return new Loaded<>(value, notModified, Set.copyOf(all), fresh, validator, stored);
  }

  /**
   * Gives it a freshness of its own, instead of that of the policy.
   *
   * @param duration how long it is fresh; more than zero
   * @return with that freshness
   * @throws IllegalArgumentException if the duration is zero or less
   */
  public Loaded<V> freshFor(Duration duration) {
    return new Loaded<>(
        value, notModified, tags, Policy.positive("freshFor", duration), validator, stored);
  }

  /**
   * Gives it what the source can be asked with whether it has changed, as an ETag.
   *
   * @param text the validator
   * @return with the validator
   */
  public Loaded<V> validator(String text) {
    return new Loaded<>(
        value, notModified, tags, fresh, Objects.requireNonNull(text, "text"), stored);
  }

  /**
   * Keeps it from being stored: it goes to those who wait for it.
   *
   * @return not to be stored
   */
  public Loaded<V> doNotStore() {
    return new Loaded<>(value, notModified, tags, fresh, validator, false);
  }

  @Override
  public String toString() {
    String what = notModified ? "not modified" : value == null ? "absent" : value.toString();
    return stored ? what : what + ", not to be stored";
  }
}
