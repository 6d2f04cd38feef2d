package io.stateward.examples.cookbook;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import io.stateward.cache.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cache-aside in which what was read before a write is not kept after it. */
final class Caching {

  private Caching() {}

  /** Where the names are. */
  interface Names {
    @Nullable String find(long id);

    void rename(long id, String name);

    void remove(long id);

    Map<Long, String> findAll(List<Long> ids);

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

  static LayeredCache<Long, String> cachedInBulk(Names db) {
    // tag: bulk
    LayeredCache<Long, String> names =
        LayeredCache.named("names")
            .bulk(500, Duration.ofMillis(2)) // keys in a call at most; how long a single read waits
            .buildBulk(db::findAll); // select ... where id in (...): one that is not there has none
    // end
    return names;
  }

  static List<String> roll(LayeredCache<Long, String> names, List<Long> ids) {
    // tag: all
    Map<Long, Result<String>> found = names.getAll(ids); // one call for all that is not cached
    List<String> roll =
        found.values().stream()
            .map(name -> name.fold(it -> it, () -> "nobody", failure -> "not known now"))
            .toList();
    // end
    return roll;
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
}
