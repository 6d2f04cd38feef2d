package io.stateward.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.Payments.Order;
import io.stateward.statemachine.Payments.Payment;
import io.stateward.statemachine.Payments.Payment.Success;
import io.stateward.statemachine.Payments.PaymentEvent;
import io.stateward.statemachine.Payments.PaymentEvent.Cancel;
import io.stateward.statemachine.Payments.PaymentEvent.Start;
import io.stateward.statemachine.Payments.Receipt;
import io.stateward.statemachine.Payments.Token;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of the documentation, run. */
@Timeout(30)
final class ActorExamplesTest {

  private final Order order = new Order("4711", 1_995);
  private final List<String> shown = new ArrayList<>();

  private static final class Gateway implements Payments.Gateway {
    private int failures;
    private final List<String> keys = new ArrayList<>();

    @Override
    public Token validate(Order order) {
      return new Token("t-" + order.id());
    }

    @Override
    public Receipt charge(Order order, Token token, String key) throws IOException {
      keys.add(key);
      if (failures-- > 0) {
        throw new IOException("busy");
      }
      return new Receipt("r-" + order.id());
    }
  }

  @Test
  void actors_runAPaymentToItsEnd() throws Exception {
    ExecutorService executor = Executors.newCachedThreadPool();
    Machine<Payment, PaymentEvent> machine = Payments.machine(new Gateway());
    try (Actors actors = Actors.on(executor).build()) {
      Actor<Payment, PaymentEvent> payment = actors.start(machine);
      payment.tell(new Start(order));
      Payment end = payment.until(Success.class::isInstance).await().orThrow();

      assertThat(end).isEqualTo(new Success(new Receipt("r-4711")));
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void actor_isToldAskedAndWatched() throws Exception {
    List<Runnable> working = new ArrayList<>();
    Actors actors = Actors.on(working::add).build();
    Actor<Payment, PaymentEvent> payment = Payments.machine(new Gateway()).start(actors);
    payment.state().subscribe(change -> shown.add(change.now().getClass().getSimpleName()));
    payment.observe(
        notice -> {
          if (notice instanceof Notice.Stepped<Payment> stepped) {
            shown.add(stepped.step().outcome().getClass().getSimpleName());
          }
        });

    payment.tell(new Start(order));
    Step<Payment> step = payment.ask(new Cancel()).toCompletableFuture().get();

    assertThat(step.snapshot().state()).isEqualTo(new Payment.Idle());
    assertThat(shown).containsExactly("Validating", "Transitioned", "Idle", "Transitioned");
    working.forEach(Runnable::run);
    assertThat(payment.state().get()).isEqualTo(new Payment.Idle());
  }

  @Test
  void payment_serviceIsBusy_isTriedAgainUnderOneKey() {
    Gateway gateway = new Gateway();
    gateway.failures = 2;
    VirtualTimekeeper time = VirtualTimekeeper.create();
    Actors actors = Actors.on(Runnable::run).timekeeper(time).build();
    Actor<Payment, PaymentEvent> payment = Payments.machine(gateway).start(actors);

    payment.tell(new Start(order));
    time.advance(Duration.ofMillis(400));

    assertThat(payment.state().get()).isInstanceOf(Success.class);
    assertThat(gateway.keys).hasSize(3).containsOnly(payment.id() + "/1/charge");
  }
}
