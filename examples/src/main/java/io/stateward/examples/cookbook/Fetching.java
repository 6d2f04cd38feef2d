package io.stateward.examples.cookbook;

import io.stateward.flow.Work;
import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.Machine;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Loading with progress, failure and retry, as states of which one is active. */
final class Fetching {

  private Fetching() {}

  // tag: states
  sealed interface Articles {
    record Idle() implements Articles {}

    record Loading(String topic, int attempt) implements Articles {}

    record Loaded(String topic, List<String> titles) implements Articles {}

    record Failed(String topic, int attempt, String message) implements Articles {}
  }

  sealed interface ArticlesEvent {
    record Fetch(String topic) implements ArticlesEvent {}

    record Retry() implements ArticlesEvent {}

    record Cancel() implements ArticlesEvent {}
  }

  // end

  static Machine<Articles, ArticlesEvent> articles(Work<String, List<String>> server) {
    // tag: machine
    Machine<Articles, ArticlesEvent> articles =
        Machine.define("articles", Articles.class, ArticlesEvent.class)
            .initial(new Articles.Idle())
            .in(
                Articles.class, // whatever is shown: another topic can be asked for
                s ->
                    s.on(ArticlesEvent.Fetch.class)
                        .to(
                            Articles.Loading.class,
                            (shown, fetch) -> new Articles.Loading(fetch.topic(), 1)))
            .in(
                Articles.Loading.class,
                s ->
                    s.invoke("fetch", loading -> server.call(loading.topic()))
                        .timeout(Duration.ofSeconds(5))
                        .onDone(
                            Articles.Loaded.class,
                            (loading, titles) -> new Articles.Loaded(loading.topic(), titles))
                        .onError(
                            Articles.Failed.class,
                            (loading, failure) ->
                                new Articles.Failed(
                                    loading.topic(), loading.attempt(), failure.toString()))
                        .on(ArticlesEvent.Cancel.class) // leaving the state cancels the work
                        .to(Articles.Idle.class, (loading, cancel) -> new Articles.Idle()))
            .in(
                Articles.Failed.class,
                s ->
                    s.on(ArticlesEvent.Retry.class)
                        .when("attempt < 3", (failed, retry) -> failed.attempt() < 3)
                        .to(
                            Articles.Loading.class,
                            (failed, retry) ->
                                new Articles.Loading(failed.topic(), failed.attempt() + 1)))
            .build();
    // end
    return articles;
  }

  static Actor<Articles, ArticlesEvent> running(
      Machine<Articles, ArticlesEvent> articles, Actors actors, Consumer<String> screen) {
    // tag: run
    Actor<Articles, ArticlesEvent> shown = articles.start(actors);
    shown.state().subscribe(change -> screen.accept(line(change.now())));
    shown.tell(new ArticlesEvent.Fetch("statecharts"));
    // end
    return shown;
  }

  // tag: line
  static String line(Articles articles) { // on Java 21, a switch over the states
    if (articles instanceof Articles.Loading loading) {
      return "loading " + loading.topic();
    }
    if (articles instanceof Articles.Loaded loaded) {
      return loaded.titles().size() + " articles";
    }
    return articles instanceof Articles.Failed failed ? failed.message() : "";
  }
  // end
}
