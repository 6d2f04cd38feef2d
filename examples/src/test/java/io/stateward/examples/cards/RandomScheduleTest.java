package io.stateward.examples.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.PersistentVector;
import io.stateward.examples.Refusal;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two windows that do whatever comes to their mind; in the end both show what the server has. */
final class RandomScheduleTest {

  private static final int RUNS = 100; // per seed
  private static final int STEPS = 60;

  /** One run: two desks at one server, in time of its own. */
  private static final class Run {
    private final Random random;
    private final VirtualTimekeeper time = VirtualTimekeeper.create();
    private final CardServer server;
    private final List<Desk> desks;
    private final List<String> done = new ArrayList<>();

    Run(long seed) {
      random = new Random(seed);
      server = new CardServer(time, Runnable::run, () -> random.nextInt(100));
      server.dial(dials -> dials.withFailurePercent(15));
      desks = List.of(new Desk("A", server, time), new Desk("B", server, time));
    }

    void play() {
      for (int i = 0; i < STEPS; i++) {
        step(desks.get(random.nextInt(2)));
        time.advance(Duration.ofMillis(random.nextInt(400)));
      }
      server.dial(dials -> dials.withReachable(true).withFailurePercent(0));
      for (int i = 0; i < 100; i++) {
        time.advance(Duration.ofSeconds(10));
        desks.forEach(this::decide);
      }
    }

    private void step(Desk desk) {
      int kind = random.nextInt(13);
      done.add("%s %s: %d".formatted(time.now(), desk.window(), kind));
      try {
        switch (kind) {
          case 0 -> desk.add("Card " + random.nextInt(100));
          case 1, 2, 3, 4 -> desk.move(card(desk), Column.values()[random.nextInt(3)]);
          case 5, 6 -> desk.edit(card(desk), edit());
          case 7 -> desk.undo();
          case 8 -> desk.redo();
          case 9 -> decide(desk);
          case 10 -> server.dial(dials -> dials.withFate(Fate.values()[random.nextInt(5)]));
          case 11 ->
              server.dial(dials -> dials.withLatency(Duration.ofMillis(random.nextInt(1_500))));
          default -> server.dial(dials -> dials.withReachable(random.nextInt(4) > 0));
        }
      } catch (Refusal refused) {
        done.add(refused.getMessage());
      }
    }

    private long card(Desk desk) {
      List<Long> ids = List.copyOf(desk.visible().get().ids());
      return ids.get(random.nextInt(ids.size()));
    }

    private Edit edit() {
      return new Edit(
          random.nextBoolean() ? "Title " + random.nextInt(100) : null,
          random.nextBoolean() ? "Note " + random.nextInt(100) : null,
          random.nextBoolean() ? Set.of("label " + random.nextInt(5)) : Set.of(),
          random.nextBoolean() ? Set.of("label " + random.nextInt(5)) : Set.of());
    }

    private void decide(Desk desk) {
      PersistentVector<Question> questions = desk.questions().signal().get();
      if (!questions.isEmpty()) {
        long mutation = questions.get(0).dispute().id().number();
        desk.questions()
            .answer(mutation, random.nextBoolean() ? Set.of("title") : Set.of("note", "column"));
      }
    }

    void assertAgreed(long seed) {
      for (Desk desk : desks) {
        String where = "window %s, seed %d, after %s".formatted(desk.window(), seed, done);
        assertThat(desk.store().pending().get()).as(where).isEmpty();
        assertThat(desk.store().confirmed().get()).as(where).isEqualTo(server.cards());
        assertThat(desk.visible().get()).as(where).isEqualTo(server.cards().table());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000, 2_000})
  void everythingSettled_bothWindowsAgreeWithTheServer(long seed) {
    for (long run = seed; run < seed + RUNS; run++) {
      Run one = new Run(run);
      one.play();
      one.assertAgreed(run);
    }
  }
}
