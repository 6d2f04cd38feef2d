package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.reactivestreams.tck.flow.FlowSubscriberWhiteboxVerification;

/**
 * The subscriber behind {@link Signal#from}, against the Reactive Streams TCK.
 *
 * <p>Excluded by the TCK itself: what it calls untested. It cannot see the cancellation by {@link
 * PublishedSignal#close}, which is tested here.
 */
final class SubscriberTckTest {

  @Test
  void from_seenFromOutside_obeysTheSpecification() {
    TckRun run = TckRun.of(BlackboxVerification.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).hasSizeGreaterThanOrEqualTo(11);
  }

  @Test
  void from_seenFromInside_obeysTheSpecification() {
    TckRun run = TckRun.of(WhiteboxVerification.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).hasSizeGreaterThanOrEqualTo(14);
  }

  @Test
  void close_whileThePublisherGoesOn_cancelsOnceAndKeepsTheValue() {
    List<String> asked = new ArrayList<>();
    List<Flow.Subscriber<? super Integer>> subscribers = new ArrayList<>();
    PublishedSignal<Integer> signal = Signal.from(0, subscribers::add);
    subscribers.get(0).onSubscribe(recording(asked));
    subscribers.get(0).onNext(1);

    signal.close();
    signal.close();
    subscribers.get(0).onNext(2);

    assertThat(signal.get()).isEqualTo(1);
    assertThat(asked).containsExactly("request " + Long.MAX_VALUE, "cancel");
  }

  @Test
  void close_beforeThePublisherAnswers_cancelsWhatIsOffered() {
    List<String> asked = new ArrayList<>();
    List<Flow.Subscriber<? super Integer>> subscribers = new ArrayList<>();
    PublishedSignal<Integer> signal = Signal.from(0, subscribers::add);

    signal.close();
    subscribers.get(0).onSubscribe(recording(asked));

    assertThat(asked).containsExactly("cancel");
  }

  private static Flow.Subscription recording(List<String> asked) {
    return new Flow.Subscription() {
      @Override
      public void request(long count) {
        asked.add("request " + count);
      }

      @Override
      public void cancel() {
        asked.add("cancel");
      }
    };
  }

  private static Flow.Subscriber<Integer> subscriber() {
    List<Flow.Subscriber<? super Integer>> subscribers = new ArrayList<>();
    PublishedSignal<Integer> unused = Signal.from(0, subscribers::add);
    assertThat(unused.get()).isZero();
    Flow.Subscriber<? super Integer> target = subscribers.get(0);
    return new Flow.Subscriber<>() { // only narrows the type
      @Override
      public void onSubscribe(Flow.Subscription subscription) {
        target.onSubscribe(subscription);
      }

      @Override
      public void onNext(Integer item) {
        target.onNext(item);
      }

      @Override
      public void onError(Throwable throwable) {
        target.onError(throwable);
      }

      @Override
      public void onComplete() {
        target.onComplete();
      }
    };
  }

  /** Public and with a constructor, as TestNG demands. */
  public static final class BlackboxVerification
      extends FlowSubscriberBlackboxVerification<Integer> {
    /** For TestNG. */
    public BlackboxVerification() {
      super(new TestEnvironment(500, 20));
    }

    @Override
    public Flow.Subscriber<Integer> createFlowSubscriber() {
      return subscriber();
    }

    @Override
    public Integer createElement(int element) {
      return element;
    }
  }

  /** The same with a probe that sees what goes in. */
  public static final class WhiteboxVerification
      extends FlowSubscriberWhiteboxVerification<Integer> {
    /** For TestNG. */
    public WhiteboxVerification() {
      super(new TestEnvironment(500, 20));
    }

    @Override
    protected Flow.Subscriber<Integer> createFlowSubscriber(
        WhiteboxSubscriberProbe<Integer> probe) {
      return new Probed(subscriber(), probe);
    }

    @Override
    public Integer createElement(int element) {
      return element;
    }

    private record Probed(Flow.Subscriber<Integer> target, WhiteboxSubscriberProbe<Integer> probe)
        implements Flow.Subscriber<Integer> {
      @Override
      public void onSubscribe(Flow.Subscription subscription) {
        target.onSubscribe(subscription);
        probe.registerOnSubscribe(
            new SubscriberPuppet() {
              @Override
              public void triggerRequest(long elements) {
                subscription.request(elements);
              }

              @Override
              public void signalCancel() {
                subscription.cancel();
              }
            });
      }

      @Override
      public void onNext(Integer item) {
        target.onNext(item);
        probe.registerOnNext(item);
      }

      @Override
      public void onError(Throwable throwable) {
        target.onError(throwable);
        probe.registerOnError(throwable);
      }

      @Override
      public void onComplete() {
        target.onComplete();
        probe.registerOnComplete();
      }
    }
  }
}
