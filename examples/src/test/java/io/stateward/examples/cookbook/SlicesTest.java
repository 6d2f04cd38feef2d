package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SlicesTest {

  private final List<String> shown = new ArrayList<>();
  private final Store<App> store = Store.of("app", App.empty());

  @Test
  void slice_writtenByItsModule_isSeenInTheWhole() {
    Slices.Profile profile = Slices.slice(store);
    profile.name().subscribe(change -> shown.add(change.now()));

    profile.rename("Grace");
    store.update(app -> app.withUser(app.user().withName("Barbara")));

    assertThat(shown).containsExactly("Grace", "Barbara");
    assertThat(store.get().user().name()).isEqualTo("Barbara");
  }

  @Test
  void lens_closedSlice_leavesTheStoreOpen() {
    Slices.lens(store, shown::add);

    store.update(app -> Slices.CITY.with(app, "Rome"));

    assertThat(shown).containsExactly("moved to Turin", "moved to TURIN");
    assertThat(store.get().user().address().city()).isEqualTo("Rome");
  }
}
