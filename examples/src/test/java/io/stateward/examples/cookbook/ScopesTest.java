package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.scope.CloseFailedException;
import io.stateward.scope.Family;
import io.stateward.scope.NotProvidedException;
import io.stateward.scope.Scope;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScopesTest {

  private final List<String> shown = new ArrayList<>();
  private final Scope application = Scope.root("application");

  @Test
  void lifetime_closedScope_endsWhatItOwns() {
    Scopes.lifetime(application, shown::add);

    assertThat(shown).containsExactly("1 clicks", "page closed");
  }

  @Test
  void lookup_nearestProvider_isFollowed() {
    Scope page = application.child("page");

    Scopes.lookup(application, page, shown::add);
    page.close();
    application.provide(Scopes.THEME, Scopes.Theme.LIGHT);

    assertThat(shown).containsExactly("theme DARK", "theme LIGHT", "theme DARK");
  }

  @Test
  void part_providedAbove_isFoundBelow() {
    Store<App> store = Store.of("app", App.empty());
    Scope dialog = application.child("page").child("dialog");

    assertThatThrownBy(() -> Scopes.name(dialog))
        .isInstanceOf(NotProvidedException.class)
        .hasMessageContaining("'application/page/dialog'");

    Scopes.open(application, store);
    assertThat(Scopes.name(dialog).get()).isEqualTo("Ada");
  }

  @Test
  void family_sameKey_isTheSameSignal() {
    Store<App> store = Store.of("app", App.empty());
    Signal<String> seven = Scopes.family(application, store);

    store.update(app -> app.withTodos(app.todos().set(new Todo(7, "milk", false))));

    assertThat(seven.get()).isEqualTo("milk");
  }

  @Test
  void leased_lastLease_closesTheRoomOnce() {
    Scopes.leased(application, shown::add);

    assertThat(shown).containsExactly("lobby: hello", "lobby: good day", "lobby closed");
  }

  @Test
  void timed_idleForTenMinutes_isClosed() {
    VirtualTimekeeper time = VirtualTimekeeper.create();
    application.provide(Scopes.TIME, time);
    Family<String, Scopes.Room> rooms = Scopes.timed(application, shown::add);

    rooms.get("lobby").say("hello");
    time.advance(Duration.ofMinutes(9));
    assertThat(shown).containsExactly("lobby: hello");

    time.advance(Duration.ofMinutes(1));
    assertThat(shown).containsExactly("lobby: hello", "lobby closed");
  }

  @Test
  void closedScope_ownedResource_isClosedAtOnce() {
    application.close();

    assertThatThrownBy(() -> application.own(new Scopes.Room("late", shown::add)))
        .isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> application.child("page")).isInstanceOf(ClosedException.class);

    assertThat(shown).containsExactly("late closed");
  }

  @Test
  void close_aCloserThrows_theOthersRun() {
    application.own(new Scopes.Room("first", shown::add));
    application.onClose(
        () -> {
          throw new IllegalStateException("stuck");
        });
    application.own(new Scopes.Room("last", shown::add));

    assertThatThrownBy(application::close)
        .isInstanceOf(CloseFailedException.class)
        .hasMessageContaining("stuck");

    assertThat(shown).containsExactly("last closed", "first closed");
  }

  @Test
  void family_factoryThrows_isAskedAgain() {
    List<String> asked = new ArrayList<>();
    Family<String, String> family =
        Family.lru(
            "names",
            10,
            key -> {
              asked.add(key);
              if (asked.size() == 1) {
                throw new IllegalStateException("not yet");
              }
              return key + "!";
            });

    assertThatThrownBy(() -> family.get("a")).hasMessage("not yet");
    assertThat(family.get("a")).isEqualTo("a!");
    assertThat(family.get("a")).isEqualTo("a!");

    assertThat(asked).containsExactly("a", "a");
  }
}
