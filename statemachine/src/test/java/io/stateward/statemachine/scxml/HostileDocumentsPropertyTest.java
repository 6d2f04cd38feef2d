package io.stateward.statemachine.scxml;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Step;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in a document: it is refused by an {@link ScxmlException}, or it is a machine
 * that takes any event without throwing anything.
 */
final class HostileDocumentsPropertyTest {

  @Property(seed = "550091", tries = 3000)
  void document_isRefusedOrRuns(@ForAll @LongRange(min = 0) long seed) {
    String document = HostileDocument.of(seed);

    run(document);
  }

  @Property(seed = "550092", tries = 2000)
  void document_damaged_isRefusedOrRuns(@ForAll @LongRange(min = 0) long seed) {
    Random damage = new Random(seed);
    StringBuilder document = new StringBuilder(HostileDocument.of(seed));
    for (int i = 0; i <= damage.nextInt(3); i++) {
      int at = damage.nextInt(document.length());
      int end = Math.min(document.length(), at + damage.nextInt(12));
      String part = document.substring(at, end);
      document.replace(at, end, damage.nextBoolean() ? "" : part + part);
    }

    run(document.toString());
  }

  /** If every document were refused, the properties would say nothing. */
  @Test
  void documents_areReadOften() {
    int read = 0;
    for (int seed = 0; seed < 500; seed++) {
      read += run(HostileDocument.of(seed)) ? 1 : 0;
    }

    assertThat(read).isBetween(100, 450);
  }

  private static boolean run(String document) {
    Machine<List<String>, ScxmlEvent> machine;
    try {
      machine = Scxml.read(document, ScxmlOptions.standard().withBudget(60));
    } catch (ScxmlException e) {
      assertThat(e).hasMessageMatching("(?s)(Line \\d+, column \\d+: .+|The document .+)");
      return false;
    }
    Step<List<String>> step = machine.begin();
    for (String event : List.of("x", "x.y", "z", "other", "x")) {
      step = machine.step(step.snapshot(), ScxmlEvent.of(event));
      if (!step.snapshot().timers().isEmpty()) {
        step = machine.fire(step.snapshot(), step.snapshot().timers().get(0), null);
      }
    }
    return true;
  }
}
