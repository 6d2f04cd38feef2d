package io.stateward.testkit.cache;

import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.time.Timekeeper;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An instance's way to a layer, which a test breaks: questions and answers are lost, doubled, late,
 * held and out of order, and the connection breaks.
 *
 * <pre>{@code
 * FaultyLayer here = FaultyLayer.over(layer, time);       // of one of the instances
 * here.next(LayerOperation.FILL).dropAnswer();            // it is done, and nobody knows
 * here.every(LayerOperation.READ).delay(Duration.ofMillis(50));
 * here.when(call -> call.keys().contains("7")).hold();    // until here.release()
 * here.randomly(42, Chances.none().dropAnswer(0.1));      // what no rule is for
 * here.disconnect();
 * here.pass();                                            // all is well from now on
 * }</pre>
 *
 * <p>Where it injects nothing it keeps the rules of {@link LayerSession} as the layer does that it
 * wraps: leases end with the connection, whoever listens is told of it, and one session does not
 * know of another.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> A rule for so many calls goes before one for every call, and both before
 * chance. Of the former the first that fits counts, of the latter the latest.
 *
 * @since 0.1
 */
public final class FaultyLayer implements CacheLayer {

  private volatile CacheLayer layer;
  private final Rules<LayerCall> rules = new Rules<>();
  private final InFlight inFlight;
  private final List<FaultySession> sessions = new CopyOnWriteArrayList<>();
  private volatile boolean connected = true;

  private FaultyLayer(CacheLayer layer, Timekeeper time) {
    this.layer = Objects.requireNonNull(layer, "layer");
    this.inFlight = new InFlight(Objects.requireNonNull(time, "time"));
  }

  /**
   * Returns a way to a layer, without faults and in real time.
   *
   * @param layer what answers
   * @return the way
   */
  public static FaultyLayer over(CacheLayer layer) {
    return over(layer, Timekeeper.system());
  }

  /**
   * Returns a way to a layer, without faults.
   *
   * @param layer what answers
   * @param time by whose time questions and answers are late
   * @return the way
   */
  public static FaultyLayer over(CacheLayer layer, Timekeeper time) {
    return new FaultyLayer(layer, time);
  }

  /**
   * Chooses the next call.
   *
   * @param operations what it asks for; if none is said, anything
   * @return to be told what is to happen to it
   */
  public LayerFaults next(LayerOperation... operations) {
    return next(1, operations);
  }

  /**
   * Chooses the next calls.
   *
   * @param count how many; at least 1
   * @param operations what they ask for; if none is said, anything
   * @return to be told what is to happen to them
   * @throws IllegalArgumentException if the count is less than 1
   */
  public LayerFaults next(int count, LayerOperation... operations) {
    Rules.checkCount(count);
    Predicate<LayerCall> fits = of(operations);
    return new LayerFaults(fault -> rules.addNext(fits, count, fault));
  }

  /**
   * Chooses every call from now on.
   *
   * @param operations what it asks for; if none is said, anything
   * @return to be told what is to happen to them
   */
  public LayerFaults every(LayerOperation... operations) {
    return when(of(operations));
  }

  /**
   * Chooses every call from now on that fits.
   *
   * @param fits says which; it must not block
   * @return to be told what is to happen to them
   */
  public LayerFaults when(Predicate<? super LayerCall> fits) {
    Objects.requireNonNull(fits, "fits");
    return new LayerFaults(fault -> rules.addEvery(fits, fault));
  }

  private static Predicate<LayerCall> of(LayerOperation... operations) {
    List<LayerOperation> wanted = List.of(operations);
    return call -> wanted.isEmpty() || wanted.contains(call.operation());
  }

  /**
   * Leaves what no rule is for to chance, from now on.
   *
   * @param seed of what is random; the same seed and the same calls have the same faults
   * @param chances how likely is what
   * @param operations what they are for; if none is said, for all. A write waits for its answer, so
   *     in virtual time one that is late has to be waited for on another thread
   */
  public void randomly(long seed, Chances chances, LayerOperation... operations) {
    rules.randomly(of(operations), seed, Objects.requireNonNull(chances, "chances"));
  }

  /** Mends it: forgets all rules, lets go on what is held, and is connected. */
  public void pass() {
    rules.clear();
    reconnect();
    release();
  }

  /**
   * Breaks the connection: leases end, what is under way is lost, and nothing is answered until
   * there is another one.
   */
  public void disconnect() {
    connected = false;
    sessions.forEach(FaultySession::disconnect);
    inFlight.dropAll();
  }

  /** Makes another connection, if there is none. */
  public void reconnect() {
    if (!connected) {
      connected = true;
      sessions.forEach(session -> session.reconnect(layer));
    }
  }

  /**
   * Goes on with another layer, on another connection: one that is new has forgotten everything, as
   * a server has that was flushed or failed over.
   *
   * @param other what answers from now on
   */
  public void moveTo(CacheLayer other) {
    layer = Objects.requireNonNull(other, "other");
    disconnect();
    reconnect();
  }

  /**
   * Returns how many questions and answers are held.
   *
   * @return the number
   */
  public int held() {
    return inFlight.held();
  }

  /** Lets go on what is held, on this thread, the oldest first. */
  public void release() {
    release(Integer.MAX_VALUE);
  }

  /**
   * Lets the oldest of what is held go on, on this thread.
   *
   * @param count how many, at most
   */
  public void release(int count) {
    inFlight.release(count);
  }

  /**
   * Lets go on what is held, on this thread, in a random order.
   *
   * @param seed of what is random
   */
  public void releaseShuffled(long seed) {
    inFlight.releaseShuffled(seed);
  }

  /** Loses what is held: who asked is told that there is no answer. */
  public void dropHeld() {
    inFlight.dropHeld();
  }

  @Override
  public CompletionStage<LayerSession> open(String cache, String form) {
    LayerCall call = new LayerCall(LayerOperation.OPEN, cache, List.of());
    return ask(
        call,
        () -> layer.open(cache, form).thenApply(session -> added(cache, form, session)),
        LayerSession::close);
  }

  private LayerSession added(String cache, String form, LayerSession session) {
    FaultySession faulty = new FaultySession(this, cache, form, session);
    sessions.add(faulty);
    return faulty;
  }

  boolean isConnected() {
    return connected;
  }

  void remove(FaultySession session) {
    sessions.remove(session);
  }

  /** Asks as the rules want it. An answer that nobody gets is disposed of. */
  <T> CompletionStage<T> ask(LayerCall call, Question<T> question, Discard<? super T> discard) {
    if (!connected) {
      return CompletableFuture.failedStage(unavailable(call, null));
    }
    Fault fault = rules.faultOf(call);
    return fault.kind() == Fault.Kind.PASS
        ? question.ask()
        : new FaultyAsking<>(call, question, discard).with(fault, inFlight);
  }

  static LayerUnavailableException unavailable(LayerCall call, @Nullable Throwable cause) {
    return new LayerUnavailableException(call.cache(), call.operation().toString(), cause);
  }

  /** What is asked of the layer. */
  interface Question<T> {
    CompletionStage<T> ask();
  }

  /** What is done with an answer that nobody gets. */
  interface Discard<T> {
    void discard(T answer);
  }
}
