package io.stateward.examples.cookbook;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Stamp;
import io.stateward.cache.spi.LayerUnavailableException;

/** Writing the source and having what was written in the cache. */
final class CacheWriting {

  private CacheWriting() {}

  static Stamp through(
      LayeredCache<Long, String> names, Caching.Names db, long id, String name, String team) {
    // tag: through
    Stamp stamp =
        names.write(
            id,
            () -> {
              db.rename(id, name);
              return name; // what the source has now
            },
            "team:" + team); // the tags that the loader would give it
    // end
    return stamp;
  }

  static Stamp remove(LayeredCache<Long, String> names, Caching.Names db, long id) {
    // tag: remove
    Stamp stamp =
        names.write(
            id,
            () -> {
              db.remove(id);
              return null; // from now on it is known that there is none
            });
    // end
    return stamp;
  }

  static Stamp put(LayeredCache<Long, String> names, long id, String name) {
    // tag: put
    Stamp stamp = names.put(id, name); // the source has it already, and nobody else writes it
    // end
    return stamp;
  }

  static String tried(LayeredCache<Long, String> names, Caching.Names db, long id, String name) {
    // tag: down
    try {
      names.write(
          id,
          () -> {
            db.rename(id, name);
            return name;
          });
    } catch (LayerUnavailableException e) {
      return "Not now: " + e.getMessage();
    }
    // end
    return "done";
  }
}
