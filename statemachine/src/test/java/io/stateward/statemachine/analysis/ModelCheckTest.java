package io.stateward.statemachine.analysis;

import static io.stateward.statemachine.analysis.Draw.Event.BACK;
import static io.stateward.statemachine.analysis.Draw.Event.GO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Payments.Order;
import io.stateward.statemachine.Payments.Payment;
import io.stateward.statemachine.Payments.PaymentEvent;
import io.stateward.statemachine.Payments.Receipt;
import io.stateward.statemachine.Payments.Token;
import io.stateward.statemachine.Snapshot;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelCheckTest {

  /** A lamp that counts how often it was switched on, for ever. */
  sealed interface Lamp {
    record Off(int times) implements Lamp {}

    record On(int times) implements Lamp {}
  }

  record Press() {}

  private static final Machine<Lamp, Press> LAMP =
      Machine.define("lamp", Lamp.class, Press.class)
          .initial(new Lamp.Off(0))
          .in(
              Lamp.Off.class,
              s ->
                  s.on(Press.class).to(Lamp.On.class, (off, press) -> new Lamp.On(off.times() + 1)))
          .in(
              Lamp.On.class,
              s -> s.on(Press.class).to(Lamp.Off.class, (on, press) -> new Lamp.Off(on.times())))
          .build();

  private static ModelCheck<Payment, PaymentEvent> payment() {
    return ModelCheck.of(AnalysisTest.PAYMENT)
        .events(
            new PaymentEvent.Start(new Order("1", 100)),
            new PaymentEvent.Retry(),
            new PaymentEvent.Cancel())
        .result("validate", new Token("t"))
        .failure("validate", new IOException("down"))
        .result("charge", new Receipt("r"))
        .failure("charge", new IOException("declined"));
  }

  @Test
  void never_limitOfAttempts_holdsInAllStates() {
    Verdict<Payment> verdict =
        payment()
            .never(
                "four attempts",
                it -> it.state() instanceof Payment.Failed failed && failed.attempt() > 3)
            .check();

    assertThat(verdict).isInstanceOf(Verdict.Holds.class);
    Verdict.Holds<Payment> holds = (Verdict.Holds<Payment>) verdict;
    assertThat(holds.complete()).isTrue();
    assertThat(holds.missing()).isEmpty();
    // Idle, Success, and of each of three attempts: validating, processing, failed by either.
    assertThat(holds.states()).isEqualTo(2 + 3 * 4);
  }

  @Test
  void never_stateThatIsReached_isViolatedByAShortestRun() {
    Verdict<Payment> verdict =
        payment()
            .never(
                "second attempt",
                it -> it.state() instanceof Payment.Failed failed && failed.attempt() == 2)
            .check();

    Counterexample<Payment> run = violated(verdict, "second attempt");
    assertThat(run.path().toString())
        .isEqualTo(
            "Start[order=Order[id=1, cents=100]],"
                + " validate of Validating failed: java.io.IOException: down, Retry[],"
                + " validate of Validating failed: java.io.IOException: down");
    assertThat(run.visits())
        .extracting(it -> it.step().snapshot().leaves())
        .containsExactly(
            List.of("Idle"),
            List.of("Validating"),
            List.of("Failed"),
            List.of("Validating"),
            List.of("Failed"));
  }

  @Test
  void invariant_brokenAtTheBeginning_isViolatedByTheBeginningAlone() {
    Verdict<Lamp> verdict =
        ModelCheck.of(LAMP).invariant("on", it -> it.state() instanceof Lamp.On).check();

    assertThat(violated(verdict, "on").visits()).hasSize(1);
  }

  @Test
  void bound_dataThatGrows_holdsButIsNotComplete() {
    Verdict<Lamp> verdict =
        ModelCheck.of(LAMP).events(new Press()).bound(100).never("?", it -> false).check();

    assertThat(verdict).isEqualTo(new Verdict.Holds<>(100, 100, false, List.of()));
  }

  @Test
  void abstracting_dataThatGrows_isComplete() {
    Verdict<Lamp> verdict =
        ModelCheck.of(LAMP).events(new Press()).abstracting(it -> "any").check();

    assertThat(verdict).isEqualTo(new Verdict.Holds<>(2, 2, true, List.of()));
    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.<String>fold(it -> "holds", it -> "violated")).isEqualTo("holds");
  }

  @Test
  void missing_eventsAndWorkWithoutSamples_areNamed() {
    Verdict<Payment> verdict = ModelCheck.of(AnalysisTest.PAYMENT).check();

    assertThat(verdict)
        .isEqualTo(
            new Verdict.Holds<>(
                1, 0, true, List.of("Start", "Retry", "Cancel", "validate", "charge")));
  }

  @Test
  void eventually_runThatGoesRound_isViolatedByItsCircle() {
    Verdict<Payment> verdict =
        payment().eventually("paid", it -> it.state() instanceof Payment.Success).check();

    Counterexample<Payment> run = violated(verdict, "paid");
    assertThat(run.repeatsFrom()).isZero();
    assertThat(run.visits()).hasSize(3);
    assertThat(run.toString())
        .contains("Cancel[] -> [Idle]", "... and again from \"begin -> [Idle]\"");
  }

  @Test
  void eventually_everyRunComesToIt_holds() {
    Machine<Object, Draw.Event> machine =
        Draw.of("A", "B", "C", "End")
            .finals("End")
            .on("A", GO, "B")
            .on("A", BACK, "C")
            .on("B", GO, "End")
            .on("C", GO, "End")
            .build();

    assertThat(ModelCheck.of(machine).eventually("end", Snapshot::isDone).check().holds()).isTrue();
  }

  @Test
  void eventually_runThatEndsBefore_isViolated() {
    Machine<Object, Draw.Event> machine =
        Draw.of("A", "Stuck", "End")
            .finals("End")
            .on("A", GO, "End")
            .on("A", BACK, "Stuck")
            .build();

    Counterexample<Object> run =
        violated(ModelCheck.of(machine).eventually("end", Snapshot::isDone).check(), "end");
    assertThat(run.repeatsFrom()).isEqualTo(-1);
    assertThat(run.path()).hasToString("BACK");
  }

  @Test
  void leadsTo_cancelIsAlwaysPossibleButNotSure_tellsBoth() {
    assertThat(
            payment()
                .leadsTo(
                    "work ends",
                    it -> it.isIn(Payment.Processing.class),
                    it -> !it.isIn(Payment.Processing.class))
                .check()
                .holds())
        .isTrue();
    Counterexample<Payment> run =
        violated(
            payment()
                .leadsTo(
                    "failure is repaired",
                    it -> it.isIn(Payment.Failed.class),
                    it -> it.isIn(Payment.Success.class))
                .check(),
            "failure is repaired");
    assertThat(run.repeatsFrom()).isPositive();
  }

  @Test
  void timers_shorterOneOfTheSuperstate_isDueFirst() {
    Machine<Object, Draw.Event> machine =
        Draw.of("S", "Early", "Late")
            .inside("S", "A", "B")
            .after("S", 5, "Early")
            .after("A", 10, "Late")
            .on("A", GO, "B")
            .on("B", GO, "A")
            .build();

    assertThat(ModelCheck.of(machine).never("late", it -> it.isIn("Late")).check().holds())
        .isTrue();
    assertThat(
            violated(ModelCheck.of(machine).never("early", it -> it.isIn("Early")).check(), "early")
                .path())
        .hasToString("after 5s of S");
  }

  @Test
  void timers_shorterOneThatBeganLater_mayBeDueBeforeOrAfter() {
    Machine<Object, Draw.Event> machine =
        Draw.of("S", "Early", "Late")
            .inside("S", "A", "B")
            .after("S", 10, "Late")
            .after("B", 5, "Early")
            .on("A", GO, "B")
            .build();

    assertThat(
            violated(
                    ModelCheck.of(machine).never("late in B", it -> it.isIn("Late")).check(),
                    "late in B")
                .path())
        .hasToString("after 10s of S");
    assertThat(
            violated(ModelCheck.of(machine).never("early", it -> it.isIn("Early")).check(), "early")
                .path())
        .hasToString("GO, after 5s of B");
  }

  @Test
  void check_macrostepThatFails_isViolated() {
    Machine<Object, Draw.Event> machine =
        Draw.of("A", "B").on("A", GO, "B").alwaysIf("again", "B", "B").build();

    assertThat(violated(ModelCheck.of(machine).check(), "no step fails").path()).hasToString("GO");
  }

  @Test
  void result_unknownWork_isRefused() {
    assertThatThrownBy(() -> ModelCheck.of(LAMP).result("charge", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No state of lamp invokes charge");
  }

  private static <S> Counterexample<S> violated(Verdict<S> verdict, String property) {
    assertThat(verdict).isInstanceOf(Verdict.Violated.class);
    Verdict.Violated<S> violated = (Verdict.Violated<S>) verdict;
    assertThat(violated.property()).as(violated.toString()).isEqualTo(property);
    return violated.counterexample();
  }
}
