package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.cookbook.Reducing.Action;
import io.stateward.examples.cookbook.Reducing.Added;
import io.stateward.examples.cookbook.Reducing.Filtered;
import io.stateward.history.Moment;
import io.stateward.history.Timeline;
import io.stateward.store.ReducingStore;
import io.stateward.testkit.Recorder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimeTravelTest {

  private final ReducingStore<App, Action> store = Reducing.store();
  private final Timeline<App, Action> timeline = TimeTravel.open(store);

  TimeTravelTest() {
    store.dispatch(new Added(new Todo(7, "milk", false)));
    store.dispatch(new Filtered("m"));
  }

  @Test
  void travel_viewMoves_storeDoesNot() {
    App live = store.get();

    try (Recorder<App> shown = Recorder.of(timeline.view())) {
      TimeTravel.travel(timeline);

      assertThat(shown.values()).extracting(App::filter).containsExactly("", "m", "m", "m");
      assertThat(shown.values()).extracting(app -> app.todos().size()).containsExactly(1, 1, 0, 1);
    }
    assertThat(store.get()).isSameAs(live);
    assertThat(timeline.status().get().live()).isTrue();
  }

  @Test
  void jump_storeGoesOn_viewStays() {
    timeline.jump(1);
    store.dispatch(new Filtered("milk"));

    assertThat(timeline.view().get().filter()).isEmpty();
    assertThat(store.get().filter()).isEqualTo("milk");
  }

  @Test
  void log_saysWhenWhyAndWhat() {
    List<String> lines = new ArrayList<>();
    TimeTravel.log(timeline, lines::add);

    assertThat(lines)
        .containsExactly(
            "1 " + new Added(new Todo(7, "milk", false)) + ": 1 todos changed",
            "2 " + new Filtered("m") + ": 0 todos changed");
  }

  @Test
  void report_opened_isTheSameTimeline() {
    Timeline<App, Action> opened = TimeTravel.report(timeline);

    assertThat(opened.view().get()).isEqualTo(store.get());
    assertThat(opened.moments()).extracting(Moment::version).containsExactly(1L, 2L);
  }
}
