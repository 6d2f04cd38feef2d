package io.stateward.examples.cards;

import io.stateward.collection.EntityTable;
import io.stateward.collection.EntryChange;
import io.stateward.examples.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * What is sent of a table of cards to one page: the difference to what it was sent before.
 *
 * <p><b>Thread safety.</b> Confined to the stream of the page.
 */
final class CardPatches {

  private EntityTable<Long, Card> shown = Cards.none().table();

  /** Returns the difference; renamed are cards that are the same under another id. */
  String next(EntityTable<Long, Card> now, List<Object> renamed) {
    List<Object> changed = new ArrayList<>();
    List<Object> gone = new ArrayList<>();
    for (EntryChange<Long, Card> change : now.diff(shown)) {
      Card card = change.now();
      if (card == null) {
        gone.add(Long.toString(change.key()));
      } else {
        changed.add(json(card));
      }
    }
    shown = now;
    return Json.object()
        .put("changed", changed)
        .put("gone", gone)
        .put("renamed", renamed)
        .toString();
  }

  private static List<Object> json(Card card) {
    return List.of(
        Long.toString(card.id()),
        card.title(),
        card.note(),
        card.labels().stream().sorted().toList(),
        card.column().label());
  }
}
