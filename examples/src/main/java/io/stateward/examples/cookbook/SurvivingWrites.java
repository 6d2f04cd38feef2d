package io.stateward.examples.cookbook;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Policy;
import io.stateward.cache.TransactionalWrites;
import io.stateward.cache.WritePolicy;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.Outbox;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What becomes of a write if its writer dies, or the layer does not answer. */
final class SurvivingWrites {

  private SurvivingWrites() {}

  /** Where the names are. */
  interface Names {
    @Nullable String find(long id);
  }

  static <T> void relayed(
      LayeredCache<Long, String> names, Outbox<T> outbox, T transaction, long id) {
    // tag: outbox
    try (TransactionalWrites<Long, T> writes = names.transactional(outbox)) {
      writes.invalidate(id, transaction); // in the one that renames
    }
    // end
  }

  static Policy queueing() {
    // tag: queue
    Policy policy = Policy.ttl(Duration.ofHours(1)).writes(WritePolicy.QUEUE);
    // end
    return policy;
  }

  static LayeredCache<Long, String> told(
      Names db, Executor executor, Consumer<Invalidation> purge) {
    // tag: told
    LayeredCache<Long, String> names =
        LayeredCache.named("names").executor(executor).onInvalidate(purge).build(db::find);
    // end
    return names;
  }
}
