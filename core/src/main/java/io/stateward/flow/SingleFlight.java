package io.stateward.flow;

import io.stateward.scope.Cancellation;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Subscription;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A call that runs once at a time for each argument: who asks while it runs shares the run.
 *
 * <pre>{@code
 * SingleFlight<Long, User> users = SingleFlight.of("users", Call.blocking(executor, api::user));
 * Task<User> mine = users.start(7L);
 * Task<User> yours = users.start(7L); // one request for both
 * mine.cancel(); // which goes on, since you still want it
 * }</pre>
 *
 * <p>Each caller has a task of its own. Cancelling it is giving up: the run goes on while anybody
 * else wants it, and is cancelled with the last one. The outcome, a failure included, is shared by
 * those who asked before it came, and is not remembered: who asks after that starts anew.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Failure.</b> A run that asks for its own argument would wait for itself. If it does so on
 * the thread that starts it, it is refused with an {@link IllegalStateException}; on another thread
 * that cannot be seen, so give the call a {@link Call#timeout}. Of a closed one, {@link #start}
 * throws {@link ClosedException}.
 *
 * <p><b>Cost.</b> Joining takes no lock. Nothing is kept of an argument that is not under way.
 *
 * @param <K> the type of the argument; immutable, with {@code equals} and {@code hashCode}
 * @param <R> the type of the result
 * @since 0.1
 */
public final class SingleFlight<K, R extends @Nullable Object> implements Call<K, R>, Subscription {

  private final String name;
  private final Call<K, R> call;
  private final ConcurrentMap<K, Flight<K, R>> flights = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private SingleFlight(String name, Call<K, R> call) {
    this.name = Objects.requireNonNull(name, "name");
    this.call = Objects.requireNonNull(call, "call");
  }

  /**
   * Shares the runs of a call.
   *
   * @param <K> the type of the argument
   * @param <R> the type of the result
   * @param name the name, for errors
   * @param call the call
   * @return a call of its own, with nothing under way
   */
  public static <K, R extends @Nullable Object> SingleFlight<K, R> of(
      String name, Call<K, R> call) {
    return new SingleFlight<>(name, call);
  }

  /**
   * Joins the run for an argument, or starts one.
   *
   * @param key the argument
   * @param cancellation cancels the caller's task as well. If it is cancelled already, nothing is
   *     joined or started
   * @return the caller's share
   * @throws ClosedException if this is closed
   * @throws IllegalStateException if the run for this argument asks for it while it starts
   */
  @Override
  public Task<R> start(K key, Cancellation cancellation) {
    if (cancellation == Cancellation.none()) {
      return board(key);
    }
    Promise<R> promise = cancellation.isCancelled() ? new Promise<>() : board(key);
    promise.follow(cancellation);
    promise.stage(); // it has to hear of the end, to be forgotten by the cancellation
    return promise;
  }

  private Promise<R> board(K key) {
    while (true) {
      if (closed) {
        throw closed();
      }
      Flight<K, R> flight = flights.get(key);
      if (flight != null && flight.enter()) {
        return new Ticket<>(flight);
      }
      Flight<K, R> fresh = new Flight<>(this, key);
      boolean added =
          flight == null
              ? flights.putIfAbsent(key, fresh) == null
              : flights.replace(key, flight, fresh);
      if (added) {
        return takeOff(fresh);
      }
    }
  }

  private Ticket<R> takeOff(Flight<K, R> flight) {
    Ticket<R> ticket = new Ticket<>(flight);
    if (closed) { // by somebody who may not have found the flight
      flight.end(new Outcome.Cancelled<>(new CancellationException(this + " was closed.")));
      throw closed();
    }
    flight.start(call);
    return ticket;
  }

  void remove(Flight<K, R> flight) {
    flights.remove(flight.key, flight);
  }

  /**
   * Returns how many arguments are under way.
   *
   * @return the number of runs
   */
  public int size() {
    return flights.size();
  }

  /** Cancels what is under way, for everybody, and lets nothing start. Again it does nothing. */
  @Override
  public void close() {
    closed = true;
    CancellationException why = new CancellationException(this + " was closed.");
    List.copyOf(flights.values()).forEach(flight -> flight.end(new Outcome.Cancelled<>(why)));
  }

  private ClosedException closed() {
    return new ClosedException(toString(), "starting", "Make a new one.");
  }

  @Override
  public String toString() {
    return "Single flight '" + name + "'";
  }
}
