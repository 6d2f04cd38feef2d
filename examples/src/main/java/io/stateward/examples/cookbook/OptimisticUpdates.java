package io.stateward.examples.cookbook;

import io.stateward.collection.EntityTable;
import io.stateward.flow.Backoff;
import io.stateward.flow.Call;
import io.stateward.flow.Retry;
import io.stateward.flow.Task;
import io.stateward.optimistic.Command;
import io.stateward.optimistic.Mutation;
import io.stateward.optimistic.MutationId;
import io.stateward.optimistic.MutationPlan;
import io.stateward.optimistic.OptimisticStore;
import io.stateward.optimistic.Sending;
import io.stateward.optimistic.Unanswered;
import io.stateward.signal.Subscription;
import io.stateward.store.Lens;
import io.stateward.store.WriteResult;
import io.stateward.time.Timekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Changes that show before the server knows them. */
final class OptimisticUpdates {

  private OptimisticUpdates() {}

  // tag: state
  record Card(long id, String title, boolean done) {}

  record Board(EntityTable<Long, Card> cards) {

    Board with(Card card) {
      return new Board(cards.set(card));
    }

    Board renamed(long id, String title) {
      return with(new Card(id, title, card(id).done()));
    }

    Board finished(long id) {
      return with(new Card(id, card(id).title(), true));
    }

    private Card card(long id) {
      Card card = cards.get(id);
      if (card == null) {
        throw new NoSuchElementException("There is no card " + id + ".");
      }
      return card;
    }
  }

  // end

  interface Api {
    WriteResult<Card> save(Card card, String idempotencyKey) throws IOException;

    Card create(String title, String idempotencyKey) throws IOException;

    List<Card> all() throws IOException;
  }

  static Subscription show(OptimisticStore<Board> board, Consumer<Board> render) {
    // tag: show
    Subscription shown = board.visible().subscribe(change -> render.accept(change.now()));
    // end
    return shown;
  }

  // tag: open
  static OptimisticStore<Board> open(Board loaded) {
    return OptimisticStore.of("board", loaded);
  }

  // end

  static Mutation<Card> mutate(
      OptimisticStore<Board> board, Api api, Executor executor, Consumer<String> tell) {
    // tag: mutate
    Mutation<Card> finished =
        board.mutate(
            it -> it.finished(7), // visible when this returns
            MutationPlan.<Board, Card>about(it -> it.cards().get(7L), Board::with)
                .answeredBy(
                    Call.blocking(
                        executor, sent -> api.save(sent.mineOrThrow(), sent.id().toString()))));
    // end
    // tag: settled
    finished
        .stage()
        .thenAccept(
            result ->
                tell.accept(
                    result.fold(
                        saved -> "saved",
                        current -> "somebody else was faster: " + current.title(),
                        () -> "deleted meanwhile",
                        reason -> "refused: " + reason,
                        () -> "cancelled",
                        cause -> "not saved: " + cause.getMessage())));
    // end
    return finished;
  }

  // tag: plan
  /** How any change of a card reaches the server. */
  static MutationPlan<Board, Card> saving(long id, Api api, Executor executor) {
    Call<Sending<Card>, WriteResult<Card>> save =
        Call.blocking(executor, sent -> api.save(sent.mineOrThrow(), sent.id().toString()));
    return MutationPlan.<Board, Card>about(it -> it.cards().get(id), Board::with)
        .answeredBy(save)
        .scope("card/" + id); // one write of a card at a time
  }

  // end

  static void overlap(OptimisticStore<Board> board, MutationPlan<Board, Card> plan) {
    // tag: overlap
    Mutation<Card> renamed = board.mutate(it -> it.renamed(7, "Oat milk"), plan);
    board.mutate(it -> it.finished(7), plan);
    board.reject(renamed.id(), "no oats"); // "Milk", done: only the name is taken back
    // end
  }

