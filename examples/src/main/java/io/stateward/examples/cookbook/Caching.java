package io.stateward.examples.cookbook;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Loaded;
import io.stateward.cache.Loader;
import io.stateward.cache.Policy;
import io.stateward.cache.ReadOptions;
import io.stateward.cache.Result;
import io.stateward.cache.Stamp;
import io.stateward.cache.TransactionalWrites;
import io.stateward.cache.WritePolicy;
import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.Outbox;
import io.stateward.codec.Codec;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Cache-aside in which what was read before a write is not kept after it. */
final class Caching {

  private Caching() {}

  /** Where the names are. */
  interface Names {
    @Nullable String find(long id);

    void rename(long id, String name);

    String teamOf(long id);
  }

  static LayeredCache<Long, String> cached(Names db) {
    // tag: open
    LayeredCache<Long, String> names =
        LayeredCache.named("names")
            .memory(10_000) // entries at most
            .policy(Policy.ttl(Duration.ofHours(1)))
            .build(db::find); // null: there is none, which is remembered too
    // end
    return names;
  }

  static String greeting(LayeredCache<Long, String> names, long id) {
    // tag: get
    Result<String> name = names.get(id);
    String greeting =
        name.fold(
            it -> "Hello " + it, () -> "Hello stranger", failure -> "Nobody knows your name now");
    // end
    return greeting;
  }

  static Stamp renamed(LayeredCache<Long, String> names, Names db, long id, String name) {
    // tag: write
    Stamp stamp = names.invalidate(id, () -> db.rename(id, name));
    // end
    return stamp;
  }

  static Stamp putThrough(LayeredCache<Long, String> names, Names db, long id, String name) {
    // tag: through
    Stamp stamp =
        names.write(
            id,
            () -> {
              db.rename(id, name);
              return name; // what is read from now on, unless somebody else wrote meanwhile
            });
    // end
    return stamp;
  }

  static LayeredCache<Long, String> tagged(Names db) {
    // tag: tags
    Loader<Long, String> loader =
        load -> Loaded.ofNullable(db.find(load.key())).tagged("team:" + db.teamOf(load.key()));
    LayeredCache<Long, String> names = LayeredCache.named("names").buildWith(loader);
    // end
    return names;
  }

  static LayeredCache<Long, String> patient(Names db, Executor executor) {
    // tag: policy
    Policy policy =
        Policy.ttl(Duration.ofHours(1))
            .staleWhileRevalidate(Duration.ofMinutes(1)) // served while it is refreshed
            .failSafe(Duration.ofHours(6)) // served if the database fails
            .softTimeout(Duration.ofMillis(200)); // and if it takes longer than that
    LayeredCache<Long, String> names =
        LayeredCache.named("names").policy(policy).executor(executor).build(db::find);
    // end
    return names;
  }

  static LayeredCache<Long, String> shared(Names db, CacheLayer layer, Backplane backplane) {
    // tag: shared
    LayeredCache<Long, String> names =
        LayeredCache.named("names")
            .layer(layer, Codec.text()) // MemoryLayer, or one of your own
            .backplane(backplane)
            .build(db::find);
    // end
    return names;
  }

  static String readOwnWrite(LayeredCache<Long, String> elsewhere, String sent, long id) {
    // tag: own
    String name = elsewhere.get(id, ReadOptions.atLeast(Stamp.parse(sent))).value();
    // end
    return name;
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
