package io.stateward.examples.payment;

import io.stateward.examples.Refusal;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.Notice;
import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.Trace;
import io.stateward.statemachine.diagram.Mermaid;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** One payment at a time: what the person does with it, and what is to be seen of it. */
final class Checkout implements AutoCloseable {

  private static final int MOST_LINES = 12;
  private static final Order ANY = new Order("?", "?", 1);

  private final StoredPayments payments;
  private final Timekeeper timekeeper;
  private final Store<Shown> shown;
  private final Store<List<LogLine>> log = Store.of(List.of());
  private Actor<Payment, PaymentEvent> payment; // guarded by this
  private Subscription following; // guarded by this

  Checkout(StoredPayments payments, Timekeeper timekeeper) {
    this.payments = payments;
    this.timekeeper = timekeeper;
    payment = payments.last();
    Snapshot<Payment> first = payment.snapshot(); // it goes on already
    shown = Store.of(shownOf(payment, first, List.of()));
    note("Program", "begins in " + first.leaves().get(0), "plain");
    following = follow(payment);
  }

  Signal<Shown> shown() {
    return shown;
  }

  /** The latest lines, the newest first. */
  Signal<List<LogLine>> log() {
    return log;
  }

  /** Draws the machine, with where the payment stands. */
  String mermaid() {
    Actor<Payment, PaymentEvent> actor = current();
    return Mermaid.of(actor.machine()).highlight(actor.snapshot()).toString();
  }

  void start(String what, long cents) {
    String id = UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
    tell(new PaymentEvent.Start(new Order(id, what, cents)));
  }

  void tell(PaymentEvent event) {
    current().tell(event);
  }

  private synchronized Actor<Payment, PaymentEvent> current() {
    return payment;
  }

  synchronized void another() {
    if (!payment.snapshot().isDone()) {
      throw Refusal.badInput("This payment has not come to its end; cancel it first.");
    }
    following.close();
    payment = payments.another();
    show(payment.snapshot(), List.of());
    following = follow(payment);
  }

  private Subscription follow(Actor<Payment, PaymentEvent> actor) {
    Subscription subscription = actor.observe(this::hear);
    show(actor.snapshot(), List.of()); // what came between
    return subscription;
  }

  private void hear(Notice<Payment> notice) {
    if (notice instanceof Notice.Stepped<Payment> stepped) {
      Step<Payment> step = stepped.step();
      note(cause(stepped.cause()), words(step), tone(step));
      show(step.snapshot(), taken(step.trace()));
    } else if (notice instanceof Notice.EffectFailed<Payment> failed) {
      note("Action", "failed: " + failed.failure().getMessage(), "bad");
    } else if (notice instanceof Notice.Undelivered<Payment>) {
      note("Event", "came too late: the payment has come to its end", "wait");
    }
  }

  private static String cause(Object cause) {
    if (cause instanceof Invocation work) {
      return "End of " + work.name();
    }
    return cause instanceof PendingTimer timer ? timer.name() : cause.getClass().getSimpleName();
  }

  private static String words(Step<Payment> step) {
    return step.outcome()
        .fold(
            moved -> moved.exited().get(0) + " → " + step.snapshot().leaves().get(0),
            updated -> "changed its data",
            ignored -> ignored.explicit() ? "is ignored here" : "means nothing here",
            rejected -> "refused by " + rejected.guards(),
            deferred -> "waits",
            failed -> "failed: " + failed.cause().getMessage());
  }

  private static String tone(Step<Payment> step) {
    if (!step.outcome().isTaken()) {
      return "wait";
    }
    Payment state = step.snapshot().state();
    if (state instanceof Payment.Failed) {
      return "bad";
    }
    return state instanceof Payment.Success ? "good" : "plain";
  }

  private static List<String> taken(Trace trace) {
    return trace.microsteps().stream()
        .flatMap(it -> it.transitions().stream())
        .reduce((first, last) -> last)
        .filter(it -> !it.targets().isEmpty())
        .map(it -> List.of(it.source(), it.targets().get(0)))
        .orElse(List.of());
  }

  private synchronized void show(Snapshot<Payment> snapshot, List<String> taken) {
    Shown now = shownOf(payment, snapshot, taken);
    shown.update(before -> now);
  }

  /**
   * A button is there when the machine would take its event: a step is pure, so it can be asked.
   */
  private static Shown shownOf(
      Actor<Payment, PaymentEvent> actor, Snapshot<Payment> snapshot, List<String> taken) {
    return new Shown(
        snapshot.state(),
        snapshot.active(),
        taken,
        takes(actor, snapshot, new PaymentEvent.Start(ANY)),
        takes(actor, snapshot, new PaymentEvent.Retry()),
        takes(actor, snapshot, new PaymentEvent.Cancel()),
        snapshot.isDone());
  }

  private static boolean takes(
      Actor<Payment, PaymentEvent> actor, Snapshot<Payment> snapshot, PaymentEvent event) {
    return actor.machine().step(snapshot, event).outcome().isTaken();
  }

  private void note(String cause, String what, String tone) {
    LogLine line = new LogLine(timekeeper.now().toEpochMilli(), cause, what, tone);
    log.update(lines -> Stream.concat(Stream.of(line), lines.stream()).limit(MOST_LINES).toList());
  }

  @Override
  public void close() {
    synchronized (this) {
      following.close();
    }
    payments.close();
  }
}
