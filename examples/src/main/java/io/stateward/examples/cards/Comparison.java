package io.stateward.examples.cards;

import io.stateward.optimistic.MutationId;
import io.stateward.signal.Signal;
import io.stateward.signal.Versioned;
import io.stateward.store.WriteResult;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshot rollback, told of everything that the window's own store is told of.
 *
 * <p>It takes the first answer to a write as the last, as it knows no other way.
 */
final class Comparison {

  private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);

  private final SnapshotRollback<Cards> naive;
  private final Map<MutationId, Runnable> rollbacks = new ConcurrentHashMap<>();

  Comparison(Cards initial) {
    naive = new SnapshotRollback<>(initial);
  }

  Signal<Cards> visible() {
    return naive.visible();
  }

  /** Hears of a change before it is sent. */
  void began(MutationId id, UnaryOperator<Cards> change) {
    try {
      rollbacks.put(id, naive.change(change));
    } catch (NoSuchElementException e) { // it has lost the card by now
      LOG.debug("Snapshot rollback cannot follow.", e);
    }
  }

  /** Hears of the answer to a write, or of its failure. */
  void answered(MutationId id, long draft, @Nullable WriteResult<Versioned<Card>> answer) {
    Runnable rollback = rollbacks.remove(id);
    if (answer instanceof WriteResult.Saved<Versioned<Card>> saved) {
      Versioned<Card> card = saved.value();
      if (rollback == null) { // it has given up before
        received(new Push(card.value().id(), card, "", ""));
      } else if (draft < 0) {
        naive.received(cards -> renamed(cards, draft, card));
      }
    } else if (rollback != null) {
      rollback.run();
    }
  }

  /** Returns the cards with a draft under the number that it got, with what was changed since. */
  private static Cards renamed(Cards cards, long draft, Versioned<Card> saved) {
    Card known = cards.table().get(draft);
    Card now = known == null ? saved.value() : known.withId(saved.value().id());
    return cards.without(draft).with(new Versioned<>(now, saved.version()));
  }

  /** Hears that a change was taken back by the person. */
  void cancelled(MutationId id) {
    Runnable rollback = rollbacks.remove(id);
    if (rollback != null) {
      rollback.run();
    }
  }

  void received(Push news) {
    naive.received(cards -> cards.received(news));
  }

  /** Loads everything anew. */
  void refetch(Cards truth) {
    naive.received(cards -> truth);
  }

  void close() {
    naive.close();
  }
}
