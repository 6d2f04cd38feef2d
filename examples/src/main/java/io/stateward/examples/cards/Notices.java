package io.stateward.examples.cards;

import io.stateward.collection.PersistentVector;
import io.stateward.examples.Json;
import io.stateward.signal.Signal;
import io.stateward.store.Store;

/** What the person at a window is told, the oldest first; old news is forgotten. */
final class Notices {

  static final int MOST = 20;

  private final Store<PersistentVector<Notice>> all = Store.of("notices", PersistentVector.of());

  Signal<PersistentVector<Notice>> signal() {
    return all;
  }

  void tell(String tone, String text) {
    all.update(
        notices -> {
          long last = notices.isEmpty() ? 0 : notices.get(notices.size() - 1).number();
          PersistentVector<Notice> more = notices.append(new Notice(last + 1, tone, text));
          return more.size() > MOST ? more.without(0) : more;
        });
  }

  static String json(PersistentVector<Notice> notices) {
    return Json.object().put("notices", notices.stream().map(Notice::toJson).toList()).toString();
  }
}
