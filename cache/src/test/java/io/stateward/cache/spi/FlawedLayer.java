package io.stateward.cache.spi;

import static io.stateward.cache.spi.LayerFlaw.*;

import io.stateward.time.Timekeeper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A layer in memory that is wrong in one way, and its own weather. Without a flaw it is a second
 * layer that keeps the rules, made on other lines than the one of the library.
 *
 * @since 0.1
 */
public final class FlawedLayer implements CacheLayer, LayerWeather {

  final LayerFlaw flaw;
  final Timekeeper time;
  private final Map<String, FlawedState> states = new HashMap<>();
  private final Map<String, String> forms = new HashMap<>();
  private final List<FlawedSession> sessions = new ArrayList<>();
  private long given;
  private long epochs = 1;

  FlawedLayer(LayerFlaw flaw, Timekeeper time) {
    this.flaw = flaw;
    this.time = time;
  }

  /**
   * Creates a layer.
   *
   * @param flaw the name of what is wrong with it, NONE for nothing
   * @param time its clock
   * @return the layer
   */
  public static FlawedLayer of(String flaw, Timekeeper time) {
    return new FlawedLayer(LayerFlaw.valueOf(flaw), time);
  }

  FlawedState state(String cache) {
    String known = flaw == CACHES_SHARE_ENTRIES ? "all" : cache;
    return states.computeIfAbsent(known, absent -> new FlawedState(flaw, epochs));
  }

  long nextConnection() {
    return ++given;
  }

  String token(FlawedState state, String key) {
    if (flaw == TOKENS_COUNT_PER_KEY) {
      return "t" + (state.sequences.hashCode() + state.intents.size()) % 7;
    }
    return "t" + (flaw == TOKENS_BEGIN_AGAIN ? ++state.tokens : ++given);
  }

  /** Whether an entry that the caller would want is overlooked. */
  boolean overlooksTheEntry(@Nullable String unwanted) {
    return flaw == LEASES_WHAT_IS_THERE || unwanted != null && flaw == REFRESHES_WHATEVER_IS_THERE;
  }

  void checkForm(String cache, String form) {
    String known = flaw == CACHES_SHARE_ENTRIES ? forms.get(cache) : state(cache).form;
    if (known != null && !known.equals(form) && flaw != TAKES_ANY_FORM) {
      throw new UnequalFormException(cache, form, known);
    }
  }

  @Override
  public CompletionStage<LayerSession> open(String cache, String form) {
    try {
      checkForm(cache, form);
    } catch (UnequalFormException e) {
      return CompletableFuture.failedFuture(e);
    }
    forms.put(cache, form);
    state(cache).form = form;
    FlawedSession session = new FlawedSession(this, cache, form);
    sessions.add(session);
    return CompletableFuture.completedFuture(session);
  }

  @Override
  public void flush() {
    epochs += flaw == FLUSHED_EPOCHS_STAY ? 0 : 1;
    for (Map.Entry<String, FlawedState> entry : states.entrySet()) {
      FlawedState fresh = new FlawedState(flaw, epochs);
      if (flaw == FLUSHED_LEASES_STAY) {
        fresh.leases.putAll(entry.getValue().leases);
      }
      entry.setValue(fresh);
    }
  }

  @Override
  public void evict(String cache, String key) {
    if (flaw == EVICTS_EVERYTHING) {
      state(cache).entries.clear();
    }
    state(cache).entries.remove(key);
    state(cache).fences.remove(key);
    if (flaw == EVICTS_INTENTS) {
      state(cache).intents.remove(key);
      state(cache).leases.remove(key);
    }
  }

  @Override
  public Runnable replica() {
    Map<String, FlawedState> copies = new HashMap<>();
    states.forEach((cache, state) -> copies.put(cache, state.copy()));
    return () -> failOver(copies);
  }

  private void failOver(Map<String, FlawedState> copies) {
    sessions.forEach(session -> session.tell(false));
    epochs += flaw == FAILED_OVER_EPOCHS_STAY ? 0 : 1;
    for (Map.Entry<String, FlawedState> entry : states.entrySet()) {
      FlawedState old = copies.getOrDefault(entry.getKey(), new FlawedState(flaw, epochs)).copy();
      if (flaw != FAILED_OVER_ENTRIES_STAY) {
        old.entries.clear();
      }
      if (flaw != FAILED_OVER_EPOCHS_STAY) {
        old.epoch = epochs;
        old.sequences.replaceAll((bucket, number) -> 0L);
        old.logs.values().forEach(List::clear);
      }
      entry.setValue(old);
    }
    sessions.forEach(session -> session.tell(true));
  }

  @Override
  public void disconnect(LayerSession session) {
    FlawedSession lost = (FlawedSession) session;
    if (flaw == INTENTS_END_WITH_THEIR_CONNECTION) {
      lost.state().intents.clear();
    }
    lost.tell(false);
  }

  @Override
  public void reconnect(LayerSession session) {
    ((FlawedSession) session).tell(true);
  }

  @Override
  public void loseAnswer(LayerSession session) {
    ((FlawedSession) session).loses = true;
  }
}
