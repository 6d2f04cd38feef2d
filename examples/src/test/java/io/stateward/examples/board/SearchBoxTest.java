package io.stateward.examples.board;

import static io.stateward.examples.board.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.EntityTable;
import io.stateward.examples.board.Run.Fate;
import io.stateward.signal.Delivery;
import io.stateward.store.Async;
import io.stateward.store.Store;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SearchBoxTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Store<EntityTable<Long, ProcessRow>> processes =
      Store.of(
          Machine.empty()
              .processes()
              .setAll(List.of(row(1, "java", 1), row(2, "javac", 1), row(3, "jshell", 1))));
  private final SearchBox box = new SearchBox(new Lookup(processes, time, Runnable::run), time);
  private final List<String> answers = new ArrayList<>();

  /** Types a letter every 200 ms, as people do. */
  private void type(String word) {
    for (int i = 1; i <= word.length(); i++) {
      box.type(word.substring(0, i));
      time.advance(Duration.ofMillis(200));
    }
  }

  private Search now() {
    return box.search().get();
  }

  /** Notes which answers are shown, one after the other. */
  private void watch() {
    box.search()
        .subscribe(
            Delivery.every(),
            change -> {
              Async<Answer> result = change.now().result();
              if (result instanceof Async.Ready<Answer> is && result != change.was().result()) {
                answers.add(is.value().query());
              }
            });
  }

  @Test
  void type_aWord_searchesOnceWhenNobodyTypes() {
    watch();

    type("java");
    assertThat(now().runs()).isEmpty();
    time.advance(SearchBox.QUIET);
    assertThat(now().result().isPending()).isTrue();
    time.advance(Duration.ofSeconds(10));

    assertThat(answers).containsExactly("java");
    assertThat(now().runs()).containsExactly(new Run(1, "java", Fate.ANSWERED));
    assertThat(now().result().valueOrPrevious())
        .isEqualTo(new Answer("java", List.of(row(1, "java", 1), row(2, "javac", 1)), 2, 550));
  }

  @Test
  void type_onAfterAPause_cancelsTheOlderSearchAndDropsItsAnswer() {
    watch();

    box.type("j");
    time.advance(SearchBox.QUIET);
    box.type("javac");
    time.advance(SearchBox.QUIET);
    assertThat(now().runs())
        .containsExactly(new Run(2, "javac", Fate.WAITING), new Run(1, "j", Fate.CANCELLED));
    time.advance(Duration.ofSeconds(10));

    assertThat(answers).containsExactly("javac");
    assertThat(time.pending()).isZero(); // the work of the older one was ended, not only its answer
  }

  @Test
  void type_withoutProtection_showsTheAnswerToTheOldestQueryLast() {
    box.guard(false);
    watch();

    type("java");
    time.advance(Duration.ofSeconds(10));

    assertThat(answers).containsExactly("jav", "java", "ja", "j");
    assertThat(now().query()).isEqualTo("java");
    assertThat(now().runs()).hasSize(4).allMatch(run -> run.fate() == Fate.ANSWERED);
    assertThat(now().toJson())
        .contains("\"query\":\"java\"", "\"state\":\"ready\"", "\"answered\":\"j\"");
  }

  @Test
  void type_nothing_isIdleAndEndsWhatIsUnderWay() {
    box.type("java");
    time.advance(SearchBox.QUIET);

    box.type("");
    time.advance(Duration.ofSeconds(10));

    assertThat(now().result()).isEqualTo(new Async.Idle<>());
    assertThat(now().runs()).containsExactly(new Run(1, "java", Fate.CANCELLED));
    assertThat(time.pending()).isZero();
  }

  @Test
  void guard_onAgain_dropsStrayAnswersAndSearchesAnew() {
    box.guard(false);
    type("jav");
    watch();

    box.guard(true);
    time.advance(Duration.ofSeconds(10));

    assertThat(answers).containsExactly("jav");
    assertThat(now().result().valueOrPrevious()).extracting(Answer::total).isEqualTo(2);
  }

  @Test
  void breakDown_searchFails_keepsThePreviousAnswerUntilTheNextTry() {
    box.type("java");
    time.advance(Duration.ofSeconds(10));
    box.breakDown(true);

    box.type("jshell");
    time.advance(Duration.ofSeconds(10));
    assertThat(now().toJson())
        .contains(
            "\"state\":\"failed\"",
            "\"problem\":\"The search is out of order, as you asked for.\"",
            "\"answered\":\"java\"",
            "[2,\"jshell\",\"failed\"]");

    box.breakDown(false);
    box.type("jshell");
    time.advance(Duration.ofSeconds(10));
    assertThat(now().toJson())
        .contains("\"state\":\"ready\"", "\"problem\":null", "\"answered\":\"jshell\"");
  }

  @Test
  void breakDown_withoutProtection_keepsThePreviousAnswer() {
    box.guard(false);
    box.type("java");
    time.advance(Duration.ofSeconds(10));
    box.breakDown(true);

    box.type("jshell");
    time.advance(Duration.ofSeconds(10));

    assertThat(now().result()).isInstanceOf(Async.Failed.class);
    assertThat(now().result().valueOrPrevious()).extracting(Answer::query).isEqualTo("java");
  }

  @Test
  void close_searchUnderWay_endsIt() {
    box.type("java");
    time.advance(SearchBox.QUIET);
    box.guard(false);
    box.type("jav");

    box.close();

    assertThat(time.pending()).isZero();
    assertThat(now().runs()).allMatch(run -> run.fate() == Fate.CANCELLED);
  }

  @Test
  void latency_fallsWithTheLength() {
    assertThat(Lookup.latency("j")).hasMillis(2_800);
    assertThat(Lookup.latency(" ja ")).hasMillis(1_000);
    assertThat(Lookup.latency("java")).hasMillis(550);
    assertThat(Lookup.latency("j".repeat(100))).hasMillis(400);
  }
}
