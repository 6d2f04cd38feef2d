package io.stateward.redis.cache;

import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Several answers at once. */
final class Answers {

  private Answers() {}

  static CompletableFuture<Void> all(Collection<? extends CompletableFuture<?>> answers) {
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
  }

  static <T> T of(@Nullable T present) {
    return Objects.requireNonNull(present);
  }
}
