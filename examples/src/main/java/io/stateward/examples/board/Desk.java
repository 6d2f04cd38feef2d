package io.stateward.examples.board;

import io.stateward.collection.PersistentMap;
import io.stateward.store.Lens;
import java.util.Set;

/**
 * What the person at this machine has chosen: preferences for all pages, and a view for each.
 *
 * @param preferences what holds for all pages, pins among it
 * @param views how each page looks at the processes, by session; without pins, and without the
 *     pages that look as in the beginning
 */
record Desk(Preferences preferences, PersistentMap<String, View> views) {

  static final Desk INITIAL = new Desk(Preferences.INITIAL, PersistentMap.of());

  Desk withPreferences(Preferences other) {
    return other.equals(preferences) ? this : new Desk(other, views);
  }

  /** Returns the desk with a page that looks so; the pins stay as they are. */
  Desk withPage(String session, View view) {
    View own = view.withPinned(Set.of());
    return own.equals(View.INITIAL)
        ? withoutPage(session)
        : new Desk(preferences, views.plus(session, own));
  }

  Desk withoutPage(String session) {
    return views.containsKey(session) ? new Desk(preferences, views.minus(session)) : this;
  }

  // excerpt: lens
  /** What one page shows: its own view, and the pins that it shares with all others. */
  static Lens<Desk, View> view(String session) {
    return Lens.of(
        desk ->
            desk.views.getOrDefault(session, View.INITIAL).withPinned(desk.preferences.pinned()),
        (desk, view) ->
            desk.withPage(session, view)
                .withPreferences(desk.preferences.withPinned(view.pinned())));
  }
  // end of excerpt
}
