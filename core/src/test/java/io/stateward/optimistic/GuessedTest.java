package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A guess may be right in all but what nobody can guess, which the server alone gives. */
final class GuessedTest {

  /** Only the server counts versions. */
  record Versioned(List<String> words, long version) {
    Versioned plus(String word) {
      List<String> more = new ArrayList<>(words);
      more.add(word);
      return new Versioned(List.copyOf(more), version);
    }

    Versioned at(long next) {
      return new Versioned(words, next);
    }
  }

  private final List<String> executed = new ArrayList<>();
  private final OptimisticStore<Versioned> store =
      OptimisticStore.over("words", new Versioned(List.of(), 0))
          .guessed((guessed, found) -> guessed.words().equals(found.words()))
          .open();

  private MutationId say(String word) {
    return store
        .mutate(
            state -> {
              executed.add(word);
              return state.plus(word);
            },
            MutationPlan.whole())
        .id();
  }

  @Test
  void acknowledge_guessRightButForTheVersion_executesNothingAnew() {
    MutationId first = say("a");
    say("b");
    say("c");
    Versioned shown = store.visible().get();
    executed.clear();

    store.external(state -> state.plus("a").at(7), first);

    assertThat(executed).isEmpty();
    assertThat(store.confirmed().get()).isEqualTo(new Versioned(List.of("a"), 7));
    assertThat(store.visible().get()).isSameAs(shown);
    assertThat(store.pending().get()).hasSize(2);
  }

  @Test
  void acknowledge_guessWrong_executesWhatFollows() {
    MutationId first = say("a");
    say("b");
    executed.clear();

    store.acknowledge(first, state -> state.plus("A").at(7));

    assertThat(executed).containsExactly("b");
    assertThat(store.visible().get()).isEqualTo(new Versioned(List.of("A", "b"), 7));
  }

  @Test
  void acknowledge_theLast_showsWhatTheServerHas() {
    MutationId only = say("a");

    store.acknowledge(only, state -> state.plus("a").at(7));

    assertThat(store.visible().get()).isEqualTo(new Versioned(List.of("a"), 7));
  }

  @Property(seed = "20261123", tries = 200)
  void anySchedule_showsWhatAFoldFromTheBeginningShows(@ForAll long seed) {
    Random random = new Random(seed);
    Model model = new Model();
    for (int step = 0; step < 40; step++) {
      int kind = random.nextInt(5);
      if (kind < 2 || model.open.isEmpty()) {
        model.say("w" + step);
      } else if (kind == 2) {
        model.confirm(0, random.nextBoolean() ? "" : "!");
      } else if (kind == 3) {
        model.refuse(random.nextInt(model.open.size()));
      } else {
        model.push("p" + step);
      }
      model.check();
    }
  }

  /** What is confirmed and pending, kept plainly. */
  private static final class Model {
    private record Open(MutationId id, String word) {}

    private final OptimisticStore<Versioned> store =
        OptimisticStore.over("words", new Versioned(List.of(), 0))
            .guessed((guessed, found) -> guessed.words().equals(found.words()))
            .open();
    private final List<Open> open = new ArrayList<>();
    private Versioned confirmed = new Versioned(List.of(), 0);

    void say(String word) {
      open.add(new Open(store.mutate(s -> s.plus(word), MutationPlan.whole()).id(), word));
    }

    void confirm(int index, String change) {
      Open gone = open.remove(index);
      confirmed = confirmed.plus(gone.word() + change).at(confirmed.version() + 1);
      Versioned next = confirmed;
      store.external(state -> next, gone.id());
    }

    void refuse(int index) {
      store.reject(open.remove(index).id(), "no");
    }

    void push(String word) {
      confirmed = confirmed.plus(word).at(confirmed.version() + 1);
      Versioned next = confirmed;
      store.external(state -> next);
    }

    void check() {
      List<String> words = new ArrayList<>(confirmed.words());
      open.forEach(each -> words.add(each.word()));
      assertThat(store.confirmed().get()).isEqualTo(confirmed);
      assertThat(store.visible().get().words()).isEqualTo(words);
      assertThat(store.pending().get()).extracting(Pending::id).isEqualTo(ids());
    }

    private List<MutationId> ids() {
      return open.stream().map(Open::id).toList();
    }
  }
}
