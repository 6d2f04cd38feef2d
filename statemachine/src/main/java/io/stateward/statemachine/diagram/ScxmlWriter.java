package io.stateward.statemachine.diagram;

import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Guard;
import io.stateward.statemachine.internal.InvokeSpec;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.TimerSpec;
import io.stateward.statemachine.internal.Trigger;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a chart as a document of SCXML. */
final class ScxmlWriter {

  private static final Pattern IN = Pattern.compile("\\s*In\\(\\s*'?[\\w.-]+'?\\s*\\)\\s*");
  private static final Pattern RAISE = Pattern.compile("raise ([\\w.-]+)");

  private final Chart chart;
  private final XmlIds ids;
  private final String model;

  ScxmlWriter(Chart chart) {
    this.chart = chart;
    this.ids = new XmlIds(chart);
    boolean portable =
        chart.arcs().stream()
            .map(Arc::guard)
            .filter(Objects::nonNull)
            .allMatch(guard -> IN.matcher(guard.name()).matches());
    this.model = portable ? "null" : "stateward";
  }

  String document() {
    Xml root = new Xml("scxml");
    root.set("xmlns", "http://www.w3.org/2005/07/scxml").set("version", "1.0");
    root.set("xmlns:stateward", ScxmlText.NAMESPACE);
    root.set("name", ids.token(chart.name())).set("datamodel", model);
    if (!ids.token(chart.name()).equals(chart.name())) {
      root.set("stateward:name", chart.name());
    }
    if (Sketch.rootActs(chart)) {
      wrapped(root);
    } else {
      begin(chart.root(), root);
      inside(chart.root(), root);
    }
    Lines out = new Lines().add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    root.write(out);
    return out.toString();
  }

  /** A root that does something is a state of its own, whose end is that of the machine. */
  private void wrapped(Xml root) {
    String whole = ids.of(chart.root());
    String end = ids.fresh(whole + ".end");
    root.set("initial", whole);
    Xml state = state(chart.root());
    state.add(new Xml("transition").set("event", "done.state." + whole).set("target", end));
    root.add(state).add(new Xml("final").set("id", end));
  }

  private Xml state(Node node) {
    Xml state =
        new Xml(
            switch (node.kind()) {
              case PARALLEL -> "parallel";
              case FINAL -> "final";
              case SHALLOW_HISTORY, DEEP_HISTORY -> "history";
              default -> "state";
            });
    state.set("id", ids.of(node));
    if (!ids.of(node).equals(node.name())) {
      state.set("stateward:name", node.name());
    }
    if (node.pseudo()) {
      state.set("type", node.kind() == StateSpec.Kind.DEEP_HISTORY ? "deep" : "shallow");
      return state.add(transition(Objects.requireNonNull(node.initial())));
    }
    begin(node, state);
    behaviour(node, state);
    node.invokes().forEach(invoke -> state.add(invoke(node, invoke)));
    node.arcs().forEach(arc -> state.add(transition(arc)));
    inside(node, state);
    return state;
  }

  private void inside(Node node, Xml state) {
    Stream.concat(node.histories().stream(), node.children().stream())
        .sorted(Comparator.comparingInt(Node::number))
        .forEach(child -> state.add(state(child)));
  }

  private void begin(Node node, Xml state) {
    Arc initial = node.initial();
    if (initial == null) {
      return;
    }
    if ((node == chart.root() && !Sketch.rootActs(chart)) || Labels.actions(initial).isEmpty()) {
      state.set("initial", targets(initial));
    } else {
      state.add(new Xml("initial").add(transition(initial)));
    }
  }

  private void behaviour(Node node, Xml state) {
    Xml entry = block("onentry", node.entry());
    Xml exit = block("onexit", node.exit());
    for (TimerSpec timer : node.timers()) {
      entry.add(sent(node, timer));
      exit.add(new Xml("cancel").set("sendid", ids.part(node, timer, timer.name())));
    }
    Stream.of(entry, exit).filter(it -> !it.isEmpty()).forEach(state::add);
  }

  private Xml sent(Node node, TimerSpec timer) {
    String event = ids.part(node, timer, timer.name());
    Xml send = new Xml("send").set("id", event).set("event", event);
    OptionalLong millis = Delays.millis(timer);
    return millis.isPresent()
        ? send.set("delay", delay(millis.getAsLong()))
        : send.set("delayexpr", timer.name());
  }

  private static String delay(long millis) {
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private static Xml block(String name, List<Action> actions) {
    Xml block = new Xml(name);
    actions.forEach(action -> block.add(content(Labels.action(action))));
    return block;
  }

  /** What documents raise is raised; everything else is said. */
  private static Xml content(String name) {
    var raise = RAISE.matcher(name);
    return raise.matches()
        ? new Xml("raise").set("event", raise.group(1))
        : new Xml("log").set("label", name.startsWith("log ") ? name.substring(4) : name);
  }

  private Xml invoke(Node node, InvokeSpec invoke) {
    return new Xml("invoke")
        .set("id", ids.part(node, invoke, invoke.name()))
        .set("type", ScxmlText.NAMESPACE)
        .set("src", "#" + ids.token(invoke.name()));
  }

  private Xml transition(Arc arc) {
    Xml transition = new Xml("transition");
    String events = events(arc);
    if (!events.isEmpty()) {
      transition.set("event", events);
    }
    Guard guard = arc.guard();
    if (guard != null) {
      transition.set("cond", guard.name());
    }
    if (!arc.targets().isEmpty()) {
      transition.set("target", targets(arc));
    }
    if (internal(arc)) {
      transition.set("type", "internal");
    }
    if (arc.reaction() != ArcSpec.Reaction.ACT) {
      transition.set("stateward:reaction", arc.reaction().name().toLowerCase(Locale.ROOT));
    }
    Labels.actions(arc).forEach(action -> transition.add(content(action)));
    return transition;
  }

  /** As the document said it; or where a machine of types does not leave what it is in. */
  private boolean internal(Arc arc) {
    if (arc.trigger() instanceof Trigger.Initial || arc.external()) {
      return false;
    }
    boolean inside = arc.targets().stream().allMatch(arc.source()::contains);
    return chart.strict() || (inside && !arc.targets().isEmpty());
  }

  private String events(Arc arc) {
    Trigger trigger = arc.trigger();
    Node source = arc.source();
    if (trigger instanceof Trigger.On on) {
      return Events.of(chart, on).stream().map(ids::event).collect(Collectors.joining(" "));
    }
    if (trigger instanceof Trigger.After after) {
      return ids.part(source, after.timer(), after.timer().name());
    }
    if (trigger instanceof Trigger.Ended ended) {
      String how = ended.ending().name().toLowerCase(Locale.ROOT);
      return how + ".invoke." + ids.part(source, ended.invoke(), ended.invoke().name());
    }
    return trigger instanceof Trigger.Done ? "done.state." + ids.of(source) : "";
  }

  private String targets(Arc arc) {
    return Labels.ends(arc).stream().map(ids::of).collect(Collectors.joining(" "));
  }
}
