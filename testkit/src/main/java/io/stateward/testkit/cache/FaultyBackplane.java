package io.stateward.testkit.cache;

import io.stateward.cache.spi.Backplane;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An instance's way to a backplane, which a test breaks: messages are lost, doubled, late, held and
 * out of order.
 *
 * <pre>{@code
 * FaultyBackplane here = FaultyBackplane.over(backplane, time);   // of one of the instances
 * here.next(BackplaneOperation.HEAR).drop();                      // it misses one
 * here.every(BackplaneOperation.SEND).delay(Duration.ofMillis(50));
 * here.randomly(42, Chances.none().drop(0.3).duplicate(0.2));     // what no rule is for
 * here.disconnect();
 * here.pass();                                                    // all is well from now on
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> A rule for so many messages goes before one for every message, and both
 * before chance. Of the former the first that fits counts, of the latter the latest.
 *
 * <p><b>Failure.</b> A listener that throws is reported, and harms nobody else.
 *
 * @since 0.1
 */
public final class FaultyBackplane implements Backplane {

  private final Backplane backplane;
  private final Rules<BackplaneCall> rules = new Rules<>();
  private final InFlight inFlight;
  private volatile boolean connected = true;

  private FaultyBackplane(Backplane backplane, Timekeeper time) {
    this.backplane = Objects.requireNonNull(backplane, "backplane");
    this.inFlight = new InFlight(Objects.requireNonNull(time, "time"));
  }

  /**
   * Returns a way to a backplane, without faults and in real time.
   *
   * @param backplane where messages go and come from
   * @return the way
   */
  public static FaultyBackplane over(Backplane backplane) {
    return over(backplane, Timekeeper.system());
  }

  /**
   * Returns a way to a backplane, without faults.
   *
   * @param backplane where messages go and come from
   * @param time by whose time messages are late
   * @return the way
   */
  public static FaultyBackplane over(Backplane backplane, Timekeeper time) {
    return new FaultyBackplane(backplane, time);
  }

  /**
   * Chooses the next message.
   *
   * @param operations what it is about; if none is said, either
   * @return to be told what is to happen to it
   */
  public BackplaneFaults next(BackplaneOperation... operations) {
    return next(1, operations);
  }

  /**
   * Chooses the next messages.
   *
   * @param count how many; at least 1
   * @param operations what they are about; if none is said, either
   * @return to be told what is to happen to them
   * @throws IllegalArgumentException if the count is less than 1
   */
  public BackplaneFaults next(int count, BackplaneOperation... operations) {
    Rules.checkCount(count);
    Predicate<BackplaneCall> fits = of(operations);
    return new BackplaneFaults(fault -> rules.addNext(fits, count, fault));
  }

  /**
   * Chooses every message from now on.
   *
   * @param operations what it is about; if none is said, either
   * @return to be told what is to happen to them
   */
  public BackplaneFaults every(BackplaneOperation... operations) {
    return when(of(operations));
  }

  /**
   * Chooses every message from now on that fits.
   *
   * @param fits says which; it must not block
   * @return to be told what is to happen to them
   */
  public BackplaneFaults when(Predicate<? super BackplaneCall> fits) {
    Objects.requireNonNull(fits, "fits");
    return new BackplaneFaults(fault -> rules.addEvery(fits, fault));
  }

  private static Predicate<BackplaneCall> of(BackplaneOperation... operations) {
    List<BackplaneOperation> wanted = List.of(operations);
    return call -> wanted.isEmpty() || wanted.contains(call.operation());
  }

  /**
   * Leaves what no rule is for to chance, from now on.
   *
   * @param seed of what is random; the same seed and the same messages have the same faults
   * @param chances how likely is what
   * @param operations what they are for; if none is said, for both
   * @throws IllegalArgumentException if answers are to be lost, as messages have none
   */
  public void randomly(long seed, Chances chances, BackplaneOperation... operations) {
    if (chances.dropAnswer() > 0) {
      throw new IllegalArgumentException("A message has no answer that could be lost; drop(...).");
    }
    rules.randomly(of(operations), seed, chances);
  }

  /** Mends it: forgets all rules, lets arrive what is held, and is connected. */
  public void pass() {
    rules.clear();
    connected = true;
    release();
  }

  /** Loses what is under way and every message from now on, both ways, as if it were cut off. */
  public void disconnect() {
    connected = false;
    inFlight.dropAll();
  }

  /** Lets messages through again. */
  public void reconnect() {
    connected = true;
  }

  /**
   * Returns how many messages are held.
   *
   * @return the number
   */
  public int held() {
    return inFlight.held();
  }

  /** Lets arrive what is held, on this thread, the oldest first. */
  public void release() {
    release(Integer.MAX_VALUE);
  }

  /**
   * Lets the oldest of what is held arrive, on this thread.
   *
   * @param count how many, at most
   */
  public void release(int count) {
    inFlight.release(count);
  }

  /**
   * Lets arrive what is held, on this thread, in a random order.
   *
   * @param seed of what is random
   */
  public void releaseShuffled(long seed) {
    inFlight.releaseShuffled(seed);
  }

  /** Loses what is held. */
  public void dropHeld() {
    inFlight.dropHeld();
  }

  @Override
  public Subscription listen(String cache, Consumer<Message> listener) {
    Listening listening = new Listening(cache, Objects.requireNonNull(listener, "listener"));
    Subscription inner = backplane.listen(cache, message -> hear(listening, message));
    return () -> {
      listening.ended = true;
      inner.close();
    };
  }

  @Override
  public void send(String cache, Message message) {
    Objects.requireNonNull(message, "message");
    carry(
        new BackplaneCall(BackplaneOperation.SEND, cache, message),
        () -> backplane.send(cache, message));
  }

  private void hear(Listening listening, Message message) {
    carry(
        new BackplaneCall(BackplaneOperation.HEAR, listening.cache, message),
        () -> listening.tell(message));
  }

  private void carry(BackplaneCall call, Runnable arrive) {
    if (!connected) {
      return;
    }
    Fault fault = rules.faultOf(call);
    switch (fault.kind()) {
      case DROP, DROP_ANSWER -> {}
      case DUPLICATE -> {
        arrive.run();
        arrive.run();
      }
      case DELAY, DELAY_ANSWER ->
          inFlight.delay(Duration.ofNanos(fault.delayNanos()), arrive, () -> {});
      case HOLD, HOLD_ANSWER -> inFlight.hold(arrive, () -> {});
      case PASS -> arrive.run();
    }
  }

  /** A class and not a record: the same listener may listen twice. */
  private static final class Listening {
    private final String cache;
    private final Consumer<Message> listener;
    private volatile boolean ended;

    Listening(String cache, Consumer<Message> listener) {
      this.cache = cache;
      this.listener = listener;
    }

    void tell(Message message) {
      if (ended) {
        return;
      }
      try {
        listener.accept(message);
      } catch (Throwable t) { // of whoever listens
        Probe.report("Cache '%s'".formatted(cache), "A listener of the backplane threw.", t);
      }
    }
  }
}
