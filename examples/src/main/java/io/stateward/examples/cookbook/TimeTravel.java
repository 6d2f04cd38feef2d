package io.stateward.examples.cookbook;

import io.stateward.codec.Codec;
import io.stateward.collection.EntityTable;
import io.stateward.examples.cookbook.Reducing.Action;
import io.stateward.history.SavedTimeline;
import io.stateward.history.Timeline;
import io.stateward.jackson.Jackson;
import io.stateward.json.JsonCodecs;
import io.stateward.signal.Signal;
import io.stateward.store.ReducingStore;
import java.util.function.Consumer;

/** Looking at the past while the store goes on. */
final class TimeTravel {

  private TimeTravel() {}

  static Timeline<App, Action> open(ReducingStore<App, Action> store) {
    // tag: open
    Timeline<App, Action> timeline = Timeline.of(store);
    Signal<App> shown = timeline.view(); // what the page reads instead of the store
    // end
    shown.get();
    return timeline;
  }

  static void travel(Timeline<App, Action> timeline) {
    // tag: travel
    timeline.jump(1); // the view stays at version 1, whatever the store does
    timeline.stepForward();
    timeline.skip(1); // the view is what it would be without what happened at 1
    timeline.includeAll();
    timeline.resume(); // the view is the store again
    // end
  }

  static void log(Timeline<App, Action> timeline, Consumer<String> print) {
    // tag: log
    timeline
        .moments()
        .forEach(
            moment ->
                print.accept(
                    "%d %s: %d todos changed"
                        .formatted(
                            moment.version(), moment.cause(), moment.entities(App::todos).size())));
    // end
  }

  // tag: codec
  static final JsonCodecs JSON =
      Jackson.strict()
          .table(Todo.class, EntityTable.of(Todo::id))
          .named(Reducing.Added.class, "added")
          .named(Reducing.Done.class, "done")
          .named(Reducing.Filtered.class, "filtered")
          .named(Reducing.Renamed.class, "renamed");
  static final Codec<SavedTimeline<App, Action>> REPORTS =
      SavedTimeline.codec(
          JSON.codec("app/1", App.class), JSON.codec("action/1", Action.class), 10_000);

  // end

  static Timeline<App, Action> report(Timeline<App, Action> timeline) {
    // tag: report
    byte[] report = REPORTS.encode(timeline.save()); // JSON: attach it to a report of a fault

    Timeline<App, Action> opened = Timeline.open(REPORTS.decode(report), Reducing.APP);
    // end
    return opened;
  }
}
