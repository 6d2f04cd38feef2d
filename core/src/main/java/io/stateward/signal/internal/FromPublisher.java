package io.stateward.signal.internal;

import io.stateward.signal.ClosedException;
import io.stateward.signal.PublishedSignal;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A root that a {@link Flow.Publisher} writes. */
public final class FromPublisher<T> extends Root<T> implements PublishedSignal<T> {

  private static final Flow.Subscription ENDED =
      new Flow.Subscription() {
        @Override
        public void request(long count) {
          // there is nothing left to ask
        }

        @Override
        public void cancel() {
          // there is nothing left to cancel
        }
      };

  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

  private FromPublisher(T initial) {
    super("signal from a publisher", initial);
  }

  /**
   * Subscribes to a publisher and returns the signal of what it publishes.
   *
   * @param <T> the type of the values
   * @param initial the value until the first one arrives
   * @param publisher where the values come from
   * @return the signal
   */
  public static <T> FromPublisher<T> follow(T initial, Flow.Publisher<? extends T> publisher) {
    FromPublisher<T> signal = new FromPublisher<>(Objects.requireNonNull(initial, "initial"));
    Objects.requireNonNull(publisher, "publisher").subscribe(signal.new Input());
    return signal;
  }

  @Override
  public void close() {
    Flow.Subscription open = subscription.getAndSet(ENDED);
    if (open != null) {
      open.cancel();
    }
    super.close();
  }

  /** What the publisher sees; the signal itself offers no way to write it. */
  private final class Input implements Flow.Subscriber<T> {
    @Override
    public void onSubscribe(Flow.Subscription offered) {
      Objects.requireNonNull(offered, "subscription"); // 2.13
      if (subscription.compareAndSet(null, offered)) {
        offered.request(Long.MAX_VALUE);
      } else {
        offered.cancel(); // 2.5: one is enough
      }
    }

    @Override
    public void onNext(T value) {
      Objects.requireNonNull(value, "value"); // 2.13
      try {
        update(before -> value);
      } catch (ClosedException e) {
        close(); // closed while a value was on its way: 2.8 allows it to arrive
      }
    }

    @Override
    public void onError(Throwable failure) {
      Objects.requireNonNull(failure, "failure"); // 2.13
      subscription.set(ENDED);
      Probes.report(
          "'" + name() + "'", "Its publisher failed; the signal keeps its last value.", failure);
    }

    @Override
    public void onComplete() {
      subscription.set(ENDED);
    }
  }
}
