package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Loaded;
import io.stateward.collection.EntityTable;
import io.stateward.examples.cookbook.CacheInvalidation.Article;
import io.stateward.examples.cookbook.CacheInvalidation.Name;
import io.stateward.examples.cookbook.CacheInvalidation.Painted;
import io.stateward.examples.cookbook.CacheInvalidation.Renamed;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CacheInvalidationTest {

  private final NamesInMemory db = new NamesInMemory();

  @Test
  void event_invalidatesItsKey() {
    try (LayeredCache<Long, String> names = CacheInvalidation.tagged(db)) {
      names.get(1L);
      db.rename(1, "Grace");

      CacheInvalidation.renamed(names, new Renamed(1, 2));

      assertThat(names.get(1L).value()).isEqualTo("Grace");
    }
  }

  @Test
  void event_invalidatesItsTagAlone() {
    try (LayeredCache<Long, String> names = CacheInvalidation.tagged(db)) {
      names.get(1L);
      names.get(2L);

      CacheInvalidation.painted(names, new Painted("engine"));

      assertThat(names.peek(1L)).isEmpty();
      assertThat(names.peek(2L)).isPresent();
    }
  }

  @Test
  void prefix_takesWhatBeginsSo() {
    try (LayeredCache<String, String> names =
        LayeredCache.named("names").build((String key) -> key)) {
      names.get("user:1");
      names.get("team:1");
      // tag: wide
      names.invalidatePrefix("user:"); // of the keys' text
      names.clear(); // everything
      // end
      assertThat(names.peek("user:1")).isEmpty();
      assertThat(names.peek("team:1")).isEmpty();
    }
  }

  @Test
  void commit_ofAStore_invalidatesWhatItChanged() {
    Store<EntityTable<Long, Article>> articles =
        Store.of(
            EntityTable.<Long, Article>of(Article::id)
                .set(new Article(1, "Engines", "Ada"))
                .set(new Article(2, "Machines", "Alan")));
    try (LayeredCache<Long, String> pages =
        LayeredCache.named("pages")
            .<Long, String>buildWith(
                load -> {
                  Article article = articles.get().get(load.key());
                  return article == null
                      ? Loaded.absent()
                      : Loaded.of("<h1>" + article.title() + "</h1>");
                })) {
      Subscription following = CacheInvalidation.follow(articles, pages);
      pages.get(1L);
      pages.get(2L);

      articles.update(table -> table.set(new Article(1, "Notes", "Ada")));

      assertThat(pages.peek(1L)).isEmpty();
      assertThat(pages.peek(2L)).isPresent();
      assertThat(pages.get(1L).value()).isEqualTo("<h1>Notes</h1>");
      following.close();
    }
  }

  @Test
  void version_whatALaggingReplicaHas_isServedAndNotStored() {
    List<Name> replica = new ArrayList<>(List.of(new Name("Ada", 1)));
    try (LayeredCache<Long, Name> names =
        CacheInvalidation.versioned(load -> Loaded.of(replica.get(0)))) {
      names.get(1L);

      CacheInvalidation.renamedTo(names, new Renamed(1, 2));
      assertThat(names.get(1L).value().text()).isEqualTo("Ada"); // there is nothing newer here
      assertThat(names.peek(1L)).isEmpty();
      replica.set(0, new Name("Grace", 2));

      assertThat(names.get(1L).value().text()).isEqualTo("Grace");
      assertThat(names.peek(1L)).isPresent();
    }
  }
}
