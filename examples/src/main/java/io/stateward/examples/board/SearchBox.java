package io.stateward.examples.board;

import io.stateward.flow.Call;
import io.stateward.flow.Debouncer;
import io.stateward.flow.Task;
import io.stateward.scope.Cancellation;
import io.stateward.scope.Scope;
import io.stateward.signal.Signal;
import io.stateward.store.Async;
import io.stateward.store.AsyncAction;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * The search box of one page.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class SearchBox {

  static final Duration QUIET = Duration.ofMillis(300);

  private final Store<Search> search = Store.of("search", Search.INITIAL);
  private final Scope scope = Scope.root("search box");
  private final AtomicLong numbers = new AtomicLong();
  private final Timekeeper time;
  private final Lookup lookup;
  private final Call<String, Answer> call;
  private final AsyncAction<String, Answer> newest;
  private final Debouncer<String> typed;

  // excerpt: search
  SearchBox(Lookup lookup, Timekeeper time) {
    this.time = time;
    this.lookup = lookup;
    this.call = watched(Call.stageWith(lookup::find));
    this.newest =
        AsyncAction.latest("search", call)
            .timekeeper(time)
            .within(scope.cancellation())
            .into(search.slice(Search::result, Search::withResult));
    this.typed =
        scope.own(Debouncer.after(QUIET).timekeeper(time).calling(query -> newest.start(query)));
  }

  /** Searches once nobody types; a newer search cancels the older one and drops its answer. */
  void type(String query) {
    search.update(before -> before.withQuery(query));
    if (query.isBlank()) {
      clear();
    } else if (search.get().guarded()) {
      typed.submit(query);
    } else {
      searchWithout(query);
    }
  }

  /** The same without: a search for each key, and whatever answer comes is shown. */
  private void searchWithout(String query) {
    search.update(before -> before.withResult(pending(before)));
    call.start(query, scope.cancellation())
        .onEnd(
            outcome ->
                outcome.fold(
                    answer -> show(before -> Async.ready(answer, time.now())),
                    failure ->
                        show(before -> new Async.Failed<>(failure, before.valueOrPrevious())),
                    cancelled -> search.get()));
  }

  // end of excerpt

  Signal<Search> search() {
    return search;
  }

  /** Turns the protection on or off, and searches again so. */
  void guard(boolean on) {
    typed.cancel();
    newest.cancelAll();
    search.update(before -> before.withGuard(on));
    type(search.get().query());
  }

  void breakDown(boolean now) {
    lookup.breakDown(now);
  }

  /** Cancels what is under way. */
  void close() {
    scope.close();
  }

  private void clear() {
    typed.cancel();
    newest.cancelAll();
    search.update(before -> before.withResult(Async.idle()));
  }

  private static Async<Answer> pending(Search before) {
    return new Async.Pending<>(before.result().valueOrPrevious());
  }

  /** Without protection no answer is dropped; with it again, those still on their way are. */
  private Search show(UnaryOperator<Async<Answer>> next) {
    return search.update(
        before -> before.guarded() ? before : before.withResult(next.apply(before.result())));
  }

  /** Notes of every run what became of it. */
  private Call<String, Answer> watched(Call<String, Answer> inner) {
    return (query, cancellation) -> watch(inner, query, cancellation);
  }

  private Task<Answer> watch(Call<String, Answer> inner, String query, Cancellation cancellation) {
    long number = numbers.incrementAndGet();
    note(number, query, Run.Fate.WAITING);
    Task<Answer> task = inner.start(query, cancellation);
    task.onEnd(
        outcome ->
            note(
                number,
                query,
                outcome.fold(
                    answer -> Run.Fate.ANSWERED,
                    failure -> Run.Fate.FAILED,
                    cancelled -> Run.Fate.CANCELLED)));
    return task;
  }

  private void note(long number, String query, Run.Fate fate) {
    search.update(before -> before.withRun(new Run(number, query, fate)));
  }
}
