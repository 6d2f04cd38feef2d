package io.stateward.statemachine.internal;

import io.stateward.statemachine.Unhandled;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A compiled chart: states numbered in the order of the document, transitions, and for each kind of
 * event the transitions that may be taken.
 *
 * <p><b>Thread safety.</b> Immutable, but for tables that are filled as they are needed.
 */
public final class Chart {

  final Node[] nodes;
  final Arc[] arcs;
  final Node[] histories;
  final Node[] regions;
  final ChartSpec.ContextSpec[] contexts;
  final Features features;
  final Rows rows;
  final Told.Kept told;

  /** The table of {@link Rows#first}, a look less away. */
  final @Nullable Move[] first;

  /** How many states there are. */
  final int width;

  /** How it begins, if that is direct. */
  final @Nullable Move start;

  /** Whether moves that can go the direct way do. */
  final boolean direct;

  /** The spare workspace: whoever takes it puts it back, whoever finds none makes one. */
  final AtomicReference<@Nullable Macrostep> spare = new AtomicReference<>();

  private final String name;
  private final EventSpace events;
  private final Form form;
  private final boolean strict;
  private final int version;
  private final int budget;
  private final Unhandled unhandled;
  private final @Nullable Class<?> input;
  private final String structure;
  private final Map<String, Node> byName = new HashMap<>();
  private final Map<Object, Node> byKey = new HashMap<>();

  Chart(
      ChartSpec spec, Node[] nodes, Arc[] arcs, Node[] histories, Node[] regions, boolean direct) {
    this.direct = direct;
    this.nodes = nodes;
    this.width = nodes.length;
    this.arcs = arcs;
    this.histories = histories;
    this.regions = regions;
    this.contexts = spec.contexts().toArray(ChartSpec.ContextSpec[]::new);
    this.name = spec.name();
    this.events = spec.events();
    this.form = spec.form();
    this.strict = spec.strict();
    this.version = spec.version();
    this.budget = spec.budget();
    this.unhandled = spec.unhandled();
    this.input = spec.input();
    this.structure = Structure.digest(nodes);
    for (Node node : nodes) {
      node.type = Fit.type(form, node);
      byName.put(node.name, node);
      if (node.key != null) {
        byKey.putIfAbsent(node.key, node);
      }
    }
    this.features = new Features(nodes, arcs, contexts.length > 0);
    this.rows = new Rows(this);
    this.first = rows.first;
    this.told = new Told.Kept(this);
    this.start = Moves.begin(this);
  }

  /** What people call the machine. */
  public String name() {
    return name;
  }

  /** All states, by number; the first one is the root. */
  public List<Node> nodes() {
    return List.of(nodes);
  }

  /** The state that everything is in. */
  public Node root() {
    return nodes[0];
  }

  /** All transitions, in the order of the document; without those of where states begin. */
  public List<Arc> arcs() {
    return List.of(arcs);
  }

  /** The histories, in the order of the document. */
  public List<Node> histories() {
    return List.of(histories);
  }

  /** The regions, by their slots; the first one is the root. */
  public List<Node> regions() {
    return List.of(regions);
  }

  /** The contexts; their slots come after those of the regions. */
  public List<ChartSpec.ContextSpec> contexts() {
    return List.of(contexts);
  }

  /** How events are told apart. */
  public EventSpace events() {
    return events;
  }

  /** What a value of the state is made of. */
  public Form form() {
    return form;
  }

  /** Whether the W3C's rules hold to the letter. */
  public boolean strict() {
    return strict;
  }

  /** The version of the definition. */
  public int version() {
    return version;
  }

  /** The most microsteps of a macrostep. */
  public int budget() {
    return budget;
  }

  /** What becomes of events that no active state answers to. */
  public Unhandled unhandled() {
    return unhandled;
  }

  /** The type of the parameter that a machine starts with, or null for none. */
  public @Nullable Class<?> input() {
    return input;
  }

  /** A digest of states, kinds and transitions by name: 16 hexadecimal digits. */
  public String structure() {
    return structure;
  }

  /** Whether the chart has no parallel state, so that one leaf is active at a time. */
  public boolean flat() {
    return features.flat;
  }

  /** Whether what it does may depend on the time: timers, or events that are sent. */
  public boolean usesTime() {
    return features.usesTime;
  }

  /** Whether it needs somebody who watches the time or does work: an actor. */
  public boolean needsActor() {
    return features.needsActor;
  }

  /**
   * Returns the transitions that may be taken, first one that its guard allows, when an event comes
   * while a leaf is active: innermost state first, in the order of the document within a state.
   *
   * @param leaf an atomic or final state
   * @param kind of the event
   */
  public List<Arc> candidates(Node leaf, int kind) {
    return Arrays.stream(rows.on(kind).moves(leaf.number)).map(move -> move.arc).toList();
  }

  /** Returns a state by its name, or null. */
  public @Nullable Node find(String state) {
    return byName.get(state);
  }

  /**
   * Returns a state by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Node node(String state) {
    Node node = byName.get(state);
    if (node == null) {
      throw new IllegalArgumentException(
          "The machine %s has no state %s; it has %s."
              .formatted(name, state, byName.keySet().stream().sorted().toList()));
    }
    return node;
  }

  /** Returns a state by what the form knows it by, or null. */
  public @Nullable Node byKey(Object key) {
    return byKey.get(key);
  }

  /** Returns the slot of a context by the type that it was declared with, or -1. */
  public int contextSlot(Class<?> type) {
    for (int i = 0; i < contexts.length; i++) {
      if (contexts[i].type() == type) {
        return regions.length + i;
      }
    }
    return -1;
  }

  /** Returns how many slots there are: of the regions, then of the contexts. */
  public int slots() {
    return regions.length + contexts.length;
  }

  /**
   * Returns work by the names of its state and its own.
   *
   * @throws IllegalArgumentException if there is none
   */
  public InvokeSpec invoke(String state, String invoke) {
    for (InvokeSpec spec : node(state).invokes) {
      if (spec.name().equals(invoke)) {
        return spec;
      }
    }
    throw new IllegalArgumentException(
        "The state %s of machine %s invokes nothing called %s.".formatted(state, name, invoke));
  }

  /**
   * Returns a timer by the names of its state and its own.
   *
   * @throws IllegalArgumentException if there is none
   */
  public TimerSpec timer(String state, String timer) {
    for (TimerSpec spec : node(state).timers) {
      if (spec.name().equals(timer)) {
        return spec;
      }
    }
    throw new IllegalArgumentException(
        "The state %s of machine %s has no timer called %s.".formatted(state, name, timer));
  }

  /** Returns where a compound begins, or a history without a past leads. */
  static Arc initial(Node node) {
    return Objects.requireNonNull(node.initial);
  }

  @Override
  public String toString() {
    return "Chart[%s v%d, %d states]".formatted(name, version, nodes.length - 1);
  }
}
