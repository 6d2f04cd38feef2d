package io.stateward.statemachine;

import static io.stateward.statemachine.Orders.ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.statemachine.Orders.Event;
import io.stateward.statemachine.Orders.Order;
import io.stateward.statemachine.Orders.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Constants, groups, history, ignored and deferred events, by the order. */
final class OrderTest {

  private final Instance<Status, Event> order = ORDER.instance(new Order("7", 0, 0));

  @Test
  void begin_intoGroup_isItsInitialWithTheParameterAsData() {
    assertThat(order.state()).isEqualTo(Status.NEW);
    assertThat(order.snapshot().get(Order.class)).isEqualTo(new Order("7", 0, 0));
    assertThat(order.snapshot().isIn("OPEN")).isTrue();
  }

  @Test
  void begin_withoutItsParameter_isRefused() {
    assertThatThrownBy(ORDER::instance)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("order")
        .hasMessageContaining("Order");
    assertThatThrownBy(() -> ORDER.instance("seven"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.String")
        .hasMessageContaining("Order");
  }

  @Test
  void fire_throughToTheEnd_movesAndEnds() {
    assertThat(order.fire(Event.RESERVE))
        .isEqualTo(new Outcome.Transitioned(List.of("NEW"), List.of("RESERVED")));
    assertThat(order.fire(Event.PAY).isTaken()).isTrue();
    assertThat(order.fire(Event.SHIP))
        .isEqualTo(new Outcome.Transitioned(List.of("PAID", "OPEN"), List.of("SHIPPED")));
    assertThat(order.snapshot().isDone()).isTrue();
  }

  @Test
  void fire_whatGuardRefuses_namesTheGuardAndChangesNothing() {
    Instance<Status, Event> owing = ORDER.instance(new Order("8", 5, 0));
    owing.fire(Event.RESERVE);

    assertThat(owing.fire(Event.PAY)).isEqualTo(new Outcome.Rejected(List.of("paid in full")));
    assertThat(owing.state()).isEqualTo(Status.RESERVED);
  }

  @Test
  void fire_assignWithoutTarget_updatesTheData() {
    assertThat(order.fire(Event.REMIND)).isEqualTo(new Outcome.Updated());
    assertThat(order.snapshot().get(Order.class)).isEqualTo(new Order("7", 0, 1));
    assertThat(order.state()).isEqualTo(Status.NEW);
  }

  @Test
  void fire_ignoredOnPurposeOrUnknown_saysWhich() {
    assertThat(order.fire(Event.SHIP)).isEqualTo(new Outcome.Ignored(false));
    order.fire(Event.RESERVE);
    order.fire(Event.PAY);

    assertThat(order.fire(Event.REMIND)).isEqualTo(new Outcome.Ignored(true));
  }

  @Test
  void fire_toHistory_returnsToTheLeafButKeepsTheDataOfToday() {
    order.fire(Event.REMIND);
    order.fire(Event.RESERVE);
    order.fire(Event.HOLD);

    assertThat(order.fire(Event.RESUME).isTaken()).isTrue();
    assertThat(order.state()).isEqualTo(Status.RESERVED);
    assertThat(order.snapshot().get(Order.class)).isEqualTo(new Order("7", 0, 1));
  }

  @Test
  void fire_deferred_waitsAndIsTriedAgainWhenTheMachineHasMoved() {
    order.fire(Event.RESERVE);
    order.fire(Event.HOLD);

    assertThat(order.fire(Event.PAY)).isEqualTo(new Outcome.Deferred());
    assertThat(order.snapshot().deferred()).containsExactly(Event.PAY);
    order.fire(Event.RESUME);

    assertThat(order.state()).isEqualTo(Status.PAID);
    assertThat(order.snapshot().deferred()).isEmpty();
  }

  @Test
  void step_thatRecallsDeferred_saysWhatBecameOfIt() {
    order.fire(Event.RESERVE);
    order.fire(Event.HOLD);
    order.fire(Event.PAY);

    Step<Status> step = ORDER.step(order.snapshot(), Event.RESUME);

    assertThat(step.recalled())
        .containsExactly(
            new Step.Recalled(
                Event.PAY, new Outcome.Transitioned(List.of("RESERVED"), List.of("PAID"))));
    assertThat(step.snapshot().state()).isEqualTo(Status.PAID);
  }

  @Test
  void resume_fromStatusColumn_goesOnFromThere() {
    Instance<Status, Event> stored = ORDER.resume(ORDER.at(Status.RESERVED, new Order("9", 0, 2)));

    assertThat(stored.fire(Event.PAY).isTaken()).isTrue();
    assertThat(stored.state()).isEqualTo(Status.PAID);
    assertThat(stored.snapshot().get(Order.class)).isEqualTo(new Order("9", 0, 2));
  }

  @Test
  void at_superstateOrWithoutItsData_isRefused() {
    assertThatThrownBy(() -> ORDER.at(Status.OPEN, new Order("9", 0, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("OPEN");
    assertThatThrownBy(() -> ORDER.at(Status.RESERVED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Order");
    assertThatThrownBy(() -> ORDER.at(Status.RESERVED, "row"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.String");
  }
}
