package io.stateward.examples.board;

import io.stateward.examples.Json;
import io.stateward.store.Async;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search box: what was typed, and how far the answer is.
 *
 * @param query what was typed last
 * @param guarded whether answers that were overtaken are dropped
 * @param result the answer; which query it is for, it says itself
 * @param runs the last searches, the newest first; at most {@value #MOST_RUNS}
 */
record Search(String query, boolean guarded, Async<Answer> result, List<Run> runs) {

  static final int LONGEST_QUERY = 100; // characters
  static final int MOST_RUNS = 5;
  static final Search INITIAL = new Search("", true, Async.idle(), List.of());

  Search {
    runs = List.copyOf(runs);
  }

  Search withQuery(String text) {
    return new Search(text, guarded, result, runs);
  }

  Search withGuard(boolean on) {
    return new Search(query, on, result, runs);
  }

  Search withResult(Async<Answer> now) {
    return new Search(query, guarded, now, runs);
  }

  /** Returns the search with one more run, or with another fate for one that it has. */
  Search withRun(Run run) {
    List<Run> next = new ArrayList<>(runs);
    next.removeIf(known -> known.number() == run.number());
    next.add(run);
    next.sort((one, other) -> Long.compare(other.number(), one.number()));
    return new Search(query, guarded, result, next.subList(0, Math.min(MOST_RUNS, next.size())));
  }

  String toJson() {
    Answer answer = result.valueOrPrevious();
    Json json =
        Json.object()
            .put("query", query)
            .put("guarded", guarded)
            .put(
                "state",
                result.fold(
                    () -> "idle", previous -> "pending", ready -> "ready", failed -> "failed"))
            .put("problem", problem())
            .put("runs", runs.stream().map(Run::toJson).toList());
    if (answer != null) {
      json.put("answered", answer.query())
          .put("total", answer.total())
          .put("millis", answer.millis())
          .put("hits", answer.hits().stream().map(Search::hit).toList());
    }
    return json.toString();
  }

  private @Nullable String problem() {
    return result instanceof Async.Failed<Answer> failed ? failed.message() : null;
  }

  private static List<Object> hit(ProcessRow row) {
    return List.of(row.pid(), row.name(), row.command());
  }
}
