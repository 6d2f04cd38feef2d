package io.stateward.examples.cards;

import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.collection.PersistentVector;
import io.stateward.examples.EventStream;
import io.stateward.examples.Json;
import io.stateward.optimistic.DeadLetter;
import io.stateward.optimistic.MutationId;
import io.stateward.optimistic.Pending;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one page shows of a desk, of the comparison and of the server, sent as it changes. */
final class Page {

  private static final int MOST_LETTERS = 5;

  private final Desk desk;
  private final EventStream stream;
  private final Delivery delivery;

  /** A log and what each of its mutations is about. */
  private record Log(List<Pending> pending, PersistentMap<MutationId, Long> subjects) {}

  /** What can be undone and redone; null for nothing. */
  private record Names(@Nullable String undo, @Nullable String redo) {
    String toJson() {
      return Json.object()
          .put("undoable", undo != null)
          .put("redoable", redo != null)
          .put("undo", undo)
          .put("redo", redo)
          .toString();
    }
  }

  Page(Desk desk, EventStream stream) {
    this.desk = desk;
    this.stream = stream;
    this.delivery = Delivery.latest().on(stream).withCurrent();
  }

  /** Sends everything, and then whatever changes. */
  Subscription show(CardServer server) {
    Signal<Log> log = Signal.combine(desk.store().pending(), desk.books().subjects(), Log::new);
    Signal<Names> steps =
        Signal.combine(desk.history().undoName(), desk.history().redoName(), Names::new);
    List<Subscription> all =
        List.of(
            cards("cards", desk.visible()),
            cards("confirmed", desk.store().confirmed().map(Cards::table)),
            cards("naive", desk.naive()),
            send("pending", log, this::pending),
            send("letters", desk.store().deadLetters(), Page::letters),
            send("notices", desk.books().notices().signal(), Notices::json),
            send("questions", desk.questions().signal(), desk.questions()::json),
            send("history", steps, Names::toJson),
            send("figures", desk.books().figures(), Figures::toJson),
            send("dials", server.dials(), Dials::toJson),
            send("log", server.log(), Page::log));
    return () -> all.forEach(Subscription::close);
  }

  private Subscription cards(String event, Signal<EntityTable<Long, Card>> cards) {
    CardPatches patches = new CardPatches();
    return send(event, cards, now -> patches.next(now, desk.books().renamed()));
  }

  private <T> Subscription send(String event, Signal<T> signal, Function<T, String> json) {
    return signal.subscribe(delivery, change -> stream.send(event, json.apply(change.now())));
  }

  private String pending(Log log) {
    return Json.object()
        .put("pending", log.pending().stream().map(each -> pending(each, log)).toList())
        .toString();
  }

  private List<Object> pending(Pending pending, Log log) {
    Long card = log.subjects().get(pending.id());
    return List.of(
        pending.id().number(),
        pending.name(),
        pending.status().name().toLowerCase(Locale.ROOT),
        card == null ? "" : Long.toString(desk.store().ids().real(card)));
  }

  private static String letters(List<DeadLetter<Cards>> letters) {
    return Json.object()
        .put(
            "letters",
            letters.subList(Math.max(0, letters.size() - MOST_LETTERS), letters.size()).stream()
                .map(letter -> List.of(letter.id().number(), letter.name(), letter.reason()))
                .toList())
        .toString();
  }

  private static String log(PersistentVector<LogLine> lines) {
    return Json.object().put("lines", lines.stream().map(LogLine::toJson).toList()).toString();
  }
}
