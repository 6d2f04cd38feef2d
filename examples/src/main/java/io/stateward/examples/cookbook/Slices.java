package io.stateward.examples.cookbook;

import io.stateward.signal.Signal;
import io.stateward.store.Lens;
import io.stateward.store.Store;
import java.util.Locale;
import java.util.function.Consumer;

/** Owning only your part. */
final class Slices {

  private Slices() {}

  // tag: module
  /** A module of the application: it is given the user and knows of nothing else. */
  static final class Profile {
    private final Store<User> user;

    Profile(Store<User> user) {
      this.user = user;
    }

    Signal<String> name() {
      return user.select(User::name);
    }

    void rename(String name) {
      user.update(now -> now.withName(name));
    }
  }

  // end

  static Profile slice(Store<App> store) {
    // tag: slice
    Store<User> user = store.slice(App::user, App::withUser);
    Profile profile = new Profile(user);
    // end
    return profile;
  }

  // tag: lens
  static final Lens<App, String> CITY =
      Lens.of(App::user, App::withUser)
          .then(Lens.of(User::address, User::withAddress))
          .then(Lens.of(Address::city, Address::withCity));

  // end

  static void lens(Store<App> store, Consumer<String> show) {
    // tag: useLens
    Store<String> city = store.slice(CITY);

    city.subscribe(change -> show.accept("moved to " + change.now()));
    city.set("Turin"); // shows moved to Turin
    store.update(app -> CITY.modify(app, name -> name.toUpperCase(Locale.ROOT))); // TURIN
    city.close(); // ends what was subscribed to the slice; the store stays open
    // end
  }
}
