package io.stateward.optimistic;

import io.stateward.collection.EntityTable;
import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import io.stateward.history.Timeline;
import io.stateward.persist.PersistenceBuilder;
import io.stateward.signal.Signal;
import io.stateward.store.Keyed;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A right store, but for one flaw. */
final class FlawedOptimisticStore implements OptimisticStore<Shelf> {

  private final OptimisticStore<Shelf> right;
  private final OptimisticFlaw flaw;

  FlawedOptimisticStore(OptimisticStore<Shelf> right, OptimisticFlaw flaw) {
    this.right = right;
    this.flaw = flaw;
  }

  @Override
  public Signal<Shelf> visible() {
    return flaw == OptimisticFlaw.SHOWS_WHAT_IS_CONFIRMED ? right.confirmed() : right.visible();
  }

  @Override
  public Signal<Shelf> confirmed() {
    return right.confirmed();
  }

  @Override
  public Signal<List<Pending>> pending() {
    return right.pending();
  }

  @Override
  public Signal<List<DeadLetter<Shelf>>> deadLetters() {
    return flaw == OptimisticFlaw.HAS_NO_DEAD_LETTERS
        ? right.deadLetters().map(letters -> List.of())
        : right.deadLetters();
  }

  @Override
  public <T extends @Nullable Object> Signal<T> select(
      Function<? super Shelf, ? extends T> selector) {
    return right.select(selector);
  }

  @Override
  public <K, V> Keyed<K, V> entities(Function<? super Shelf, EntityTable<K, V>> table) {
    return right.entities(table);
  }

  @Override
  public <T> Mutation<T> mutate(Command<Shelf> command, MutationPlan<Shelf, T> plan) {
    Mutation<T> mutation = right.mutate(tampered(command), tampered(plan));
    if (flaw == OptimisticFlaw.STORES_ARE_ALONE) {
      plan.shares().forEach(FlawedOptimisticStore::cutLoose);
    }
    return mutation;
  }

  private Command<Shelf> tampered(Command<Shelf> command) {
    return switch (flaw) {
      case SWALLOWS_WHAT_COMMANDS_THROW ->
          shelf -> {
            try {
              return command.apply(shelf);
            } catch (IllegalStateException e) {
              return shelf;
            }
          };
      case TAKES_NULL_FOR_NO_CHANGE ->
          shelf -> {
            try {
              return command.apply(shelf);
            } catch (NullPointerException e) {
              return shelf;
            }
          };
      default -> command;
    };
  }

  private static <U> void cutLoose(MutationPlan.Share<U> share) {
    share.store().external(state -> share.command().apply(state));
  }

  private <T> MutationPlan<Shelf, T> tampered(MutationPlan<Shelf, T> plan) {
    return switch (flaw) {
      case THE_SERVER_ALWAYS_WINS -> plan.onConflict(Resolution.keepServer());
      case THIS_SIDE_ALWAYS_WINS -> plan.onConflict(Resolution.keepMine());
      case HAS_NO_CALLBACK_FOR_ERRORS -> plan.onError(result -> {});
      case HAS_NO_SCOPES -> plan.scope(new Object());
      case WAITS_FOR_EVER -> plan.timeout(java.time.Duration.ofDays(1_000), Unanswered.conflict());
      case FOLLOWS_NOBODY -> plan.after(new MutationId[0]);
      default -> plan;
    };
  }

  @Override
  public Settlement acknowledge(MutationId id) {
    switch (flaw) {
      case RIGHT_GUESSES_FLICKER -> {
        right.external(shelf -> shelf.with("flicker", 1));
        right.external(shelf -> shelf.without("flicker"));
      }
      case TAKES_ANSWERS_IN_ORDER_ALONE -> {
        List<Pending> pending = right.pending().get();
        if (!pending.isEmpty() && !pending.get(0).id().equals(id)) {
          return right.reject(id, "out of order");
        }
      }
      case FORGETS_WHAT_WAS_CANCELLED -> {
        if (right.pending().get().stream().noneMatch(pending -> pending.id().equals(id))) {
          return Settlement.DUPLICATE;
        }
      }
      default -> {}
    }
    return told(right.acknowledge(id));
  }

  private Settlement told(Settlement right) {
    return switch (flaw) {
      case ANSWERS_COUNT_TWICE -> right == Settlement.DUPLICATE ? Settlement.SETTLED : right;
      case KNOWS_EVERY_ID -> right == Settlement.UNKNOWN ? Settlement.DUPLICATE : right;
      default -> right;
    };
  }

  @Override
  public Settlement acknowledge(MutationId id, UnaryOperator<Shelf> server) {
    return flaw == OptimisticFlaw.KEEPS_THE_GUESS
        ? right.acknowledge(id)
        : right.acknowledge(id, server);
  }

  @Override
  public Settlement reject(MutationId id, String reason) {
    Settlement settlement = right.reject(id, reason);
    if (flaw == OptimisticFlaw.REJECTS_ALL) {
      rejectAll();
    }
    return told(settlement);
  }

  private void rejectAll() {
    right.pending().get().forEach(pending -> right.reject(pending.id(), "all"));
  }

  @Override
  public boolean cancel(MutationId id) {
    return right.cancel(id);
  }

  @Override
  public void external(UnaryOperator<Shelf> patch, MutationId... includes) {
    switch (flaw) {
      case PUSHES_TAKE_ALL_OUT -> {
        right.external(patch, includes);
        rejectAll();
      }
      case IGNORES_WHAT_IS_INCLUDED -> right.external(patch);
      case SWALLOWS_WHAT_PATCHES_THROW -> {
        try {
          right.external(patch, includes);
        } catch (IllegalStateException e) {
          right.external(shelf -> shelf, includes);
        }
      }
      default -> right.external(patch, includes);
    }
  }

  @Override
  public void identify(Object temporaryId, Object realId) {
    right.identify(temporaryId, realId);
  }

  @Override
  public <R> Task<R> refresh(
      Call<Shelf, R> call, BiFunction<? super Shelf, ? super R, ? extends Shelf> patch) {
    if (flaw != OptimisticFlaw.TAKES_OLD_READS) {
      return right.refresh(call, patch);
    }
    Task<R> read = call.start(right.confirmed().get());
    read.onEnd(
        outcome -> {
          if (outcome instanceof Outcome.Done<R> done) {
            right.external(shelf -> patch.apply(shelf, done.value()));
          }
        });
    return read;
  }

  @Override
  public PersistenceBuilder<?, SavedLog<Shelf>> persistence() {
    return right.persistence();
  }

  @Override
  public Timeline<Shelf, Void> timeline() {
    return right.timeline();
  }

  @Override
  public String origin() {
    return right.origin();
  }

  @Override
  public TemporaryIds ids() {
    return right.ids();
  }

  @Override
  public void close() {
    if (flaw != OptimisticFlaw.NEVER_CLOSES) {
      right.close();
    }
  }
}
