package io.stateward.cache;

/**
 * The source of a cache, for who has more to say than a value.
 *
 * <pre>{@code
 * Loader<Long, Page> pages = load -> {
 *   Response response = http.get(load.key(), load.validator());      // If-None-Match
 *   return response.status() == 304
 *       ? Loaded.notModified()
 *       : Loaded.of(response.page()).tagged("pages").validator(response.etag());
 * };
 * }</pre>
 *
 * <p><b>Thread safety.</b> Called by many threads at once, mostly for different keys: for the same
 * one if it was invalidated meanwhile, or a read bypasses what is cached.
 *
 * <p><b>Failure.</b> What it throws is the failure in the {@link Result} of whoever asked, unless
 * something older may be served.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
@FunctionalInterface
public interface Loader<K, V> {

  /**
   * Loads a key.
   *
   * @param load what to load, and what is known of it
   * @return what the source has; never null
   * @throws Exception if it cannot be told
   */
  Loaded<V> load(Load<K, V> load) throws Exception;
}
