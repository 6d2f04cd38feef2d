package io.stateward.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Delivery;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class EventStreamTest {

  /** A browser that reads nothing until it is told to. */
  private static final class StuckBrowser extends OutputStream {
    final CountDownLatch stuck = new CountDownLatch(1);
    final CountDownLatch reads = new CountDownLatch(1);
    final ByteArrayOutputStream got = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      stuck.countDown();
      try {
        reads.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      got.write(bytes, offset, length);
    }
  }

  @Test
  void subscription_browserIsStuck_writerGoesOnAndLatestArrives() throws InterruptedException {
    StuckBrowser browser = new StuckBrowser();
    EventStream stream = new EventStream(browser);
    Thread thread = new Thread(stream::run);
    thread.start();
    Store<Integer> store = Store.of(0);
    Subscription subscription =
        store.subscribe(
            Delivery.latest().on(stream), change -> stream.send("value", change.now().toString()));

    store.set(1);
    browser.stuck.await();
    for (int i = 2; i <= 10_000; i++) {
      store.set(i); // would never return if the browser held it up
    }
    browser.reads.countDown();
    stream.stop();
    thread.join();

    assertThat(browser.got.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "event: value\ndata: 1\n\nevent: value\ndata: 10000\n\nevent: stopped\ndata: {}\n\n");
    subscription.close();
  }

  @Test
  void run_browserHasLeft_endsAndDropsWhatComes() {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    EventStream stream = new EventStream(gone);
    boolean[] ran = {false};
    stream.execute(() -> stream.send("value", "1"));

    stream.run();
    stream.execute(() -> ran[0] = true);
    stream.run();

    assertThat(ran[0]).isFalse();
  }

  @Test
  void stop_slowStream_endsAtOnce() throws InterruptedException {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    EventStream stream = new EventStream(got);
    stream.slowDown(Duration.ofHours(1));
    CountDownLatch begun = new CountDownLatch(1);
    stream.execute(begun::countDown);
    Thread thread = new Thread(stream::run);
    thread.start();
    begun.await();

    stream.stop();
    thread.join();

    assertThat(got.toString(StandardCharsets.UTF_8)).isEqualTo("event: stopped\ndata: {}\n\n");
  }
}
