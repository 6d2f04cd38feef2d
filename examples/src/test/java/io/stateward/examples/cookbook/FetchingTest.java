package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.stateward.examples.cookbook.Fetching.Articles;
import io.stateward.examples.cookbook.Fetching.ArticlesEvent;
import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.Outcome;
import io.stateward.testkit.ManualExecutor;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FetchingTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final ManualExecutor executor = new ManualExecutor();
  private final Actors actors = Actors.on(executor).timekeeper(time).build();
  private final List<String> asked = new ArrayList<>();
  private @Nullable IOException failure;
  private final Actor<Articles, ArticlesEvent> articles =
      actors.start(Fetching.articles(this::server));

  @AfterEach
  void end() {
    actors.close();
  }

  private List<String> server(String topic) throws IOException {
    asked.add(topic);
    if (failure != null) {
      throw failure;
    }
    return List.of("On " + topic);
  }

  private Outcome tell(ArticlesEvent event) {
    return articles.ask(event).toCompletableFuture().join().outcome();
  }

  private Articles shown() {
    return articles.snapshot().state();
  }

  @Test
  void fetch_isLoadingUntilTheServerAnswers() {
    tell(new ArticlesEvent.Fetch("tea"));
    assertThat(shown()).isEqualTo(new Articles.Loading("tea", 1));
    assertThat(asked).isEmpty();

    executor.runAll();

    assertThat(shown()).isEqualTo(new Articles.Loaded("tea", List.of("On tea")));
  }

  @Test
  void retry_afterAFailure_succeedsOnceTheServerAnswers() {
    failure = new IOException("no route");
    tell(new ArticlesEvent.Fetch("tea"));
    executor.runAll();
    assertThat(shown()).isEqualTo(new Articles.Failed("tea", 1, "java.io.IOException: no route"));

    failure = null;
    tell(new ArticlesEvent.Retry());
    assertThat(shown()).isEqualTo(new Articles.Loading("tea", 2));
    executor.runAll();

    assertThat(shown()).isEqualTo(new Articles.Loaded("tea", List.of("On tea")));
  }

  @Test
  void retry_afterThreeAttempts_isRefusedByItsGuard() {
    failure = new IOException("no route");
    tell(new ArticlesEvent.Fetch("tea"));
    executor.runAll();
    for (int attempt = 2; attempt <= 3; attempt++) {
      assertThat(tell(new ArticlesEvent.Retry()).isTaken()).isTrue();
      executor.runAll();
      assertThat(shown())
          .isEqualTo(new Articles.Failed("tea", attempt, "java.io.IOException: no route"));
    }

    assertThat(tell(new ArticlesEvent.Retry()))
        .isEqualTo(new Outcome.Rejected(List.of("attempt < 3")));
    assertThat(executor.pending()).isZero();
    assertThat(asked).containsExactly("tea", "tea", "tea");
  }

  @Test
  void fetch_noAnswerWithinFiveSeconds_hasFailed() {
    tell(new ArticlesEvent.Fetch("tea"));
    time.advance(Duration.ofSeconds(5).minusNanos(1));
    assertThat(shown()).isInstanceOf(Articles.Loading.class);

    time.advance(Duration.ofNanos(1));
    executor.runAll();

    assertThat(shown())
        .asInstanceOf(type(Articles.Failed.class))
        .extracting(Articles.Failed::message)
        .asString()
        .contains("TimeoutException");
  }

  @Test
  void cancel_whileLoading_dropsTheAnswer() {
    tell(new ArticlesEvent.Fetch("tea"));

    tell(new ArticlesEvent.Cancel());
    executor.runAll();
    time.advance(Duration.ofSeconds(10));
    executor.runAll();

    assertThat(shown()).isEqualTo(new Articles.Idle());
    assertThat(asked).isEmpty();
  }

  @Test
  void fetch_whileAnotherTopicIsLoading_showsTheLastOne() {
    tell(new ArticlesEvent.Fetch("tea"));
    tell(new ArticlesEvent.Fetch("coffee"));

    executor.runAll();

    assertThat(shown()).isEqualTo(new Articles.Loaded("coffee", List.of("On coffee")));
    assertThat(asked).containsExactly("coffee");
  }

  @Test
  void fetch_afterLoading_asksAgain() {
    tell(new ArticlesEvent.Fetch("tea"));
    executor.runAll();
    tell(new ArticlesEvent.Fetch("coffee"));

    assertThat(shown()).isEqualTo(new Articles.Loading("coffee", 1));
  }
}
