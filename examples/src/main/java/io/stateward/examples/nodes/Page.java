package io.stateward.examples.nodes;

import io.stateward.examples.EventStream;
import io.stateward.examples.Fields;
import io.stateward.examples.Json;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a page shows, sent as it changes. */
final class Page {

  private final Lab lab;
  private final Plays plays;
  private final Look look;

  Page(Lab lab, Plays plays, Look look) {
    this.lab = lab;
    this.plays = plays;
    this.look = look;
  }

  /** Connects a page: everything, and then whatever changes. */
  Runnable connect(Fields query, EventStream stream) {
    query.nothingElse();
    stream.execute(() -> stream.send("hello", hello()));
    List<Subscription> all = new ArrayList<>();
    all.add(send(stream, "said", lab.said(), Said::toJson));
    all.add(send(stream, "step", plays.step(), words -> one("step", words)));
    all.add(send(stream, "figures", look.figures(), json -> json));
    for (Half half : lab.halves()) {
      String side = half.side.id();
      all.add(send(stream, side, look.places(half.side), Places::toJson));
      all.add(send(stream, side + "-reads", half.reads.tally(), Reads.Tally::toJson));
      all.add(send(stream, side + "-lines", half.timeline.lines(), Page::lines));
      all.add(send(stream, "dials", half.database.held(), held -> dials()));
    }
    all.add(send(stream, "dials", lab.dials(), now -> dials()));
    look.come();
    return () -> {
      look.leave();
      all.forEach(Subscription::close);
    };
  }

  private String hello() {
    Tier tier = lab.tier;
    return Json.object()
        .put("keys", Menu.KEYS.stream().map(key -> List.of(key, Menu.tagOf(key))).toList())
        .put("shared", tier.title())
        .put("notice", tier.notice())
        .put("substitute", tier.isSubstitute())
        .put("ours", tier.isOurs())
        .toString();
  }

  private String dials() {
    return lab.dials().get().toJson(lab.held());
  }

  private static String one(String name, String value) {
    return Json.object().put(name, value).toString();
  }

  private static String lines(List<Line> lines) {
    return Json.object().put("lines", lines.stream().map(Line::toJson).toList()).toString();
  }

  private static <T> Subscription send(
      EventStream stream, String event, Signal<T> signal, Function<T, String> json) {
    return signal.subscribe(
        Delivery.latest().on(stream).withCurrent(),
        change -> stream.send(event, json.apply(change.now())));
  }
}
