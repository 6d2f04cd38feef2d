package io.stateward.examples.cookbook;

import io.stateward.scope.Family;
import io.stateward.scope.Lease;
import io.stateward.scope.LeasedFamily;
import io.stateward.scope.Scope;
import io.stateward.scope.ScopeKey;
import io.stateward.signal.Signal;
import io.stateward.store.Keyed;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.function.Consumer;

/** Lifetimes, look-up and families. */
final class Scopes {

  private Scopes() {}

  enum Theme {
    LIGHT,
    DARK
  }

  // tag: keys
  static final ScopeKey<Theme> THEME = ScopeKey.withDefault("theme", Theme.LIGHT);
  static final ScopeKey<Store<User>> USER = ScopeKey.of("user");
  static final ScopeKey<Timekeeper> TIME = ScopeKey.withDefault("time", Timekeeper.system());

  // end

  static void lifetime(Scope application, Consumer<String> show) {
    // tag: lifetime
    try (Scope page = application.child("page")) {
      Store<Integer> clicks = page.own(Store.of("clicks", 0));
      page.subscribe(clicks, change -> show.accept(change.now() + " clicks"));
      page.onClose(() -> show.accept("page closed"));

      clicks.update(n -> n + 1); // shows 1 clicks
    } // shows page closed; the subscription and the store end with it
    // end
  }

  static void lookup(Scope application, Scope page, Consumer<String> show) {
    // tag: lookup
    Signal<Theme> theme = page.lookup(THEME); // nobody provides one yet: the default, LIGHT

    page.subscribe(theme, change -> show.accept("theme " + change.now()));
    application.provide(THEME, Theme.DARK); // shows theme DARK
    page.provide(THEME, Theme.LIGHT); // nearer: shows theme LIGHT
    page.withdraw(THEME); // the application's again: shows theme DARK
    // end
  }

  // tag: part
  static void open(Scope application, Store<App> store) {
    application.provide(USER, store.slice(App::user, App::withUser));
  }

  static Signal<String> name(Scope anywhereBelow) {
    return anywhereBelow.lookup(USER).get().select(User::name);
  }

  // end

  static Signal<String> family(Scope scope, Store<App> store) {
    // tag: family
    Keyed<Long, Todo> todos = store.entities(App::todos);
    Family<Long, Signal<String>> titles =
        scope.own(
            Family.lru(
                "titles",
                1_000,
                id -> todos.at(id).map(todo -> todo == null ? "gone" : todo.title())));

    Signal<String> seven = titles.get(7L); // made once, and the same for everybody who asks
    // end
    return seven;
  }

  // tag: room
  /** Something that has to be closed. */
  record Room(String name, Consumer<String> log) implements AutoCloseable {

    void say(String words) {
      log.accept(name + ": " + words);
    }

    @Override
    public void close() {
      log.accept(name + " closed");
    }
  }

  // end

  static void leased(Scope scope, Consumer<String> log) {
    // tag: leased
    LeasedFamily<String, Room> rooms =
        scope.own(Family.counted("rooms", name -> new Room(name, log)));

    try (Lease<Room> mine = rooms.lease("lobby");
        Lease<Room> yours = rooms.lease("lobby")) { // the same room
      mine.value().say("hello");
      yours.value().say("good day");
    } // lobby closed, with the last lease
    // end
  }

  static Family<String, Room> timed(Scope scope, Consumer<String> log) {
    // tag: timed
    Family<String, Room> rooms =
        scope.own(
            Family.idle(
                "rooms",
                Duration.ofMinutes(10),
                scope.lookup(TIME).get(),
                name -> new Room(name, log)));
    // end
    return rooms;
  }
}