  static MutationPlan<Board, Card> patient(MutationPlan<Board, Card> plan) {
    // tag: patient
    MutationPlan<Board, Card> patient =
        plan.retry(
                Retry.after(Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(30)))
                    .attempts(5)) // of a call that fails
            .timeout(Duration.ofSeconds(10), Unanswered.askAgain(3).thenDrop());
    // end
    return patient;
  }

  static MutationPlan<Board, Card> told(
      MutationPlan<Board, Card> plan, Consumer<String> toast, Runnable spin, Runnable stop) {
    // tag: told
    MutationPlan<Board, Card> told =
        plan.onMutate(id -> spin.run())
            .onError(result -> toast.accept("taken back: " + result))
            .onSettled(result -> stop.run());
    // end
    return told;
  }

  static OptimisticStore<Board> onTime(Board loaded, Timekeeper timekeeper) {
    // tag: over
    OptimisticStore<Board> board =
        OptimisticStore.over("board", loaded)
            .timekeeper(timekeeper) // virtual in tests
            .repeatable(true) // in development: executes each command twice and compares
            .open();
    // end
    return board;
  }

  static Mutation<Card> create(
      OptimisticStore<Board> board, Api api, Executor executor, long temporaryId) {
    // tag: create
    Command<Board> add =
        Command.withIds(
            "card/add", (it, ids) -> it.with(new Card(ids.real(temporaryId), "Bread", false)));
    Mutation<Card> added =
        board.mutate(
            add,
            MutationPlan.<Board, Card>about(it -> it.cards().get(temporaryId), Board::with)
                .answeredBy(
                    Call.blocking(
                        executor,
                        sent -> new WriteResult.Saved<>(api.create("Bread", sent.id().toString()))))
                .creates(temporaryId, Card::id) // the answer has the real one
                .scope("card/" + temporaryId));
    // end
    return added;
  }

  static Mutation<Card> edit(
      OptimisticStore<Board> board, Call<Sending<Card>, WriteResult<Card>> save, long id) {
    // tag: edit
    Command<Board> rename =
        Command.withIds("card/rename", (it, ids) -> it.renamed(ids.real(id), "Rye bread"));
    Mutation<Card> renamed =
        board.mutate(rename, bySomeId(id).answeredBy(save).scope("card/" + id));
    // end
    return renamed;
  }

  private static MutationPlan<Board, Card> bySomeId(long id) {
    return MutationPlan.aboutNamed(ids -> Lens.of(it -> it.card(ids.real(id)), Board::with));
  }

  static void pushed(OptimisticStore<Board> board, Card news, String carriedOut) {
    // tag: pushed
    board.external(it -> it.with(news)); // somebody else's change
    board.external(it -> it.with(news), MutationId.parse(carriedOut)); // an echo of our own
    // end
  }

  static Mutation<Card> outside(OptimisticStore<Board> board, MutationPlan<Board, Card> silent) {
    // tag: outside
    Mutation<Card> finished = board.mutate(it -> it.finished(7), silent); // a plan without a call
    board.acknowledge(finished.id()); // as it was guessed
    // end
    return finished;
  }

  static Task<List<Card>> refresh(OptimisticStore<Board> board, Api api, Executor executor) {
    // tag: refresh
    Task<List<Card>> read =
        board.refresh(
            Call.blocking(executor, before -> api.all()),
            (it, cards) -> new Board(it.cards().replaceAll(cards)));
    // end
    return read;
  }

  static void undo(Mutation<Card> finished) {
    // tag: cancel
    finished.cancel(); // it was never there; false if it is settled already
    // end
  }

  static Subscription letters(OptimisticStore<Board> board, Consumer<String> toast) {
    // tag: letters
    Subscription told =
        board
            .deadLetters()
            .subscribe(
                change ->
                    change.now().stream()
                        .skip(change.was().size())
                        .forEach(letter -> toast.accept(letter.name() + ": " + letter.reason())));
    // end
    return told;
  }
}
