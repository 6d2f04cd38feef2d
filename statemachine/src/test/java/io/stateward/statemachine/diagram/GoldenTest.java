package io.stateward.statemachine.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Orders;
import io.stateward.statemachine.Payments;
import io.stateward.statemachine.Players;
import io.stateward.statemachine.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The texts of three machines, as they are kept under {@code src/test/resources}. {@code
 * -Dstateward.golden=write} writes them anew, to be looked at before they are kept.
 */
final class GoldenTest {

  private static final Path FOLDER =
      Path.of("src/test/resources/io/stateward/statemachine/diagram");

  @TestFactory
  Stream<DynamicTest> texts_ofMachines_areThoseThatAreKept() {
    return texts().entrySet().stream()
        .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> compare(it.getKey(), it.getValue())));
  }

  private static void compare(String name, String text) throws IOException {
    Path file = FOLDER.resolve(name);
    if (System.getProperty("stateward.golden", "").equals("write")) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }

  /** All of them by the names of their files. */
  static Map<String, String> texts() {
    Machine<Payments.Payment, Payments.PaymentEvent> payment = Payments.machine(new NoGateway());
    Step<Payments.Payment> started =
        payment.step(
            payment.begin().snapshot(),
            new Payments.PaymentEvent.Start(new Payments.Order("1", 100)));
    Step<Players.Player> playing =
        Players.PLAYER.step(Players.PLAYER.begin().snapshot(), new Players.PlayerEvent.Play());
    Step<Orders.Status> reserved =
        Orders.ORDER.step(
            Orders.ORDER.begin(new Orders.Order("1", 0, 0), java.time.Instant.EPOCH).snapshot(),
            Orders.Event.RESERVE);
    Map<String, String> texts = new TreeMap<>();
    put("payment", payment, started, texts);
    put("player", Players.PLAYER, playing, texts);
    put("order", Orders.ORDER, reserved, texts);
    return texts;
  }

  private static <S> void put(
      String name, Machine<S, ?> machine, Step<S> step, Map<String, String> texts) {
    texts.put(name + ".mmd", Mermaid.of(machine).toString());
    texts.put(name + "-active.mmd", Mermaid.of(machine).highlight(step).toString());
    texts.put(name + ".puml", PlantUml.of(machine).toString());
    texts.put(name + "-active.puml", PlantUml.of(machine).highlight(step).toString());
    texts.put(name + ".scxml", ScxmlText.of(machine).toString());
    texts.put(name + ".json", XStateJson.of(machine).toString());
  }

  /** Drawings call nothing. */
  private static final class NoGateway implements Payments.Gateway {

    @Override
    public Payments.Token validate(Payments.Order order) {
      throw new AssertionError("A drawing validated an order.");
    }

    @Override
    public Payments.Receipt charge(Payments.Order order, Payments.Token token, String key) {
      throw new AssertionError("A drawing charged an order.");
    }
  }
}
