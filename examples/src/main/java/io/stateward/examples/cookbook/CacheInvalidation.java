package io.stateward.examples.cookbook;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Loaded;
import io.stateward.cache.Loader;
import io.stateward.collection.EntityTable;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;

/** A cache whose entries go when somebody says that the source has changed. */
final class CacheInvalidation {

  private CacheInvalidation() {}

  /** An event that another service sends when it has renamed somebody. */
  record Renamed(long id, long version) {}

  /** An event that another service sends when a team has another colour. */
  record Painted(String team) {}

  /** A name, and how often it was changed. */
  record Name(String text, long version) {}

  /** What a page is rendered of. */
  record Article(long id, String title, String author) {}

  static LayeredCache<Long, String> tagged(Caching.Names db) {
    // tag: tags
    Loader<Long, String> loader =
        load -> Loaded.ofNullable(db.find(load.key())).tagged("team:" + db.teamOf(load.key()));
    LayeredCache<Long, String> names = LayeredCache.named("names").buildWith(loader);
    // end
    return names;
  }

  static void renamed(LayeredCache<Long, String> names, Renamed event) {
    // tag: key
    names.invalidate(event.id());
    // end
  }

  static void painted(LayeredCache<Long, String> names, Painted event) {
    // tag: tag
    names.invalidateTag("team:" + event.team());
    // end
  }

  static Subscription follow(
      Store<EntityTable<Long, Article>> articles, LayeredCache<Long, String> pages) {
    // tag: commit
    Subscription following =
        articles.subscribe(
            change -> {
              pages.invalidateAllAsync(change.now().diff(change.was()).keys());
              pages.invalidateTagAsync("front-page");
            });
    // end
    return following;
  }

  static LayeredCache<Long, Name> versioned(Loader<Long, Name> replica) {
    // tag: versions
    LayeredCache<Long, Name> names =
        LayeredCache.named("names").<Name>versions(Name::version).buildWith(replica);
    // end
    return names;
  }

  static void renamedTo(LayeredCache<Long, Name> names, Renamed event) {
    // tag: version
    names.invalidate(event.id(), event.version());
    // end
  }
}
