package io.stateward.examples.cookbook;

import static io.stateward.examples.cookbook.OrderWorkflow.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.cookbook.OrderWorkflow.Billing;
import io.stateward.examples.cookbook.OrderWorkflow.Order;
import io.stateward.examples.cookbook.OrderWorkflow.OrderEvent;
import io.stateward.examples.cookbook.OrderWorkflow.Packing;
import io.stateward.statemachine.Instance;
import io.stateward.statemachine.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OrderWorkflowTest {

  private final Instance<Order, OrderEvent> order = ORDER.instance("7");

  @Test
  void fire_paidAndPacked_isShippedInWhateverOrder() {
    order.fire(new OrderEvent.Accept(2));
    order.fire(new OrderEvent.Pick());
    order.fire(new OrderEvent.Pay("receipt"));

    assertThat(order.state()).isEqualTo(new Order.InWork("7"));
    assertThat(order.snapshot().get(Packing.class)).isEqualTo(new Packing.Picking(1));
    assertThat(order.snapshot().get(Billing.class)).isEqualTo(new Billing.Paid("receipt"));
    order.fire(new OrderEvent.Pick());

    assertThat(order.state()).isEqualTo(new Order.Shipped("7", "parcel"));
    assertThat(order.snapshot().isDone()).isTrue();
  }

  @Test
  void fire_cancelWhilePaid_isRefused() {
    order.fire(new OrderEvent.Accept(2));
    order.fire(new OrderEvent.Pay("receipt"));

    assertThat(order.fire(new OrderEvent.Cancel("late")))
        .isEqualTo(new Outcome.Rejected(List.of("unpaid")));
  }

  @Test
  void fire_cancelWhileUnpaid_leavesBothRegions() {
    order.fire(new OrderEvent.Accept(2));

    Outcome outcome = order.fire(new OrderEvent.Cancel("changed my mind"));

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Transitioned(
                List.of("Picking", "Packing", "Unpaid", "Billing", "InWork"),
                List.of("Cancelled")));
    assertThat(order.state()).isEqualTo(new Order.Cancelled("7", "changed my mind"));
  }
}
