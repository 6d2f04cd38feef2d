package io.stateward.examples.cookbook;

import io.stateward.flow.Call;
import io.stateward.flow.Debouncer;
import io.stateward.scope.Scope;
import io.stateward.store.Async;
import io.stateward.store.AsyncAction;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.List;

/** Searching while somebody types: not for every letter, and never an old answer last. */
final class SearchBox {

  private SearchBox() {}

  // tag: box
  static final class Box {
    final Store<Async<List<String>>> hits = Store.of("hits", Async.idle());
    private final Debouncer<String> typed;

    Box(Scope page, Timekeeper timekeeper, Call<String, List<String>> client) {
      AsyncAction<String, List<String>> search =
          AsyncAction.latest("search", client).within(page.cancellation()).into(hits);
      typed =
          page.own(
              Debouncer.after(Duration.ofMillis(300)) // a pause in typing
                  .maxWait(Duration.ofSeconds(2)) // however long it goes on
                  .timekeeper(timekeeper)
                  .calling(search::start));
    }

    void type(String text) {
      typed.submit(text);
    }

    void enter() {
      typed.flush(); // now
    }
  }

  // end

  // tag: line
  static String line(Async<List<String>> hits) {
    List<String> known = hits.valueOrPrevious();
    return (hits.isPending() ? "searching, " : "") + (known == null ? "nothing yet" : known);
  }

  // end

  static void without(Call<String, List<String>> client, Store<List<String>> hits, String text) {
    // tag: without
    client.start(text).stage().thenAccept(hits::set);
    // end
  }
}
