package io.stateward.examples.nodes;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the usual cache-aside knows of the place that is shared: get, set and delete, and messages
 * that are sent and forgotten.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Failure.</b> Throws an {@link IllegalStateException} while the place does not answer.
 */
interface Plain {

  @Nullable String get(String key);

  void set(String key, String value, Duration ttl);

  void delete(String key);

  void publish(String message);

  /** Listens from now on; whoever sends a message hears it, too. */
  void listen(Consumer<String> listener);
}
