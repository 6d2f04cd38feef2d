package io.stateward.examples.cookbook;

import io.stateward.signal.Delivery;
import io.stateward.signal.Overflow;
import io.stateward.signal.PublishedSignal;
import io.stateward.signal.Signal;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Signals and {@code java.util.concurrent.Flow}, both ways. */
final class FlowBridges {

  private FlowBridges() {}

  static PublishedSignal<Integer> in(Flow.Publisher<Integer> temperatures, Consumer<String> show) {
    // tag: in
    PublishedSignal<Integer> degrees = Signal.from(20, temperatures);

    degrees.map(now -> now > 25 ? "warm" : "cool").subscribe(change -> show.accept(change.now()));
    // end
    return degrees;
  }

  static List<Flow.Publisher<String>> out(Signal<String> text) {
    // tag: out
    Flow.Publisher<String> newest = text.publisher();
    Flow.Publisher<String> complete =
        text.publisher(Delivery.every().queue(10_000, Overflow.CLOSE));
    // end
    return List.of(newest, complete);
  }

  // tag: subscriber
  /** Asks for one value at a time. */
  static final class OneByOne implements Flow.Subscriber<String> {
    private final Consumer<String> show;
    private Flow.@Nullable Subscription source;

    OneByOne(Consumer<String> show) {
      this.show = show;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      source = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(String value) {
      show.accept(value);
      if (source != null) {
        source.request(1);
      }
    }

    @Override
    public void onError(Throwable failure) {
      show.accept("failed: " + failure.getMessage());
    }

    @Override
    public void onComplete() {
      show.accept("complete");
    }
  }
  // end
}
