package io.stateward.cache.http;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Has a CDN drop copies, by what it offers for that.
 *
 * <pre>{@code
 * Purge purge = names -> http.sendAsync(requestFor(names), BodyHandlers.discarding())
 *     .thenAccept(response -> check(response.statusCode() == 200));   // or it is tried again
 * }</pre>
 *
 * <p><b>Thread safety.</b> It is called by many threads, though not at the same time by one {@link
 * Purging}.
 *
 * <p><b>Failure.</b> What it throws, or its stage fails with, has it called again later.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Purge {

  /** How many names there are in one call at most. */
  int MOST_AT_ONCE = 256;

  /**
   * Drops the copies that have one of the names.
   *
   * @param surrogateKeys the names, as {@link SurrogateKeys} makes them; at least one, at most
   *     {@value #MOST_AT_ONCE}
   * @return completes when they are dropped; until then no other call is made
   */
  CompletionStage<?> purge(List<String> surrogateKeys);
}
