package io.stateward.testkit.cache;

import io.stateward.testkit.cache.FaultyLayer.Discard;
import io.stateward.testkit.cache.FaultyLayer.Question;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One question to a layer to which something happens. */
final class FaultyAsking<T> {

  private final LayerCall call;
  private final Question<T> question;
  private final Discard<? super T> discard;
  private final CompletableFuture<T> answer = new CompletableFuture<>();

  FaultyAsking(LayerCall call, Question<T> question, Discard<? super T> discard) {
    this.call = call;
    this.question = question;
    this.discard = discard;
  }

  CompletionStage<T> with(Fault fault, InFlight inFlight) {
    Duration delay = Duration.ofNanos(fault.delayNanos());
    switch (fault.kind()) {
      case PASS -> answerWith(question.ask());
      case DROP -> lose(null);
      case DROP_ANSWER -> loseAnswer(question.ask());
      case DUPLICATE -> {
        answerWith(question.ask());
        question.ask().thenAccept(discard::discard);
      }
      case DELAY -> inFlight.delay(delay, this::askNow, () -> lose(null));
      case HOLD -> inFlight.hold(this::askNow, () -> lose(null));
      case DELAY_ANSWER -> {
        CompletionStage<T> asked = question.ask();
        inFlight.delay(delay, () -> answerWith(asked), () -> loseAnswer(asked));
      }
      case HOLD_ANSWER -> {
        CompletionStage<T> asked = question.ask();
        inFlight.hold(() -> answerWith(asked), () -> loseAnswer(asked));
      }
    }
    return answer;
  }

  private void askNow() {
    CompletionStage<T> asked;
    try {
      asked = question.ask();
    } catch (RuntimeException e) { // as who asked is gone; it was right when it asked
      lose(e);
      return;
    }
    answerWith(asked);
  }

  private void answerWith(CompletionStage<T> asked) {
    asked.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            answer.complete(value);
          } else {
            answer.completeExceptionally(causeOf(failure));
          }
        });
  }

  private void loseAnswer(CompletionStage<T> asked) {
    asked.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            discard.discard(value);
          }
          lose(null);
        });
  }

  private void lose(@Nullable Throwable cause) {
    answer.completeExceptionally(FaultyLayer.unavailable(call, cause));
  }

  static Throwable causeOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
