package io.stateward.statemachine.internal;

import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.PendingTimer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes positions apart and puts them together again, by name. */
final class Restoring {

  private final Chart chart;
  private final Parts parts;
  private final long[] active;
  private final @Nullable Object[] slots;

  Restoring(Chart chart, Parts parts) {
    this.chart = chart;
    this.parts = parts;
    this.active = Bits.words(chart.nodes.length);
    this.slots = new Object[chart.slots()];
  }

  <S> Position<S> position() {
    for (String leaf : parts.leaves()) {
      activate(leaf);
    }
    check(chart.root(), active);
    fill();
    checkData();
    checkNumbers();
    parts.timers().stream().filter(it -> !it.state().isEmpty()).forEach(this::check);
    parts.invocations().forEach(it -> check(it.state(), chart.invoke(it.state(), it.name())));
    return Positions.of(
        chart,
        active,
        slots,
        remembered(),
        new Extras(
            null,
            null,
            null,
            parts.timers(),
            parts.invocations(),
            parts.deferred(),
            next(),
            parts.time(),
            parts.ended()));
  }

  /** Returns a number above all that are in use. */
  private long next() {
    long next = parts.next();
    for (PendingTimer timer : parts.timers()) {
      next = Math.max(next, timer.number() + 1);
    }
    for (Invocation invocation : parts.invocations()) {
      next = Math.max(next, invocation.number() + 1);
    }
    return next;
  }

  private void activate(String leaf) {
    Node node = chart.node(leaf);
    if (!node.leaf()) {
      throw refuse("State %s is not a leaf.".formatted(leaf));
    }
    for (Node each = node; each != null; each = each.parent) {
      Bits.add(active, each.number);
    }
  }

  /** Checks that of a compound one child is active, and of a parallel state each. */
  private void check(Node node, long[] active) {
    int count = 0;
    for (Node child : node.children) {
      if (Bits.has(active, child.number)) {
        count++;
        check(child, active);
      }
    }
    int wanted = node.kind == StateSpec.Kind.PARALLEL ? node.children.length : 1;
    if (!node.leaf() && count != wanted) {
      throw refuse(
          "Of %s in state %s %d are active and not %d."
              .formatted(List.of(node.children), node, count, wanted));
    }
  }

  private void checkData() {
    for (Node node : chart.nodes) {
      if (Bits.has(active, node.number)) {
        check(node, slots[node.slot]);
      }
    }
    Class<?> beside = chart.form() == Form.KEY ? chart.input() : null;
    if (beside != null && !beside.isInstance(slots[0])) {
      throw refuse(
          "The data beside its states is %s and not a %s."
              .formatted(Fit.label(slots[0]), beside.getName()));
    }
  }

  private void check(Node node, @Nullable Object data) {
    if (Fit.misfits(node, data)) {
      throw refuse(
          "The data of state %s is %s and not a %s.".formatted(node, Fit.label(data), node.type));
    }
  }

  private void checkNumbers() {
    Set<Long> numbers = new HashSet<>();
    parts.timers().forEach(it -> check(numbers, it.number(), it));
    parts.invocations().forEach(it -> check(numbers, it.number(), it));
  }

  private void check(Set<Long> numbers, long number, Object what) {
    if (number < 0 || !numbers.add(number)) {
      throw refuse("The number %d of %s is negative or not its alone.".formatted(number, what));
    }
  }

  private void check(PendingTimer timer) {
    check(timer.state(), chart.timer(timer.state(), timer.name()));
  }

  private void check(String state, Object what) {
    if (!Bits.has(active, chart.node(state).number)) {
      throw refuse("State %s is not active, but %s waits in it.".formatted(state, what));
    }
  }

  private void fill() {
    parts
        .data()
        .forEach(
            (name, data) -> {
              Node region = chart.regions[0].name.equals(name) ? chart.root() : chart.node(name);
              if (!region.region) {
                throw refuse("State %s is not a region.".formatted(name));
              }
              slots[region.slot] = data;
            });
    parts
        .contexts()
        .forEach(
            (type, value) -> {
              int slot = chart.contextSlot(type);
              if (slot < 0) {
                throw refuse("There is no context of type %s.".formatted(type.getName()));
              }
              if (!type.isInstance(value)) {
                throw refuse(
                    "The context of type %s is %s.".formatted(type.getName(), Fit.label(value)));
              }
              slots[slot] = value;
            });
  }

