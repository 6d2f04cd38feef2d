package io.stateward.statemachine.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Charts drawn at random from a seed: nested, parallel, with guards on data, history, raised and
 * deferred events, timers and work. The same seed draws the same chart.
 */
final class RandomCharts {

  static final List<String> EVENTS = List.of("e0", "e1", "e2", "e3");

  private final Random random;
  private final boolean flat;
  private final boolean plain;
  private final List<Sketch> all = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  private RandomCharts(long seed, boolean flat, boolean plain) {
    this.random = new Random(seed);
    this.flat = flat;
    this.plain = plain;
  }

  /**
   * Draws a chart.
   *
   * @param flat whether without parallel states
   * @param plain whether with nothing but what direct moves can do
   */
  static ChartSpec draw(long seed, boolean flat, boolean plain) {
    RandomCharts charts = new RandomCharts(seed, flat, plain);
    Sketch[] top = new Sketch[2 + charts.random.nextInt(3)];
    for (int i = 0; i < top.length; i++) {
      top[i] = charts.state(0);
    }
    charts.all.forEach(charts::arcs);
    ChartSpec chart = Sketch.chart(top);
    chart.budget(30);
    chart.contexts().add(new ChartSpec.ContextSpec(Long.class, (input, event, view) -> 0L));
    return chart;
  }

  private Sketch state(int depth) {
    String name = "s" + names.size();
    names.add(name);
    int kind = depth >= 3 ? 0 : random.nextInt(flat ? 6 : 8);
    Sketch sketch;
    if (kind < 3) {
      sketch = Sketch.atomic(name);
    } else if (kind < 6) {
      sketch = Sketch.compound(name, children(depth));
    } else {
      sketch = Sketch.parallel(name, children(depth));
    }
    all.add(sketch);
    if (random.nextBoolean()) {
      sketch.entry(Sketch.run("+" + name));
    }
    if (random.nextBoolean()) {
      sketch.exit(Sketch.run("-" + name));
    }
    extras(sketch, name);
    return sketch;
  }

  private Sketch[] children(int depth) {
    List<Sketch> children = new ArrayList<>();
    for (int i = 2 + random.nextInt(2); i > 0; i--) {
      children.add(state(depth + 1));
    }
    if (!plain && random.nextInt(3) == 0) {
      String name = "h" + names.size();
      names.add(name);
      children.add(random.nextBoolean() ? Sketch.deep(name) : Sketch.shallow(name));
    }
    return children.toArray(Sketch[]::new);
  }

  private void extras(Sketch sketch, String name) {
    if (plain) {
      return;
    }
    if (random.nextInt(6) == 0) {
      sketch.after(Duration.ofSeconds(1 + random.nextInt(3)), target());
    }
    if (random.nextInt(8) == 0) {
      InvokeSpec invoke = sketch.invoke("w" + name);
      sketch.arc(new Trigger.Ended(invoke, Trigger.Ending.DONE), arc -> {}, target());
    }
    if (random.nextInt(8) == 0) {
      sketch.entry(Sketch.raise(EVENTS.get(random.nextInt(EVENTS.size()))));
    }
  }

  private String target() {
    return names.get(random.nextInt(names.size()));
  }

  private void arcs(Sketch sketch) {
    for (int i = random.nextInt(4); i > 0; i--) {
      String event = random.nextInt(8) == 0 ? "*" : EVENTS.get(random.nextInt(EVENTS.size()));
      int salt = random.nextInt(3);
      String[] targets = random.nextInt(5) == 0 ? new String[0] : new String[] {target()};
      boolean external = random.nextInt(6) == 0;
      boolean guarded = random.nextInt(2) == 0;
      boolean deferring = !plain && targets.length == 0 && random.nextInt(3) == 0;
      sketch.on(
          event,
          arc -> {
            if (guarded) {
              arc.guard(new Guard("g" + salt, (data, by, view) -> number(data) % 3 != salt, false));
            }
            if (deferring) {
              arc.reaction(ArcSpec.Reaction.DEFER);
              return;
            }
            arc.external(external);
            arc.update((data, by, view) -> number(data) * 7 + salt);
            if (salt == 1) {
              arc.actions().add(Sketch.run("act"));
            }
          },
          targets);
    }
  }

  private static long number(@Nullable Object data) {
    return data == null ? 1 : (long) data % 1_000_003;
  }
}
