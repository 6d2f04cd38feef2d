package io.stateward.cache.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.spi.Backplane.Message;
import io.stateward.signal.Concurrently;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules that every {@link Backplane} obeys in fair weather; in foul weather it may lose what it
 * likes. To check one, extend this class and return a backplane from {@link #backplane}, the same
 * one for all of a test.
 *
 * <pre>{@code
 * final class MemoryBackplaneTest extends BackplaneContract {
 *   private final Backplane backplane = MemoryBackplane.of();
 *
 *   @Override
 *   protected Backplane backplane() {
 *     return backplane;
 *   }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@DisplayName("A backplane")
public abstract class BackplaneContract {

  private static final String CACHE = "users";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** For subclasses. */
  protected BackplaneContract() {}

  /**
   * Returns the backplane under test.
   *
   * @return the same backplane during a test
   */
  protected abstract Backplane backplane();

  /** Returns when all that was sent has been heard; at once unless overridden. */
  protected void settle() {}

  private static Message message(int number) {
    return new Message(3, new Head(77, number), new Invalidation.Key("k" + number));
  }

  private List<Message> heard(String cache) {
    List<Message> heard = new CopyOnWriteArrayList<>();
    backplane().listen(cache, heard::add);
    return heard;
  }

  private void send(Message... messages) {
    for (Message message : messages) {
      backplane().send(CACHE, message);
    }
    settle();
  }

  /** Checks that who listens hears what is sent, whole. */
  @Test
  @DisplayName("1.1 who listens hears what is sent, whole")
  public void rule1_1_messagesAreHeardWhole() {
    List<Message> heard = heard(CACHE);
    Head head = new Head(Long.MAX_VALUE, 42);
    Message key = new Message(3, head, new Invalidation.Key("a\n é", Long.MAX_VALUE));
    Message tag = new Message(0, head, new Invalidation.Tag("x"));
    Message prefix = new Message(0, head, new Invalidation.Prefix("x"));
    Message all = new Message(0, new Head(1, 43), new Invalidation.All());

    send(key, tag, prefix, all);

    assertThat(heard).containsExactlyInAnyOrder(key, tag, prefix, all);
  }

  /** Checks that nobody hears what is sent to another cache. */
  @Test
  @DisplayName("1.2 nobody hears what is sent to another cache")
  public void rule1_2_cachesAreApart() {
    List<Message> heard = heard(CACHE);
    List<Message> other = heard("users2");

    send(message(1));

    assertThat(heard).hasSize(1);
    assertThat(other).isEmpty();
  }

  /** Checks that all that listen hear it, and a listener that listens twice hears it twice. */
  @Test
  @DisplayName("1.3 all that listen hear it, and a listener that listens twice hears it twice")
  public void rule1_3_allHear() {
    List<Message> one = heard(CACHE);
    List<Message> two = new CopyOnWriteArrayList<>();
    Consumer<Message> twice = two::add;
    backplane().listen(CACHE, twice);
    Subscription second = backplane().listen(CACHE, twice);

    send(message(1));
    second.close();
    send(message(2));

    assertThat(one).hasSize(2);
    assertThat(two).hasSize(3);
  }

  /** Checks that who ended its listening hears nothing any more; others do. */
  @Test
  @DisplayName("1.4 who ended its listening hears nothing any more; others do")
  public void rule1_4_endedHearsNothing() {
    List<Message> ended = new CopyOnWriteArrayList<>();
    Subscription subscription = backplane().listen(CACHE, ended::add);
    List<Message> heard = heard(CACHE);
    send(message(1));

    subscription.close();
    subscription.close();
    send(message(2));

    assertThat(ended).containsExactly(message(1));
    assertThat(heard).containsExactlyInAnyOrder(message(1), message(2));
  }

  /** Checks that a listener that throws harms neither the sender nor another listener. */
  @Test
  @DisplayName("1.5 a listener that throws harms neither the sender nor another listener")
  public void rule1_5_throwingHarmsNobody() {
    backplane()
        .listen(
            CACHE,
            message -> {
              throw new IllegalStateException("thrown on purpose");
            });
    List<Message> heard = heard(CACHE);

    send(message(1), message(2));

    assertThat(heard).containsExactlyInAnyOrder(message(1), message(2));
  }

  /** Checks that a listener may listen, send and end, and wait for another thread that does. */
  @Test
  @DisplayName("1.6 a listener may listen, send and end, and wait for another thread that does")
  public void rule1_6_listenersMayUseTheBackplane() {
    List<Message> heard = heard(CACHE);
    List<Subscription> own = new CopyOnWriteArrayList<>();
    Consumer<Message> answering =
        message -> {
          own.forEach(Subscription::close);
          Concurrently.elsewhere(PATIENCE, () -> backplane().listen("other", any -> {}).close());
          backplane().send(CACHE, message(2));
        };
    own.add(backplane().listen(CACHE, answering));

    send(message(1));
    settle();

    assertThat(heard).containsExactlyInAnyOrder(message(1), message(2));
  }

  /** Checks that what many threads send at once is heard. */
  @Test
  @DisplayName("1.7 what many threads send at once is heard")
  public void rule1_7_manyThreads() {
    List<Message> heard = heard(CACHE);
    List<CompletableFuture<Void>> senders = new ArrayList<>();
    for (int thread = 0; thread < 3; thread++) {
      int first = 100 * thread;
      senders.add(
          Concurrently.start(() -> IntStream.range(0, 100).forEach(i -> send(message(first + i)))));
    }

    senders.forEach(LayerSubjects::now);

    assertThat(heard)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 300).mapToObj(BackplaneContract::message).toList());
  }
}
