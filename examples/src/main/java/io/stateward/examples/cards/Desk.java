package io.stateward.examples.cards;

import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.examples.Refusal;
import io.stateward.flow.Backoff;
import io.stateward.flow.Call;
import io.stateward.flow.Retry;
import io.stateward.merge.Merge;
import io.stateward.optimistic.Command;
import io.stateward.optimistic.Mutation;
import io.stateward.optimistic.MutationId;
import io.stateward.optimistic.MutationPlan;
import io.stateward.optimistic.OptimisticStore;
import io.stateward.optimistic.Resolution;
import io.stateward.optimistic.Sending;
import io.stateward.optimistic.Unanswered;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.signal.Versioned;
import io.stateward.store.Store;
import io.stateward.store.WriteResult;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one window works at: a store of its own, as a client far from the server has it.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class Desk {

  /** How long an answer may take before it is asked for again. */
  static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final Retry RETRY =
      Retry.after(Backoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(8)));

  private final String window;
  private final CardServer server;
  private final OptimisticStore<Cards> store;
  private final Signal<EntityTable<Long, Card>> visible;
  private final Comparison comparison;
  private final Questions questions;
  private final Notices notices = new Notices();
  private final Store<PersistentMap<MutationId, Long>> subjects =
      Store.of("subjects", PersistentMap.of());
  private final Store<Figures> figures = Store.of("figures", Figures.NONE);
  private final Set<MutationId> contested = ConcurrentHashMap.newKeySet();
  private final Map<Long, Long> drafts = new ConcurrentHashMap<>(); // by the number they got
  private final AtomicLong lastDraft = new AtomicLong();
  private final Subscription following;
  private final Subscription counting;

  /** A confirmed state and a visible one, of the same instant. */
  private record Both(Cards confirmed, EntityTable<Long, Card> visible) {}

  Desk(String window, CardServer server, Timekeeper timekeeper) {
    this.window = window;
    this.server = server;
    this.questions = new Questions(timekeeper);
    Cards loaded = server.cards();
    store = OptimisticStore.over("cards", loaded).timekeeper(timekeeper).repeatable(true).open();
    visible = store.select(Cards::table);
    comparison = new Comparison(loaded);
    counting = Signal.combine(store.confirmed(), visible, Both::new).subscribe(this::count);
    following = server.follow(this::receive);
  }

  // excerpt: mutate
  /** How the cards of both sides become one: labels by themselves, the rest by asking. */
  static final Merge<Versioned<Card>> MERGE =
      Merge.versioned(
          Merge.of(Card.class).field("labels").by(Merge.set()).field("title", "note", "column").ask());

  /** Moves a card: visible at once, sent when earlier changes of the card are settled. */
  Mutation<Versioned<Card>> move(long card, Column column) {
    return change(card, "Move to " + column.title(), it -> it.withColumn(column));
  }

  private MutationPlan<Cards, Versioned<Card>> plan(long card) {
    return MutationPlan.aboutNamed(ids -> Cards.lens(ids.real(card)))
        .answeredBy(Call.stage(this::send))
        .onConflict(
            Resolution.merge(MERGE)
                .otherwise(Resolution.ask(questions).within(Questions.PATIENCE)))
        .whenGone(cards -> cards.without(store.ids().real(card)))
        .retry(RETRY)
        .timeout(PATIENCE, Unanswered.askAgain(30).thenDrop())
        .scope(drafts.getOrDefault(card, card));
  }

  private CompletionStage<WriteResult<Versioned<Card>>> send(Sending<Versioned<Card>> sent) {
    Versioned<Card> mine = sent.mineOrThrow(); // its version is that of the base
    CardWrite write = new CardWrite(sent.id().toString(), window, mine.value(), mine.version());
    return server.write(write).whenComplete((answer, failure) -> hear(sent, answer));
  }

  /** Takes what the server tells of other windows; what is under way is executed on top of it. */
  private void receive(Push news) {
    if (!news.window().equals(window)) {
      store.external(cards -> cards.received(news));
      comparison.received(news);
    }
  }
  // end of excerpt
