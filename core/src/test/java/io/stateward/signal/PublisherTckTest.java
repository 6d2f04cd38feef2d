package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.store.Store;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;

/**
 * A signal as a publisher, against the Reactive Streams TCK.
 *
 * <p>Excluded by the TCK itself: what it calls untested, and what needs an empty stream, since a
 * signal always has a value. The numbers of passed tests are asserted, so that a test that is
 * skipped from now on shows.
 */
final class PublisherTckTest {

  private static final int CAPACITY = 4_096;

  @Test
  void publisher_ofEveryChange_obeysTheSpecification() {
    TckRun run = TckRun.of(EveryVerification.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).hasSizeGreaterThanOrEqualTo(26);
  }

  @Test
  void publisher_ofEveryChangeOnAnExecutor_obeysTheSpecification() {
    TckRun run = TckRun.of(ExecutorVerification.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).hasSizeGreaterThanOrEqualTo(26);
  }

  @Test
  void publisher_ofTheLatestChange_obeysTheSpecification() {
    TckRun run = TckRun.of(LatestVerification.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).hasSizeGreaterThanOrEqualTo(10);
  }

  private abstract static class Verification extends FlowPublisherVerification<Integer> {
    Verification() {
      super(new TestEnvironment(500, 20));
    }

    abstract Delivery delivery();

    void close(Store<Integer> store) {
      store.close();
    }

    /** The stream of a store that is written after somebody subscribed, and closed if it ends. */
    @Override
    public Flow.Publisher<Integer> createFlowPublisher(long elements) {
      Store<Integer> store = Store.of(1);
      Flow.Publisher<Integer> publisher = store.publisher(delivery());
      return subscriber -> {
        publisher.subscribe(subscriber);
        for (int n = 2; n <= Math.min(elements, CAPACITY); n++) {
          store.set(n);
        }
        if (elements <= CAPACITY) {
          close(store);
        }
      };
    }

    @Override
    public Flow.Publisher<Integer> createFailedFlowPublisher() {
      Store<Integer> store = Store.of(1);
      store.close();
      return store.publisher(delivery());
    }
  }

  /** Public and with a constructor, as TestNG demands. */
  public static final class EveryVerification extends Verification {
    @Override
    Delivery delivery() {
      return Delivery.every().queue(CAPACITY, Overflow.CLOSE);
    }
  }

  /** The same on a thread of its own. */
  public static final class ExecutorVerification extends Verification {
    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @Override
    Delivery delivery() {
      return Delivery.every().queue(CAPACITY, Overflow.CLOSE).on(executor);
    }

    /** Ends the stream after what was handed to the executor before. */
    @Override
    void close(Store<Integer> store) {
      executor.execute(store::close);
    }

    /** Ends the thread. */
    @AfterClass
    public void stop() {
      executor.shutdownNow();
    }
  }

  /** A stream of one element, since more of them may become one. */
  public static final class LatestVerification extends Verification {
    @Override
    Delivery delivery() {
      return Delivery.latest();
    }

    @Override
    public long maxElementsFromPublisher() {
      return 1;
    }
  }
}
