package io.stateward.store;

import io.stateward.signal.Signal;
import io.stateward.signal.SignalContract;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A signal that follows a publisher")
final class PublishedSignalTest extends SignalContract {

  @Override
  public Subject create(int initial) {
    DirectPublisher publisher = new DirectPublisher();
    return new Subject(Signal.from(initial, publisher), publisher::publish);
  }

  /** Publishes on the thread that has something to say. */
  private static final class DirectPublisher implements Flow.Publisher<Integer> {
    private Flow.Subscriber<? super Integer> subscriber;

    @Override
    public void subscribe(Flow.Subscriber<? super Integer> only) {
      subscriber = only;
      only.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long count) {
              // demand is unbounded
            }

            @Override
            public void cancel() {
              // nothing is held
            }
          });
    }

    void publish(int value) {
      subscriber.onNext(value);
    }
  }
}
