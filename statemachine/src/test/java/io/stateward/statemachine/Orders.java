package io.stateward.statemachine;

/** An order by its status column: constants, groups, and one record of data. */
public final class Orders {

  private Orders() {}

  /**
   * Order.
   *
   * @param id of it
   * @param due of it
   * @param reminders of it
   */
  public record Order(String id, int due, int reminders) {}

  /** The column. */
  public enum Status {
    /** Around what goes on. */
    OPEN,
    /** Placed. */
    NEW,
    /** Goods are put aside. */
    RESERVED,
    /** Money is there. */
    PAID,
    /** On its way. */
    SHIPPED,
    /** Given up. */
    CANCELLED,
    /** Somebody looks at it. */
    ON_HOLD
  }

  /** What may happen. */
  public enum Event {
    /** Put goods aside. */
    RESERVE,
    /** Money. */
    PAY,
    /** Send it. */
    SHIP,
    /** Give it up. */
    CANCEL,
    /** Stop it. */
    HOLD,
    /** Go on. */
    RESUME,
    /** Ask for money. */
    REMIND
  }

  /** The machine. */
  public static final Machine<Status, Event> ORDER =
      Machine.define("order", Status.class, Event.class, Order.class)
          .initial(Status.OPEN)
          .group(Status.OPEN, Status.NEW, Status.RESERVED, Status.PAID)
          .in(
              Status.OPEN,
              s -> s.on(Event.CANCEL).to(Status.CANCELLED).on(Event.HOLD).to(Status.ON_HOLD))
          .in(
              Status.NEW,
              s ->
                  s.on(Event.RESERVE)
                      .to(Status.RESERVED)
                      .on(Event.REMIND)
                      .assign(
                          (order, event) ->
                              new Order(order.id(), order.due(), order.reminders() + 1))
                      .stay())
          .in(
              Status.RESERVED,
              s ->
                  s.on(Event.PAY)
                      .when("paid in full", (order, event) -> order.due() == 0)
                      .to(Status.PAID))
          .in(Status.PAID, s -> s.on(Event.SHIP).to(Status.SHIPPED).on(Event.REMIND).ignore())
          .in(
              Status.ON_HOLD,
              s -> s.on(Event.RESUME).toHistory(Status.OPEN, Status.NEW).on(Event.PAY).defer())
          .finals(Status.SHIPPED, Status.CANCELLED)
          .build();
}
