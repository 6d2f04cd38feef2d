package io.stateward.examples.cards;

import io.stateward.collection.EntityTable;
import io.stateward.examples.Refusal;
import io.stateward.flow.Backoff;
import io.stateward.flow.Call;
import io.stateward.flow.Retry;
import io.stateward.merge.Merge;
import io.stateward.optimistic.Command;
import io.stateward.optimistic.MutationHistory;
import io.stateward.optimistic.MutationId;
import io.stateward.optimistic.MutationPlan;
import io.stateward.optimistic.OptimisticStore;
import io.stateward.optimistic.Resolution;
import io.stateward.optimistic.Sending;
import io.stateward.optimistic.StepResult;
import io.stateward.optimistic.Unanswered;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.signal.Versioned;
import io.stateward.store.WriteResult;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one window works at: a store of its own, as a client far from the server has it.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class Desk {

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

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
  private final Bookkeeping books;
  private final MutationHistory<Cards> history;
  private final AtomicLong lastDraft = new AtomicLong();
  private final Subscription following;
  private final Subscription counting;

  Desk(String window, CardServer server, Timekeeper timekeeper) {
    this.window = window;
    this.server = server;
    this.questions = new Questions(timekeeper);
    Cards loaded = server.cards();
    store = OptimisticStore.over("cards", loaded).timekeeper(timekeeper).repeatable(true).open();
    visible = store.select(Cards::table);
    history = MutationHistory.of(store);
    comparison = new Comparison(loaded);
    books = new Bookkeeping(comparison);
    counting = books.count(store.confirmed(), visible);
    following = server.follow(news -> hearOf(news));
    Cards since = server.cards();
    since.table().ids().forEach(id -> receive(new Push(id, since.at(id), "", ""))); // in between
  }

  // excerpt: mutate
  /** How the cards of both sides become one: labels by themselves, the rest by asking. */
  static final Merge<Versioned<Card>> MERGE =
      Merge.versioned(
          Merge.of(Card.class)
              .field("labels")
              .by(Merge.set())
              .field("title", "note", "column")
              .ask());

  /** Moves a card: visible at once, sent when earlier changes of the card are settled. */
  void move(long id, Column column) {
    Card was = shown(id);
    change(
        command(was, "Move to " + column.title(), it -> it.withColumn(column)),
        command(was, "Back to " + was.column().title(), it -> it.withColumn(was.column())),
        was);
  }

  private void change(Command<Cards> command, Command<Cards> inverse, Card card) {
    history.mutate(
        command,
        told(plan(card.id()), command, card, () -> revert(inverse, card))
            .undoneBy(inverse, told(plan(card.id()), inverse, card, () -> {})));
  }

  /** Says what to do with a card, whatever has become of it meanwhile. */
  private static Command<Cards> command(Card card, String what, UnaryOperator<Card> change) {
    return Command.withIds(
        "%s: “%s”".formatted(what, card.title()),
        (cards, ids) -> cards.changed(ids.real(card.id()), change));
  }

  private MutationPlan<Cards, Versioned<Card>> plan(long card) {
    return MutationPlan.<Cards, Versioned<Card>>aboutNamed(
            (cards, ids) -> cards.at(ids.real(card)), Cards::with)
        .answeredBy(Call.stage(this::send))
        .onConflict(
            Resolution.merge(MERGE).otherwise(Resolution.ask(questions).within(Questions.PATIENCE)))
        .whenGone(cards -> cards.without(store.ids().real(card)))
        .retry(RETRY)
        .timeout(PATIENCE, Unanswered.askAgain(30).thenDrop())
        .scope(books.line(card));
  }

  private CompletionStage<WriteResult<Versioned<Card>>> send(Sending<Versioned<Card>> sent) {
    Versioned<Card> mine = sent.mineOrThrow(); // its version is that of the base
    CardWrite write = new CardWrite(sent.id().toString(), window, mine.value(), mine.version());
    books.sending(sent.id());
    return server.write(write).whenComplete((answer, failure) -> books.answered(sent, answer));
  }

  /** Takes what the server tells; what is under way is executed on top of it. */
  private void receive(Push news) {
    boolean own = news.key().startsWith(store.origin());
    if (own) { // an echo: before or after the answer, it counts once
      MutationId id = MutationId.parse(news.key());
      store.external(cards -> cards.received(news), id);
      books.echoed(id);
    } else {
      store.external(cards -> cards.received(news));
      comparison.received(news);
    }
  }

  // end of excerpt

  /** Adds a card under an id of the window's own, until the server gives it a number. */
  void add(String title) {
    Card draft = Card.draft(lastDraft.decrementAndGet(), title);
    Command<Cards> add =
        Command.withIds(
            "Add: “%s”".formatted(title),
            (cards, ids) -> cards.withDraft(draft.withId(ids.real(draft.id()))));
    store.mutate(
        add,
        told(plan(draft.id()), add, draft, () -> {})
            .creates(draft.id(), (Versioned<Card> saved) -> saved.value().id()));
  }

  void edit(long id, Edit edit) {
    Card was = shown(id);
    change(command(was, "Edit", edit::on), command(was, "Edit back", edit.inverse(was)::on), was);
  }

  private Card shown(long id) {
    Card card = visible.get().get(store.ids().real(id)); // the page may not know the number yet
    if (card == null) {
      throw new Refusal(409, "This card is not there any more.");
    }
    return card;
  }

  private void revert(Command<Cards> inverse, Card card) {
    try {
      store.mutate(inverse, told(plan(card.id()), inverse, card, () -> {}));
    } catch (NoSuchElementException e) { // removed in the meantime
      LOG.debug("There is nothing left to take back.", e);
    }
  }

  /** Adds to a plan that the page and the comparison are told; one use of it at a time. */
  private MutationPlan<Cards, Versioned<Card>> told(
      MutationPlan<Cards, Versioned<Card>> plan,
      Command<Cards> command,
      Card card,
      Runnable inverse) {
    AtomicReference<@Nullable MutationId> made = new AtomicReference<>();
    return plan.onMutate(
            id -> {
              made.set(id);
              books.began(id, card.id());
              comparison.began(id, command::apply);
            })
        .onSettled(
            result -> books.settled(Objects.requireNonNull(made.get()), card, result, inverse));
  }

  private void hearOf(Push news) {
    if (!news.lostTo().equals(window)) {
      receive(news);
    }
  }

  /** Refuses one of two moves that overlap, which is where snapshot rollback goes wrong. */
  void schedule() {
    Set<Long> busy = Set.copyOf(books.subjects().get().values());
    List<Card> still =
        visible.get().values().stream().filter(card -> !busy.contains(card.id())).limit(2).toList();
    if (still.size() < 2) {
      throw new Refusal(409, "Wait until two cards are at rest.");
    }
    server.dial(dials -> dials.withOnlyFate(Fate.REFUSED));
    still.forEach(
        card -> move(card.id(), card.column() == Column.DONE ? Column.TODO : Column.DONE));
  }

  /** Loads the comparison anew. */
  void refetch() {
    comparison.refetch(server.cards());
  }

  OptimisticStore<Cards> store() {
    return store;
  }

  Signal<EntityTable<Long, Card>> visible() {
    return visible;
  }

  Signal<EntityTable<Long, Card>> naive() {
    return comparison.visible().map(Cards::table);
  }

  Bookkeeping books() {
    return books;
  }

  Questions questions() {
    return questions;
  }

  /** Undoes what the person did last: cancels it, or makes another change. */
  void undo() {
    require(history.undo(), "undo");
  }

  void redo() {
    require(history.redo(), "redo");
  }

  private static void require(StepResult result, String what) {
    String problem =
        result.<@Nullable String>fold(
            step -> null,
            step -> null,
            StepResult.Refused::reason,
            () -> "There is nothing to %s.".formatted(what));
    if (problem != null) {
      throw new Refusal(409, problem);
    }
  }

  MutationHistory<Cards> history() {
    return history;
  }

  String window() {
    return window;
  }

  void close() {
    following.close();
    counting.close();
    history.close();
    store.close();
    comparison.close();
  }
}
