package io.stateward.examples.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.examples.Refusal;
import io.stateward.store.Lens;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DeskTest {

  private static final Lens<Desk, View> MINE = Desk.view("mine");
  private static final Lens<Desk, View> OTHER = Desk.view("other");
  private static final View SORTED = View.INITIAL.sortedBy(Column.PID, false);

  @Test
  void view_putAndRead_isWhatWasPut() {
    View view = SORTED.withFilter("sh").withPin("java");

    Desk desk = MINE.with(Desk.INITIAL, view);

    assertThat(MINE.get(desk)).isEqualTo(view);
    assertThat(MINE.with(desk, view)).isEqualTo(desk);
    assertThat(MINE.with(desk, SORTED)).isEqualTo(MINE.with(Desk.INITIAL, SORTED));
  }

  @Test
  void view_pinned_isPinnedOnEveryPageAndTheRestIsItsOwn() {
    Desk desk = MINE.with(OTHER.with(Desk.INITIAL, SORTED), View.INITIAL.withPin("java"));

    assertThat(OTHER.get(desk)).isEqualTo(SORTED.withPin("java"));
    assertThat(desk.preferences().pinned()).containsExactly("java");
  }

  @Test
  void withoutPage_keepsThePins() {
    Desk desk = MINE.with(Desk.INITIAL, SORTED.withPin("java")).withoutPage("mine");

    assertThat(desk.views()).isEmpty();
    assertThat(MINE.get(desk)).isEqualTo(View.INITIAL.withPin("java"));
  }

  @Test
  void withPage_asInTheBeginning_isTheSameDesk() {
    assertThat(Desk.INITIAL.withPage("mine", View.INITIAL)).isSameAs(Desk.INITIAL);
    assertThat(MINE.with(Desk.INITIAL, View.INITIAL)).isSameAs(Desk.INITIAL);
  }

  @Test
  void view_tooManyPins_isRefused() {
    Set<String> names =
        IntStream.rangeClosed(1, Preferences.MOST_PINS + 1)
            .mapToObj(Integer::toString)
            .collect(Collectors.toSet());

    assertThatThrownBy(() -> MINE.with(Desk.INITIAL, View.INITIAL.withPinned(names)))
        .isInstanceOf(Refusal.class)
        .hasMessage("50 programs can be pinned, not 51. Unpin one first.");
  }
}