  private @Nullable Remembered[] remembered() {
    @Nullable Remembered[] all = new Remembered[chart.histories.length];
    parts
        .histories()
        .forEach(
            (name, kept) -> {
              Node history = chart.node(name);
              if (!history.pseudo()) {
                throw refuse("State %s is not a history.".formatted(name));
              }
              all[history.history] = remembered(history, kept);
            });
    return all;
  }

  private Remembered remembered(Node history, List<Parts.Kept> kept) {
    Node parent = Objects.requireNonNull(history.parent);
    long[] past = Bits.words(chart.nodes.length);
    int[] states = new int[kept.size()];
    @Nullable Object[] data = new Object[kept.size()];
    for (int i = 0; i < states.length; i++) {
      Node state = chart.node(kept.get(i).state());
      check(history, parent, state);
      check(state, kept.get(i).data());
      for (Node each = state; each != parent; each = Objects.requireNonNull(each.parent)) {
        Bits.add(past, each.number);
      }
      states[i] = state.number;
      data[i] = kept.get(i).data();
    }
    checkPast(history, parent, past);
    return new Remembered(states, data);
  }

  private void check(Node history, Node parent, Node state) {
    boolean deep = history.kind == StateSpec.Kind.DEEP_HISTORY;
    boolean inside = deep ? parent.contains(state) && state.leaf() : state.parent == parent;
    boolean holds = state.kind == StateSpec.Kind.PARALLEL;
    boolean beside = holds && (state == parent || (deep && parent.contains(state)));
    if (state.pseudo() || !(inside || beside)) {
      throw refuse(
          "History %s cannot remember %s, but only what is in %s."
              .formatted(history, state, parent));
    }
  }

  /** Checks that what is remembered can be active at once; what is inside of it if it is deep. */
  private void checkPast(Node history, Node parent, long[] past) {
    if (history.kind == StateSpec.Kind.DEEP_HISTORY) {
      check(parent, past);
      return;
    }
    int count = 0;
    for (Node child : parent.children) {
      count += Bits.has(past, child.number) ? 1 : 0;
    }
    if (count != (parent.kind == StateSpec.Kind.PARALLEL ? parent.children.length : 1)) {
      throw refuse(
          "History %s remembers %d states directly in %s.".formatted(history, count, parent));
    }
  }

  private IllegalArgumentException refuse(String why) {
    return new IllegalArgumentException(
        "This is no position of machine %s: %s".formatted(chart.name(), why));
  }

  static Parts parts(Position<?> position) {
    Chart chart = position.chart;
    Extras more = position.more();
    Map<String, Object> data = new LinkedHashMap<>();
    for (Node region : chart.regions) {
      put(data, region.name, position.data(region.slot));
    }
    Map<Class<?>, Object> contexts = new LinkedHashMap<>();
    for (int i = 0; i < chart.contexts.length; i++) {
      put(contexts, chart.contexts[i].type(), position.data(chart.regions.length + i));
    }
    return new Parts(
        position.leaves(),
        data,
        contexts,
        histories(chart, more.history()),
        more.timers(),
        more.invocations(),
        more.deferred(),
        more.next(),
        more.time(),
        more.ended());
  }

  private static <K> void put(Map<K, Object> map, K key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  private static Map<String, List<Parts.Kept>> histories(
      Chart chart, @Nullable Remembered @Nullable [] history) {
    Map<String, List<Parts.Kept>> histories = new LinkedHashMap<>();
    for (int i = 0; history != null && i < history.length; i++) {
      Remembered remembered = history[i];
      if (remembered == null) {
        continue;
      }
      List<Parts.Kept> kept = new ArrayList<>();
      for (int j = 0; j < remembered.states.length; j++) {
        Node state = chart.nodes[remembered.states[j]];
        kept.add(new Parts.Kept(state.name, remembered.data[j]));
      }
      histories.put(chart.histories[i].name, kept);
    }
    return histories;
  }
}
