package io.stateward.examples.nodes;

import io.stateward.examples.Fields;
import io.stateward.examples.Refusal;
import io.stateward.examples.Routes;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What a page may ask for. Each request is checked as a whole before it acts. */
final class Requests {

  private static final int MOST = 32; // that are under way

  private final AtomicInteger underWay = new AtomicInteger();
  private final Lab lab;
  private final Plays plays;
  private final Look look;

  Requests(Lab lab, Plays plays, Look look) {
    this.lab = lab;
    this.plays = plays;
    this.look = look;
  }

  void addTo(Routes routes) {
    routes
        .post("/nodes/read", this::read)
        .post("/nodes/write", this::write)
        .post("/nodes/tag", this::tag)
        .post("/nodes/clear", this::clear)
        .post("/nodes/drop", fields -> flag(fields, (dials, on) -> dials.withDropped(on)))
        .post("/nodes/failing", fields -> flag(fields, (dials, on) -> dials.withFailing(on)))
        .post("/nodes/short", fields -> flag(fields, Requests::fresh))
        .post("/nodes/latency", this::latency)
        .post("/nodes/hold", fields -> at(fields, lab::hold))
        .post("/nodes/release", fields -> at(fields, lab::release))
        .post("/nodes/flush", fields -> at(fields, lab::flush))
        .post("/nodes/kill", fields -> at(fields, lab::kill))
        .post("/nodes/start", fields -> at(fields, lab::start))
        .post("/nodes/over", fields -> at(fields, lab::startOver))
        .post("/nodes/play", this::play);
  }

  private void read(Fields fields) {
    String node = node(fields);
    String key = Menu.known(fields.text("key", 20));
    boolean own = fields.flag("own");
    fields.nothingElse();
    begin(() -> own ? lab.readOwn(node, key) : lab.read(node, key));
  }

  private void write(Fields fields) {
    String node = node(fields);
    String key = Menu.known(fields.text("key", 20));
    String value = fields.text("value", Menu.LONGEST_VALUE).strip();
    WriteMode mode = WriteMode.named(fields.text("mode", 10));
    fields.nothingElse();
    if (value.isEmpty()) {
      throw Refusal.badInput("A price has at least one character.");
    }
    begin(() -> lab.write(node, key, value, mode));
  }

  private void tag(Fields fields) {
    String node = node(fields);
    String tag = Menu.knownTag(fields.text("tag", 20));
    fields.nothingElse();
    begin(() -> lab.invalidateTag(node, tag));
  }

  private void clear(Fields fields) {
    String node = node(fields);
    fields.nothingElse();
    begin(() -> lab.clear(node));
  }

  private static String node(Fields fields) {
    String node = fields.text("node", 20);
    if (!node.equals("A") && !node.equals("B")) {
      throw Refusal.badInput("There is no node '%s'. There are A and B.".formatted(node));
    }
    return node;
  }

  private void latency(Fields fields) {
    long millis = fields.between("millis", 0, Dials.LONGEST_LATENCY.toMillis());
    fields.nothingElse();
    lab.dial(dials -> dials.withLatency(Duration.ofMillis(millis)));
  }

  /** Turns something on or off. */
  private interface Switch {
    Dials turned(Dials dials, boolean on);
  }

  private void flag(Fields fields, Switch wanted) {
    boolean on = fields.flag("on");
    fields.nothingElse();
    lab.dial(dials -> wanted.turned(dials, on));
  }

  private static Dials fresh(Dials dials, boolean isShort) {
    return dials.withFresh(isShort ? Dials.SHORT : Dials.LONG);
  }

  private void at(Fields fields, Runnable deed) {
    fields.nothingElse();
    deed.run();
    look.now();
  }

  private void play(Fields fields) {
    String name = fields.text("name", 20);
    fields.nothingElse();
    plays.play(name);
  }

  private void begin(Supplier<? extends CompletionStage<Void>> deed) {
    if (underWay.incrementAndGet() > MOST) {
      underWay.decrementAndGet();
      throw new Refusal(429, "%d requests are under way. Let some of them end.".formatted(MOST));
    }
    try {
      deed.get().whenComplete((done, failure) -> end());
    } catch (Refusal e) {
      underWay.decrementAndGet();
      throw e;
    }
  }

  private void end() {
    underWay.decrementAndGet();
    look.now();
  }
}
