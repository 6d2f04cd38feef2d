package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cache as a stranger would use it. */
final class RecipeTest {

  record User(long id, String name) {}

  /** A table of users. */
  static final class Database {
    final Map<Long, User> rows = new HashMap<>(Map.of(1L, new User(1, "Ada")));
    int reads;

    @Nullable User findUser(long id) {
      reads++;
      return rows.get(id);
    }

    void rename(long id, String name) {
      rows.put(id, new User(id, name));
    }
  }

  private final Database db = new Database();

  @Test
  void cacheAside_readTwice_loadsOnce() {
    try (LayeredCache<Long, User> users =
        LayeredCache.named("users").memory(10_000).build(db::findUser)) {
      assertThat(users.get(1L).value().name()).isEqualTo("Ada");
      assertThat(users.get(1L).source()).isEqualTo(Result.Source.MEMORY);
      assertThat(users.get(1L)).isSameAs(users.get(1L));
      assertThat(db.reads).isEqualTo(1);
    }
  }

  @Test
  void invalidate_withWrite_readsWhatWasWritten() {
    try (LayeredCache<Long, User> users =
        LayeredCache.named("users")
            .policy(Policy.ttl(Duration.ofHours(1)).failSafe(Duration.ofHours(6)))
            .build(db::findUser)) {
      assertThat(users.get(1L).value().name()).isEqualTo("Ada");

      Stamp stamp = users.invalidate(1L, () -> db.rename(1L, "Grace"));

      assertThat(users.get(1L, ReadOptions.atLeast(stamp)).value().name()).isEqualTo("Grace");
    }
  }

  @Test
  void write_throughTheCache_isServedWithoutLoading() {
    try (LayeredCache<Long, User> users = LayeredCache.named("users").build(db::findUser)) {
      users.write(
          1L,
          () -> {
            db.rename(1L, "Grace");
            return new User(1, "Grace");
          });

      assertThat(users.get(1L).value().name()).isEqualTo("Grace");
      assertThat(db.reads).isZero();
    }
  }

  @Test
  void absent_isAResultAndNotNull() {
    try (LayeredCache<Long, User> users = LayeredCache.named("users").build(db::findUser)) {
      Result<User> nobody = users.get(2L);

      assertThat(nobody.isAbsent()).isTrue();
      assertThat(nobody.<String>fold(User::name, () -> "nobody", Throwable::toString))
          .isEqualTo("nobody");
      assertThatThrownBy(nobody::value).isInstanceOf(NoSuchElementException.class);
      assertThat(users.get(2L).source()).isEqualTo(Result.Source.MEMORY);
      assertThat(db.reads).isEqualTo(1);
    }
  }

  @Test
  void getAll_severalKeys_eachHasItsResult() {
    try (LayeredCache<Long, User> users =
        LayeredCache.named("users").executor(Runnable::run).build(db::findUser)) {
      Map<Long, Result<User>> both = users.getAll(List.of(2L, 1L));

      assertThat(both.keySet()).containsExactly(2L, 1L);
      assertThat(both.values()).extracting(Result::isAbsent).containsExactly(true, false);
    }
  }

  @Test
  void tags_fromTheLoader_invalidateWhatHasThem() {
    Loader<Long, User> loader =
        load -> Loaded.of(new User(load.key(), "v" + ++db.reads)).tagged("team:" + load.key() % 2);
    try (LayeredCache<Long, User> users = LayeredCache.named("users").buildWith(loader)) {
      users.get(1L);
      users.get(2L);

      users.invalidateTag("team:1");

      assertThat(users.get(1L).value().name()).isEqualTo("v3");
      assertThat(users.get(2L).value().name()).isEqualTo("v2");
    }
  }
}
