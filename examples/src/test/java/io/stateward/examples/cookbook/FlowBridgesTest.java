package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.PublishedSignal;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;

final class FlowBridgesTest {

  private final List<String> shown = new ArrayList<>();

  @Test
  void in_publishedValues_becomeTheSignal() {
    try (SubmissionPublisher<Integer> sensor = new SubmissionPublisher<>(Runnable::run, 16);
        PublishedSignal<Integer> degrees = FlowBridges.in(sensor, shown::add)) {
      sensor.submit(24);
      sensor.submit(27);
      sensor.submit(28);

      assertThat(degrees.get()).isEqualTo(28);
      assertThat(shown).containsExactly("warm");
    }
  }

  @Test
  void out_subscriber_isToldCurrentThenLaterThenTheEnd() {
    Store<String> text = Store.of("text", "a");

    for (Flow.Publisher<String> publisher : FlowBridges.out(text)) {
      publisher.subscribe(new FlowBridges.OneByOne(shown::add));
    }
    text.set("b");
    text.close();

    assertThat(shown).containsExactly("a", "a", "b", "b", "complete", "complete");
  }
}
