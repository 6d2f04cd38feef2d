package io.stateward.examples.cards;

import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.optimistic.MutationId;
import io.stateward.optimistic.Sending;
import io.stateward.signal.Change;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.signal.Versioned;
import io.stateward.store.Store;
import io.stateward.store.WriteResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a desk notes of its mutations for whoever looks at it: what each is about, what the person
 * is told, and the figures.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class Bookkeeping {

  private final Comparison comparison;
  private final Notices notices = new Notices();
  private final Store<PersistentMap<MutationId, Long>> subjects =
      Store.of("subjects", PersistentMap.of());
  private final Store<Figures> figures = Store.of("figures", Figures.NONE);
  private final Map<Long, Long> drafts = new ConcurrentHashMap<>(); // by the number they got
  private final Set<MutationId> contested = ConcurrentHashMap.newKeySet();
  private final Set<MutationId> sent = ConcurrentHashMap.newKeySet(); // and not yet answered
  private final Map<MutationId, Runnable> cancelled = new ConcurrentHashMap<>(); // after sending

  Bookkeeping(Comparison comparison) {
    this.comparison = comparison;
  }

  /** A confirmed state and a visible one, of the same instant. */
  private record Both(Cards confirmed, EntityTable<Long, Card> visible) {}

  /** Counts what becomes confirmed, and what is told of it. */
  Subscription count(Signal<Cards> confirmed, Signal<EntityTable<Long, Card>> visible) {
    return Signal.combine(confirmed, visible, Both::new).subscribe(this::count);
  }

  private void count(Change<Both> change) {
    boolean commit = change.was().confirmed() != change.now().confirmed();
    boolean told = change.was().visible() != change.now().visible();
    figures.update(
        before -> {
          Figures committed = commit ? before.withCommit(!told) : before;
          return told ? committed.withTold() : committed;
        });
  }

  /** Hears of a mutation before it is sent. */
  void began(MutationId id, long card) {
    figures.update(Figures::withMutation);
    subjects.update(before -> before.plus(id, card));
  }

  void sending(MutationId id) {
    sent.add(id);
  }

  /** Hears an answer before the store does; null if the server was not reached. */
  void answered(Sending<Versioned<Card>> sending, @Nullable WriteResult<Versioned<Card>> answer) {
    sent.remove(sending.id());
    if (answer == null) {
      return; // it is tried again
    }
    if (answer instanceof WriteResult.Conflict) {
      contested.add(sending.id());
    }
    if (!answer.isSaved()) {
      cancelled.remove(sending.id());
    }
    comparison.answered(sending.id(), Math.min(0, sending.mineOrThrow().value().id()), answer);
  }

  /** Hears of a write of this desk's own that the server has carried out. */
  void echoed(MutationId id) {
    Runnable inverse = cancelled.remove(id);
    if (inverse != null) {
      inverse.run(); // it was cancelled too late, so it is taken back at the server as well
    }
  }

  /** Hears how a mutation was settled; the inverse is for one that is cancelled too late. */
  void settled(MutationId id, Card card, WriteResult<Versioned<Card>> result, Runnable inverse) {
    subjects.update(before -> before.minus(id));
    boolean merged = contested.remove(id);
    String title = card.title();
    String told =
        result.<@Nullable String>fold(
            saved -> {
              if (card.id() < 0) {
                drafts.put(saved.value().id(), card.id());
              }
              return merged
                  ? "“%s” is saved, with what somebody else changed of it.".formatted(title)
                  : null;
            },
            current -> "“%s” stays as somebody else has it.".formatted(title),
            () -> "“%s” was removed by somebody else.".formatted(title),
            reason -> "Your change of “%s” is taken back. %s".formatted(title, reason),
            () -> {
              cancelled(id, inverse);
              return null;
            },
            cause -> "Your change of “%s” is taken back. %s".formatted(title, cause.getMessage()));
    if (told != null) {
      boolean news = result.isSaved() || result instanceof WriteResult.Conflict;
      notices.tell(news ? "plain" : "bad", told);
    }
  }

  private void cancelled(MutationId id, Runnable inverse) {
    if (sent.contains(id)) {
      cancelled.put(id, inverse);
    }
    comparison.cancelled(id);
  }

  /** Returns by what the mutations of a card are put into one line: its first id. */
  long line(long card) {
    return drafts.getOrDefault(card, card);
  }

  /** Returns the cards that this window made, each as its first id and its number. */
  List<Object> renamed() {
    return drafts.entrySet().stream()
        .<Object>map(
            entry -> List.of(Long.toString(entry.getValue()), Long.toString(entry.getKey())))
        .toList();
  }

  /** Returns which card each mutation under way is about. */
  Signal<PersistentMap<MutationId, Long>> subjects() {
    return subjects;
  }

  Signal<Figures> figures() {
    return figures;
  }

  Notices notices() {
    return notices;
  }
}
