package io.stateward.cache.spi;

import static io.stateward.cache.spi.LayerFlaw.*;

import io.stateward.cache.Stamp;
import io.stateward.cache.spi.FlawedState.Held;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A session of a layer that is wrong in one way. */
final class FlawedSession implements LayerSession {

  final FlawedLayer layer;
  private final LayerFlaw flaw;
  private final String cache;
  private final String form;
  private final List<Consumer<Boolean>> listeners = new ArrayList<>();
  long connection;
  boolean connected = true;
  boolean loses;
  private boolean closed;

  FlawedSession(FlawedLayer layer, String cache, String form) {
    this.layer = layer;
    this.flaw = layer.flaw;
    this.cache = cache;
    this.form = form;
    this.connection = layer.nextConnection();
  }

  FlawedState state() {
    return layer.state(cache);
  }

  private long time() {
    return layer.time.nanoTime();
  }

  private <T> CompletionStage<T> ask(Function<FlawedState, T> work) {
    return ask(work, false);
  }

  private <T> CompletionStage<T> ask(Function<FlawedState, T> work, boolean unlocked) {
    if (closed && flaw != ANSWERS_WHEN_CLOSED) {
      throw new ClosedException("The session", "that", "Open another one.");
    }
    try {
      checkForm();
      if (!connected && flaw != ANSWERS_WITHOUT_A_CONNECTION) {
        throw unavailable();
      }
      T answer;
      if (unlocked) {
        answer = work.apply(state());
      } else {
        synchronized (layer) {
          answer = work.apply(state());
        }
      }
      if (loses) {
        loses = false;
        throw unavailable();
      }
      return CompletableFuture.completedFuture(answer);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private RuntimeException unavailable() {
    return flaw == FAILS_WITHOUT_A_WORD
        ? new IllegalStateException()
        : new LayerUnavailableException(cache, "that", null);
  }

  private void checkForm() {
    if (state().form == null) {
      state().form = form;
    }
    if (!form.equals(state().form) && flaw != FORMS_ARE_CHECKED_ONCE) {
      layer.checkForm(cache, form);
    }
  }

  @Override
  public int buckets() {
    return FlawedState.BUCKETS;
  }

  @Override
  public int bucketOf(String key) {
    int bucket = LayerSession.super.bucketOf(key);
    return flaw == BUCKETS_BEGIN_AT_ZERO ? bucket - 1 : bucket;
  }

  @Override
  public CompletionStage<Reading> read(String key) {
    return ask(state -> reading(state, key));
  }

  private Reading reading(FlawedState state, String key) {
    return new Reading(state.head(bucketOf(key)), state.head(WIDE), state.entry(key, time()));
  }

  @Override
  public CompletionStage<Map<String, Reading>> readAll(List<String> keys) {
    return ask(
        state -> {
          Map<String, Reading> readings = new HashMap<>();
          for (String key : keys) {
            Reading reading = reading(state, key);
            if (reading.entry() != null || flaw != READS_ONLY_WHAT_IS_THERE) {
              readings.put(key, reading);
            }
          }
          return readings;
        });
  }

  @Override
  public CompletionStage<Acquired> acquire(String key, @Nullable String unwanted, Duration limit) {
    checkLimit(limit);
    return ask(state -> acquired(state, key, unwanted, limit), flaw == ASKS_BEFORE_IT_LOCKS);
  }

  private Acquired acquired(
      FlawedState state, String key, @Nullable String unwanted, Duration limit) {
    long now = time();
    if (!state.intents(key, now).isEmpty() && flaw != LOADS_DURING_WRITES) {
      return new Acquired.Writing();
    }
    Reading reading = reading(state, key);
    LayerEntry entry = reading.entry();
    boolean wanted = entry != null && !entry.token().equals(unwanted);
    if (entry != null && flaw == NEVER_REFRESHES || wanted && !layer.overlooksTheEntry(unwanted)) {
      return new Acquired.Filled(reading);
    }
    Held lease = state.lease(key, now);
    boolean stolen =
        flaw == LEASES_ARE_FREE_FOR_ALL || entry != null && flaw == REFRESHES_SIDE_BY_SIDE;
    if (lease != null && !stolen) {
      long left = lease.until() - now;
      return new Acquired.Busy(flaw == BUSY_FOR_THE_WHOLE_LIMIT ? limit : Duration.ofNanos(left));
    }
    if (flaw == ASKS_BEFORE_IT_LOCKS) {
      state.gap.enter(key).countDown();
    }
    if (flaw == REMOVES_THE_UNWANTED) {
      state.entries.remove(key);
    }
    String token = layer.token(state, key);
    state.leases.put(key, new Held(token, connection, now + limit.toNanos()));
    Head head = state.head(bucketOf(key));
    return new Acquired.Leased(
        new Lease(
            token,
            flaw == LEASES_HAVE_THE_FIRST_HEAD ? new Head(head.epoch(), 0) : head,
            state.head(WIDE),
            connection));
  }

  @Override
  public CompletionStage<Boolean> fill(String key, Lease lease, LayerEntry entry) {
    checkEntry(entry, lease.token(), lease.head(), lease.wide());
    return ask(state -> fill(state, key, lease, entry), flaw == FILLS_BEFORE_IT_LOCKS);
  }

  private boolean fill(FlawedState state, String key, Lease lease, LayerEntry entry) {
    boolean leased = flaw == FILLS_WITHOUT_A_LEASE || mayFill(state, key, lease);
    boolean accepted = leased && !state.isFenced(key, entry.version());
    if (flaw == FILLS_BEFORE_IT_LOCKS) {
      state.gap.enter(key);
    }
    if (accepted) {
      state.raise(key, flaw == FILLS_RAISE_NO_FENCE ? 0 : entry.version());
      state.store(key, entry, entry.head(), time());
    }
    boolean keeps = flaw == LEASES_FILL_TWICE || !accepted && flaw == REFUSED_FILLS_KEEP_THE_LEASE;
    if (leased && !keeps) {
      state.leases.remove(key);
    }
    return accepted;
  }

  private boolean mayFill(FlawedState state, String key, Lease lease) {
    boolean bound =
        lease.connection() == connection
            || flaw == LEASES_OUTLIVE_THEIR_CONNECTION
            || flaw == FAILED_OVER_LEASES_STAY;
    Held held = flaw == LATE_FILLS_COUNT ? state.leases.get(key) : state.lease(key, time());
    if (flaw == LEASES_FILL_ANY_KEY) {
      return state.leases.values().stream().anyMatch(any -> any.token().equals(lease.token()));
    }
    boolean same = held != null && held.token().equals(lease.token());
    return bound && (same || held != null && flaw == ANY_LEASE_OF_THE_KEY_FILLS);
  }

  @Override
  public CompletionStage<Void> release(String key, Lease lease) {
    return ask(
        state -> {
          Held held = state.leases.get(key);
          boolean same = held != null && held.token().equals(lease.token());
          if (flaw != RELEASES_NOTHING && (same || flaw == RELEASES_ANY_LEASE)) {
            state.leases.remove(key);
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Stamp> invalidate(Invalidation invalidation) {
    return ask(state -> invalidate(state, invalidation), flaw == COUNTS_WITHOUT_A_LOCK);
  }

  private Stamp invalidate(FlawedState state, Invalidation invalidation) {
    if (invalidation instanceof Invalidation.Key one) {
      if (flaw == INVALIDATIONS_END_INTENTS) {
        state.intents.remove(one.key());
      }
      LayerEntry before = state.entries.get(one.key());
      Stamp stamp = state.invalidate(bucketOf(one.key()), one, false);
      state.gap.leave(one.key());
      if (flaw == LOST_ANSWERS_ARE_HALF_DONE && loses && before != null) {
        state.entries.put(one.key(), before);
      }
      return stamp;
    }
    if (flaw == ANY_INVALIDATION_ENDS_ALL_LEASES) {
      state.leases.clear();
    }
    int bucket = flaw == WIDE_ONES_COUNT_IN_BUCKET_ONE ? 1 : WIDE;
    Head head = state.append(bucket, invalidation, false);
    state.mark(invalidation, head.sequence());
    return new Stamp(bucket, head.epoch(), head.sequence());
  }

  @Override
  public CompletionStage<Intent> begin(String key, Duration limit) {
    checkLimit(limit);
    return ask(state -> begin(state, key, limit));
  }

  private Intent begin(FlawedState state, String key, Duration limit) {
    long now = time();
    Head head = state.head(bucketOf(key));
    Stamp stamp =
        flaw == ANNOUNCES_IN_SILENCE
            ? new Stamp(bucketOf(key), head.epoch(), head.sequence())
            : state.invalidate(
                bucketOf(key), new Invalidation.Key(key), flaw == LOGS_NO_ANNOUNCEMENTS);
    Held intent = new Held(layer.token(state, key), connection, now + limit.toNanos());
    Map<String, Held> intents = state.intents(key, now);
    intents.put(intent.token(), intent);
    if (intents.size() == 1 || flaw == LEASES_TO_THE_LATEST_INTENT || flaw == LEASES_ARE_ENOUGH) {
      state.leases.put(key, intent);
    }
    return new Intent(intent.token(), stamp, state.head(WIDE), connection);
  }

  @Override
  public CompletionStage<Completed> complete(
      String key, Intent intent, @Nullable LayerEntry entry) {
    if (entry != null) {
      Head head = new Head(intent.stamp().epoch(), intent.stamp().sequence());
      checkEntry(entry, intent.token(), head, intent.wide());
    }
    return ask(state -> complete(state, key, intent, entry), flaw == STORES_BEFORE_IT_LOCKS);
  }

  private Completed complete(
      FlawedState state, String key, Intent intent, @Nullable LayerEntry entry) {
    long version = entry == null ? 0 : entry.version();
    boolean fenced = flaw != WRITES_PASS_THE_FENCE && state.isFenced(key, version);
    boolean stores =
        entry != null && !fenced && mayStore(state, key, intent, entry) && flaw != STORES_NO_WRITES;
    if (flaw == ONE_END_ENDS_ALL_INTENTS) {
      state.intents.remove(key);
    } else if (flaw != INTENTS_STAY && flaw != WRITES_END_TWICE) {
      state.intents(key, time()).remove(intent.token());
    }
    if (flaw == COMPLETES_IN_SILENCE) {
      return new Completed(intent.stamp(), false);
    }
    Held lease = state.leases.get(key);
    boolean raises = stores || flaw != ONLY_STORED_WRITES_RAISE_THE_FENCE;
    Stamp stamp =
        state.invalidate(bucketOf(key), new Invalidation.Key(key, raises ? version : 0), false);
    if (flaw == WRITES_END_TWICE && lease != null) {
      state.leases.put(key, lease);
    }
    if (!stores || entry == null) {
      return new Completed(stamp, false);
    }
    CountDownLatch other =
        flaw == STORES_BEFORE_IT_LOCKS ? state.gap.enter(key) : new CountDownLatch(0);
    boolean early = flaw == STORES_AS_OF_THE_ANNOUNCEMENT;
    state.store(
        key, entry, early ? entry.head() : new Head(stamp.epoch(), stamp.sequence()), time());
    other.countDown();
    return new Completed(stamp, true);
  }

  private boolean mayStore(FlawedState state, String key, Intent intent, LayerEntry entry) {
    if (flaw == STORES_WHAT_IS_NEWER) {
      byte[] fence = state.fences.getOrDefault(key, new byte[0]);
      boolean newer = java.util.Arrays.compare(entry.value(), fence) > 0;
      state.fences.put(key, newer ? entry.value() : fence);
      return newer;
    }
    if (flaw == STORES_ALL_WRITES || flaw == STORES_BEFORE_IT_LOCKS) {
      return true;
    }
    Map<String, Held> intents = state.intents(key, time());
    boolean sole =
        intents.keySet().equals(java.util.Set.of(intent.token())) || flaw == LEASES_ARE_ENOUGH;
    boolean bound =
        intent.connection() == connection
            || flaw == WRITES_OUTLIVE_THEIR_CONNECTION
            || flaw == FAILED_OVER_LEASES_STAY;
    Held lease = flaw == LATE_WRITES_STORE ? state.leases.get(key) : state.lease(key, time());
    boolean own = lease != null && lease.token().equals(intent.token());
    return sole && bound && (own || flaw == INTENTS_ARE_ENOUGH || flaw == LATE_WRITES_STORE);
  }

  @Override
  public CompletionStage<List<Head>> heads() {
    return ask(state -> state.sequences.keySet().stream().map(state::head).toList());
  }

  @Override
  public CompletionStage<LogPage> log(int bucket, Head after, int most) {
    boolean wrong = bucket < 0 || bucket > buckets() || most < 1;
    if (wrong && flaw != TAKES_ANY_BUCKET) {
      throw new IllegalArgumentException("There is no such bucket or page.");
    }
    return ask(state -> state.page(wrong ? 0 : bucket, after, most));
  }

  @Override
  public CompletionStage<WideMarks> wideMarks() {
    return ask(s -> new WideMarks(s.head(WIDE), s.all, s.tags, s.prefixes));
  }

  @Override
  public Subscription onConnection(Consumer<Boolean> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void tell(boolean up) {
    connected = up;
    connection = up ? layer.nextConnection() : connection;
    if (flaw == CONNECTION_IS_NOT_TOLD) {
      return;
    }
    for (Consumer<Boolean> listener : List.copyOf(listeners)) {
      try {
        listener.accept(up);
      } catch (RuntimeException e) {
        if (flaw == LISTENERS_HARM_EACH_OTHER) {
          return;
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    if (flaw != CLOSING_KEEPS_LEASES) {
      state().leases.values().removeIf(held -> held.connection() == connection);
    }
    if (flaw == CLOSING_ENDS_INTENTS) {
      state().intents.clear();
    }
  }

  private void checkLimit(Duration limit) {
    if ((limit.isNegative() || limit.isZero()) && flaw != TAKES_ANY_LIMIT) {
      throw new IllegalArgumentException("The limit is not more than zero.");
    }
  }

  private void checkEntry(LayerEntry entry, String token, Head head, Head wide) {
    boolean right =
        entry.token().equals(token) && entry.head().equals(head) && entry.wide().equals(wide);
    if (!right && flaw != TAKES_ANY_ENTRY) {
      throw new IllegalArgumentException("The entry is not that of the token.");
    }
  }
}
