package io.stateward.testkit.cache;

import static io.stateward.testkit.cache.BackplaneOperation.HEAR;
import static io.stateward.testkit.cache.BackplaneOperation.SEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.MemoryBackplane;
import io.stateward.cache.spi.Backplane.Message;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.testkit.Failures;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultyBackplaneTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final MemoryBackplane backplane = MemoryBackplane.of();
  private final FaultyBackplane here = FaultyBackplane.over(backplane, time);
  private final FaultyBackplane there = FaultyBackplane.over(backplane, time);
  private final List<Long> heardHere = new ArrayList<>();
  private final List<Long> heardThere = new ArrayList<>();

  FaultyBackplaneTest() {
    here.listen("users", message -> heardHere.add(message.head().sequence()));
    there.listen("users", message -> heardThere.add(message.head().sequence()));
  }

  private void send(int... numbers) {
    for (int number : numbers) {
      here.send("users", new Message(1, new Head(7, number), new Invalidation.Key("k")));
    }
  }

  @Test
  void drop_whatIsHeard_concernsThisInstanceAlone() {
    there.next(2, HEAR).drop();

    send(1, 2, 3);

    assertThat(heardHere).containsExactly(1L, 2L, 3L);
    assertThat(heardThere).containsExactly(3L);
  }

  @Test
  void drop_whatIsSent_concernsAll() {
    here.next(SEND).drop();

    send(1, 2);

    assertThat(heardHere).containsExactly(2L);
    assertThat(heardThere).containsExactly(2L);
  }

  @Test
  void duplicate_arrivesTwice() {
    there.every(HEAR).duplicate();

    send(1, 2);

    assertThat(heardThere).containsExactly(1L, 1L, 2L, 2L);
  }

  @Test
  void delay_letsLaterOnesOvertake() {
    there.next().delay(SECOND);

    send(1, 2);
    assertThat(heardThere).containsExactly(2L);
    time.advance(SECOND);

    assertThat(heardThere).containsExactly(2L, 1L);
  }

  @Test
  void hold_untilReleased_inOrderInPartShuffledOrNever() {
    there.every(HEAR).hold();
    send(1, 2, 3, 4, 5, 6);
    assertThat(there.held()).isEqualTo(6);

    there.release(1);
    assertThat(heardThere).containsExactly(1L);
    there.releaseShuffled(1);
    assertThat(heardThere)
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L)
        .isNotEqualTo(heardHere);
    send(7, 8);
    there.release(1);
    there.dropHeld(); // the last one is lost

    assertThat(heardThere).endsWith(7L);
  }

  @Test
  void disconnect_losesWhatIsUnderWayAndWhatComes_bothWays() {
    there.next(HEAR).hold();
    there.next(HEAR).delay(SECOND);
    send(1, 2);

    there.disconnect();
    send(3);
    there.send("users", new Message(1, new Head(7, 4), new Invalidation.All()));
    there.reconnect();
    there.release();
    time.advance(SECOND);
    send(5);

    assertThat(heardThere).containsExactly(5L);
    assertThat(heardHere).containsExactly(1L, 2L, 3L, 5L);
  }

  @Test
  void pass_mendsIt_andLetsArriveWhatIsHeld() {
    there.every().hold();
    send(1);
    there.disconnect();
    there.reconnect();
    send(2);

    there.pass();
    send(3);

    assertThat(heardThere).containsExactly(2L, 3L);
  }

  @Test
  void rules_forSomeGoFirst_thenTheLatestForEvery() {
    there.every(HEAR).drop();
    there.next(HEAR).pass();
    there.when(call -> call.message().head().sequence() == 3).duplicate();

    send(1, 2, 3, 4);

    assertThat(heardThere).containsExactly(1L, 3L, 3L);
  }

  @Test
  void randomly_withTheSameSeed_hasTheSameFaults() {
    Chances rough = Chances.none().drop(0.3).duplicate(0.3).delay(0.3, SECOND);
    List<List<Long>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      heardThere.clear();
      there.randomly(42, rough);
      for (int number = 1; number <= 50; number++) {
        send(number);
      }
      time.advance(SECOND);
      runs.add(List.copyOf(heardThere));
    }

    assertThat(runs.get(0)).isEqualTo(runs.get(1)).doesNotContainSequence(heardHere.subList(0, 50));
    assertThat(runs.get(0)).hasSizeBetween(20, 80).isNotEqualTo(heardHere.subList(0, 50));
  }

  @Test
  void listener_thatEndedOrThrows_harmsNobody() {
    List<Long> ended = new ArrayList<>();
    var subscription = there.listen("users", message -> ended.add(message.head().sequence()));
    there.listen(
        "users",
        message -> {
          throw new IllegalStateException("thrown on purpose");
        });
    there.every(HEAR).hold();
    send(1);
    subscription.close();

    try (Failures failures = Failures.about("users")) {
      there.release();
      assertThat(failures.list()).hasSize(1);
    }

    assertThat(ended).isEmpty();
    assertThat(heardThere).containsExactly(1L);
  }

  @Test
  void faults_thatCannotBe_areRefused() {
    assertThatThrownBy(() -> here.next(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
    assertThatThrownBy(() -> here.randomly(1, Chances.none().dropAnswer(0.1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no answer");
    assertThatThrownBy(() -> Chances.none().drop(1.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.1");
    assertThatThrownBy(() -> Chances.none().drop(0.6).duplicate(0.6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.2");
    assertThatThrownBy(() -> Chances.none().delay(0.1, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-0.001S");
  }
}
