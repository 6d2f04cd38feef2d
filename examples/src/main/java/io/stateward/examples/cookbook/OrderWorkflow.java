package io.stateward.examples.cookbook;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.RegionDefinition;

/** An order that is paid and packed side by side, and sent once both have come to their end. */
final class OrderWorkflow {

  private OrderWorkflow() {}

  // tag: states
  sealed interface Order {
    record Placed(String id) implements Order {}

    record InWork(String id) implements Order {} // a parallel state: two regions

    record Shipped(String id, String parcel) implements Order {}

    record Cancelled(String id, String why) implements Order {}
  }

  sealed interface Billing {
    record Unpaid() implements Billing {}

    record Paid(String receipt) implements Billing {}
  }

  sealed interface Packing {
    record Picking(int missing) implements Packing {}

    record Packed(String parcel) implements Packing {}
  }

  sealed interface OrderEvent {
    record Accept(int items) implements OrderEvent {}

    record Pay(String receipt) implements OrderEvent {}

    record Pick() implements OrderEvent {}

    record Cancel(String why) implements OrderEvent {}
  }

  // end

  // tag: machine
  static final Machine<Order, OrderEvent> ORDER =
      Machine.define("order", Order.class, OrderEvent.class)
          .initial(Order.Placed.class, String.class, Order.Placed::new)
          .in(
              Order.Placed.class,
              s ->
                  s.on(OrderEvent.Accept.class)
                      .with( // the packing begins with what is to be packed
                          Packing.Picking.class,
                          (placed, accept) -> new Packing.Picking(accept.items()))
                      .to(Order.InWork.class, (placed, accept) -> new Order.InWork(placed.id())))
          .in(
              Order.InWork.class,
              s ->
                  s.region(Billing.class, OrderWorkflow::billing)
                      .region(Packing.class, OrderWorkflow::packing)
                      .onDone() // both regions are in a final state
                      .to(
                          Order.Shipped.class,
                          (order, view) ->
                              new Order.Shipped(
                                  order.id(), view.get(Packing.Packed.class).parcel()))
                      .on(OrderEvent.Cancel.class)
                      .when("unpaid", (order, cancel, view) -> view.isIn(Billing.Unpaid.class))
                      .to(
                          Order.Cancelled.class,
                          (order, cancel) -> new Order.Cancelled(order.id(), cancel.why())))
          .finals(Order.Shipped.class, Order.Cancelled.class)
          .build();

  // end

  // tag: regions
  private static RegionDefinition<Order.InWork, Billing, OrderEvent> billing(
      RegionDefinition<Order.InWork, Billing, OrderEvent> region) {
    return region
        .initial(new Billing.Unpaid())
        .in(
            Billing.Unpaid.class,
            s ->
                s.on(OrderEvent.Pay.class)
                    .to(Billing.Paid.class, (unpaid, pay) -> new Billing.Paid(pay.receipt())))
        .finals(Billing.Paid.class);
  }

  private static RegionDefinition<Order.InWork, Packing, OrderEvent> packing(
      RegionDefinition<Order.InWork, Packing, OrderEvent> region) {
    return region
        .initial(new Packing.Picking(1))
        .in(
            Packing.Picking.class,
            s ->
                s.on(OrderEvent.Pick.class)
                    .when("more to pick", (picking, pick) -> picking.missing() > 1)
                    .update((picking, pick) -> new Packing.Picking(picking.missing() - 1))
                    .on(OrderEvent.Pick.class)
                    .to(Packing.Packed.class, (picking, pick) -> new Packing.Packed("parcel")))
        .finals(Packing.Packed.class);
  }
  // end
}
