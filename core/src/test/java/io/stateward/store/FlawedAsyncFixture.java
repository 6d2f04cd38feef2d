package io.stateward.store;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import io.stateward.scope.Cancellation;
import io.stateward.scope.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The contract of async actions, on one with a flaw. Run by {@link KitsAreSharpTest} only. */
final class FlawedAsyncFixture extends AsyncContract {

  static AsyncFlaw flaw = AsyncFlaw.NONE;

  @Override
  public Duration patience() {
    return Duration.ofMillis(flaw == AsyncFlaw.NONE ? 20_000 : 500);
  }

  @Override
  public Function<Integer, Task<String>> create(Parts parts) {
    Function<Integer, Task<String>> right =
        AsyncActionRulesTest.action(
                new Parts(
                    policy(parts.policy()),
                    parts.call(),
                    parts.condition(),
                    parts.store(),
                    parts.timekeeper()))
            ::start;
    return switch (flaw) {
      case FORGETS_THE_PREVIOUS_VALUE,
          FAILURES_FORGET_THE_PREVIOUS_VALUE,
          CANCELLED_STAYS_PENDING,
          CANCELLED_FORGETS_THE_VALUE,
          SHOWS_WHAT_NO_RUN_GAVE ->
          with(parts, parts.call(), new Tampered(parts.store()));
      case LATE_RESULTS_COUNT -> with(parts, late(parts), parts.store());
      case RESULTS_COUNT_AS_THEY_COME -> argument -> eager(parts, right.apply(argument));
      case LATEST_GOES_BACK_IN_BETWEEN -> {
        AsyncAction<Integer, String> action = AsyncActionRulesTest.action(parts);
        yield argument -> {
          if (parts.policy() == Policy.LATEST) {
            action.cancelAll();
          }
          return action.start(argument);
        };
      }
      case WAITING_RUNS_CANNOT_BE_CANCELLED -> argument -> stubborn(right.apply(argument));
      case DROPS_FOR_EVER -> {
        AtomicInteger runs = new AtomicInteger();
        yield argument ->
            parts.policy() == Policy.DROP && runs.getAndIncrement() > 0
                ? skipped()
                : right.apply(argument);
      }
      case IGNORES_THE_CONDITION ->
          AsyncActionRulesTest.action(
                  new Parts(
                      parts.policy(), parts.call(), any -> true, parts.store(), parts.timekeeper()))
              ::start;
      case THE_STORE_COMES_LAST -> argument -> hasty(parts, argument);
      case CANCELS_WHAT_HAS_ENDED -> argument -> agreeable(right.apply(argument));
      default -> right;
    };
  }

  private static Policy policy(Policy right) {
    boolean all =
        switch (right) {
          case LATEST -> flaw == AsyncFlaw.LATEST_LETS_ALL_RUN;
          case QUEUE -> flaw == AsyncFlaw.QUEUE_LETS_ALL_RUN;
          case DROP -> flaw == AsyncFlaw.DROPS_NOTHING;
          case EVERY -> true;
        };
    return all ? Policy.EVERY : right;
  }

  private static Function<Integer, Task<String>> with(
      Parts parts, Call<Integer, String> call, Store<Async<String>> store) {
    return AsyncActionRulesTest.action(
            new Parts(parts.policy(), call, parts.condition(), store, parts.timekeeper()))
        ::start;
  }

  /** Work that goes on when it is cancelled, and writes its result into the store itself. */
  private static Call<Integer, String> late(Parts parts) {
    return Call.stage(
        argument -> {
          CompletableFuture<String> copy = new CompletableFuture<>();
          parts
              .call()
              .start(argument)
              .onEnd(
                  outcome -> {
                    show(parts, outcome);
                    copy.complete("value " + argument);
                  });
          return copy;
        });
  }

  private static Task<String> eager(Parts parts, Task<String> right) {
    right.onEnd(outcome -> show(parts, outcome));
    return right;
  }

  private static void show(Parts parts, Outcome<String> outcome) {
    if (outcome instanceof Outcome.Done<String> done) {
      parts.store().set(Async.ready(done.value(), parts.timekeeper().now()));
    }
  }

  private static Task<String> skipped() {
    return Call.<String, String>blocking(Runnable::run, any -> "").start("", cancelled());
  }

  private static Cancellation cancelled() {
    Scope scope = Scope.root("closed");
    scope.close();
    return scope.cancellation();
  }

  private static Task<String> hasty(Parts parts, Integer argument) {
    Tampered store = new Tampered(parts.store());
    Task<String> right = with(parts, parts.call(), store).apply(argument);
    List<Consumer<? super Outcome<String>>> actions = new ArrayList<>();
    right.onEnd(
        outcome -> {
          actions.forEach(action -> action.accept(outcome));
          store.flush();
        });
    return new ForwardingTask(right) {
      @Override
      public void onEnd(Consumer<? super Outcome<String>> action) {
        actions.add(action);
      }
    };
  }

  private static Task<String> stubborn(Task<String> right) {
    return new ForwardingTask(right) {
      @Override
      public boolean cancel() {
        return true;
      }
    };
  }

  private static Task<String> agreeable(Task<String> right) {
    return new ForwardingTask(right) {
      @Override
      public boolean cancel() {
        right.cancel();
        return true;
      }
    };
  }

  /** A store that does not take everything as it is given. */
  private static final class Tampered extends ForwardingStore<Async<String>> {

    private final List<Async<String>> delayed = new ArrayList<>();

    Tampered(Store<Async<String>> right) {
      super(right);
    }

    @Override
    public Async<String> update(UnaryOperator<Async<String>> updater) {
      return store.update(was -> tamper(was, updater.apply(was)));
    }

    void flush() {
      delayed.forEach(store::set);
      delayed.clear();
    }

    private Async<String> tamper(Async<String> was, Async<String> now) {
      boolean back = was.isPending() && "old".equals(now.orElse(""));
      return switch (flaw) {
        case FORGETS_THE_PREVIOUS_VALUE -> now.isPending() ? new Async.Pending<>(null) : now;
        case FAILURES_FORGET_THE_PREVIOUS_VALUE ->
            now instanceof Async.Failed<String> failed
                ? new Async.Failed<>(failed.error(), null)
                : now;
        case CANCELLED_STAYS_PENDING -> back ? was : now;
        case CANCELLED_FORGETS_THE_VALUE -> back ? Async.idle() : now;
        case SHOWS_WHAT_NO_RUN_GAVE ->
            now instanceof Async.Ready<String> ready
                ? Async.ready("value of none", ready.at())
                : now;
        case THE_STORE_COMES_LAST -> {
          if (now instanceof Async.Ready) {
            delayed.add(now);
            yield was;
          }
          yield now;
        }
        default -> now;
      };
    }
  }

  /** A task that is another one, until a flaw overrides something. */
  private abstract static class ForwardingTask implements Task<String> {

    private final Task<String> right;

    ForwardingTask(Task<String> right) {
      this.right = right;
    }

    @Override
    public CompletionStage<String> stage() {
      return right.stage();
    }

    @Override
    public boolean cancel() {
      return right.cancel();
    }

    @Override
    public boolean isDone() {
      return right.isDone();
    }

    @Override
    public Outcome<String> await() throws InterruptedException {
      return right.await();
    }

    @Override
    public void onEnd(Consumer<? super Outcome<String>> action) {
      right.onEnd(action);
    }
  }
}
