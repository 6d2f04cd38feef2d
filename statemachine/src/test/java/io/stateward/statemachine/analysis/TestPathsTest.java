package io.stateward.statemachine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Tree;
import io.stateward.statemachine.Orders;
import io.stateward.statemachine.Payments.Payment;
import io.stateward.statemachine.Payments.PaymentEvent;
import io.stateward.statemachine.Payments.Receipt;
import io.stateward.statemachine.Payments.Token;
import io.stateward.statemachine.Players;
import io.stateward.statemachine.Players.Player;
import io.stateward.statemachine.Players.PlayerEvent;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TestPathsTest {

  private static TestPaths<Orders.Status, Orders.Event> order() {
    return TestPaths.of(Orders.ORDER).input(new Orders.Order("1", 0, 0)).abstracting(order -> "");
  }

  private static TestPaths<Payment, PaymentEvent> payment() {
    return TestPaths.of(AnalysisTest.PAYMENT)
        .events(
            new PaymentEvent.Start(new io.stateward.statemachine.Payments.Order("1", 100)),
            new PaymentEvent.Retry(),
            new PaymentEvent.Cancel())
        .result("validate", new Token("t"))
        .failure("validate", new IOException("down"))
        .result("charge", new Receipt("r"))
        .failure("charge", new IOException("declined"));
  }

  @Test
  void states_order_areAllVisitedByShortestPaths() {
    List<TestPath> paths = order().states();

    assertThat(order().coverage(paths).states().missing()).isEmpty();
    assertThat(paths)
        .extracting(TestPath::toString)
        .containsExactlyInAnyOrder("CANCEL", "HOLD", "RESERVE, PAY, SHIP");
  }

  @Test
  void transitions_order_areAllTaken() {
    List<TestPath> paths = order().transitions();

    PathCoverage coverage = order().coverage(paths);
    assertThat(coverage.transitions().missing()).isEmpty();
    assertThat(coverage.transitions().possible()).hasSize(7);
    assertThat(paths).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void transitions_dropOne_isMissed() {
    List<TestPath> paths = order().transitions();

    PathCoverage coverage = order().coverage(paths.subList(0, 1));
    assertThat(coverage.transitions().missing()).isNotEmpty();
    assertThat(coverage.toString()).startsWith("states ").contains("transitions ", " of 7");
  }

  @Test
  void transitions_paymentWithScriptedWork_areAllTaken() {
    PathCoverage coverage = payment().coverage(payment().transitions());

    assertThat(coverage.transitions().missing()).isEmpty();
    // 8 of the definition; the time-out has no transition of its own.
    assertThat(coverage.transitions().possible()).hasSize(8);
  }

  @Test
  void transitions_regionsAndTimers_areAllTaken() {
    TestPaths<Player, PlayerEvent> paths =
        TestPaths.of(Players.PLAYER)
            .events(
                new PlayerEvent.Power(),
                new PlayerEvent.Play(),
                new PlayerEvent.Pause(),
                new PlayerEvent.Mute(),
                new PlayerEvent.Next("second"),
                new PlayerEvent.Break())
            .abstracting(player -> "");

    List<TestPath> tour = paths.transitions();
    assertThat(paths.coverage(tour).transitions().missing()).isEmpty();
    assertThat(tour.toString()).contains("after 5m of Paused");
    assertThat(paths.coverage(tour).guards().missing()).isNotNull();
  }

  @Test
  void pairs_order_areAllTaken() {
    PathCoverage coverage = order().coverage(order().pairs());

    assertThat(coverage.pairs().missing()).isEmpty();
    assertThat(coverage.pairs().possible()).hasSizeGreaterThan(12);
    assertThat(order().coverage(order().states()).pairs().missing()).isNotEmpty();
  }

  @Test
  void guards_retryLimit_isSeenFromBothSides() {
    PathCoverage few = payment().coverage(payment().states());
    PathCoverage many = payment().coverage(payment().simple(7, 1_000));

    assertThat(few.guards().visited()).isEmpty();
    assertThat(few.guards().possible()).hasSize(2);
    assertThat(many.guards().missing())
        .extracting(PathCoverage.GuardOutcome::held)
        .containsExactly(false);
  }

  @Test
  void guards_refusedEvent_countsAsNotHeld() {
    TestPaths<Payment, PaymentEvent> paths = payment();
    String failed =
        "{\"work\":\"validate\",\"state\":\"Validating\",\"failed\":\"java.io.IOException: down\"}";
    String retry = "{\"event\":\"Retry[]\"}";
    TestPath path =
        paths.parse(
            Tree.parse(
                "{\"stimuli\":[{\"event\":\"Start[order=Order[id=1, cents=100]]\"},%s,%s,%s,%s,%s,%s]}"
                    .formatted(failed, retry, failed, retry, failed, retry)));

    assertThat(paths.coverage(List.of(path)).guards().missing()).isEmpty();
  }

  @Test
  void simple_boundedLength_visitsNothingTwice() {
    List<TestPath> paths = order().simple(3, 100);

    assertThat(paths).isNotEmpty().doesNotHaveDuplicates();
    for (TestPath path : paths) {
      assertThat(path.stimuli()).hasSizeLessThanOrEqualTo(3);
      assertThat(order().replay(path).stream().map(visit -> visit.step().snapshot()))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void random_sameSeed_isTheSame() {
    List<TestPath> paths = order().random(42).paths(20, 10);

    assertThat(paths)
        .isEqualTo(order().random(42).paths(20, 10))
        .isNotEqualTo(order().random(43).paths(20, 10));
    assertThat(order().coverage(paths).transitions().visited()).hasSizeGreaterThan(3);
  }

  @Test
  void random_weightZero_neverComes() {
    List<TestPath> paths =
        order().random(1).weighing(it -> it.label().equals("CANCEL") ? 0 : 1).paths(50, 10);

    assertThat(paths.toString()).contains("RESERVE").doesNotContain("CANCEL");
  }

  @Test
  void shrink_failingPath_keepsOnlyWhatIsNeeded() {
    TestPaths<Orders.Status, Orders.Event> paths = order();
    TestPath failing =
        paths.random(7).paths(500, 30).stream()
            .filter(path -> ends(path, Orders.Status.SHIPPED))
            .findFirst()
            .orElseThrow();

    TestPath shrunk = paths.shrink(failing, path -> ends(path, Orders.Status.SHIPPED));

    assertThat(shrunk).hasToString("RESERVE, PAY, SHIP");
    assertThatThrownBy(() -> paths.shrink(shrunk, path -> false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean ends(TestPath path, Orders.Status status) {
    List<Visit<Orders.Status>> visits = order().replay(path);
    return visits.get(visits.size() - 1).step().snapshot().state() == status;
  }

  @Test
  void parse_storedPath_isTheSame() {
    TestPaths<Payment, PaymentEvent> paths = payment();
    for (TestPath path : paths.transitions()) {
      TestPath again = paths.parse(Tree.parse(path.toTree().toJson()));

      assertThat(again).isEqualTo(path);
      assertThat(paths.replay(again)).hasSize(path.stimuli().size() + 1);
    }
  }

  @Test
  void parse_unknownSample_isRefused() {
    assertThatThrownBy(() -> order().parse(Tree.parse("{\"stimuli\":[{\"event\":\"EAT\"}]}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such sample");
  }

  @Test
  void replay_timerThatIsNotThere_isRefused() {
    TestPath path = new TestPath(List.of(new Stimulus.Timer("NEW", "after 1s")));

    assertThatThrownBy(() -> order().replay(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing waits for");
  }
}
