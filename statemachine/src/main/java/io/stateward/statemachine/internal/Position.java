package io.stateward.statemachine.internal;

import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot of an instance of a compiled chart: a leaf and its data, and what else there is.
 *
 * @param <S> the type of the state
 */
public final class Position<S> implements Snapshot<S> {

  final Chart chart;

  /** The one active leaf, or -1 if several are active, or none. */
  final int leaf;

  final @Nullable Object data;
  final @Nullable Extras extras;

  Position(Chart chart, int leaf, @Nullable Object data, @Nullable Extras extras) {
    this.chart = chart;
    this.leaf = leaf;
    this.data = data;
    this.extras = extras;
  }

  /**
   * Makes a position of its parts.
   *
   * @throws IllegalArgumentException if the chart has no such position, with the reason
   */
  public static <S> Position<S> of(Chart chart, Parts parts) {
    return new Restoring(chart, parts).position();
  }

  /** Returns its parts, by name. */
  public Parts parts() {
    return Restoring.parts(this);
  }

  public Chart chart() {
    return chart;
  }

  /** Returns the data in a slot, or null. */
  public @Nullable Object data(int slot) {
    if (slot == 0) {
      return data;
    }
    @Nullable Object @Nullable [] slots = more().slots();
    return slots == null ? null : slots[slot - 1];
  }

  /** Tells whether a state is active. */
  public boolean isActive(Node node) {
    if (leaf >= 0) {
      return leaf == node.number || node.contains(chart.nodes[leaf]);
    }
    long[] active = more().active();
    return active != null && Bits.has(active, node.number);
  }

  /** Returns the time of the last step, or null if the chart has no use for it. */
  public @Nullable Instant time() {
    return more().time();
  }

  @Override
  @SuppressWarnings("unchecked") // the form makes values of the type that it was declared with
  public S state() {
    if (leaf < 0 && more().active() == null) {
      throw new IllegalStateException(
          "The machine %s is in no state, as its first step failed.".formatted(chart.name()));
    }
    return (S) chart.form().state(this, data);
  }

  /** Returns the key of the active leaf; of several that of the parallel state around them. */
  public Object leafKey() {
    Node node = leaf >= 0 ? chart.nodes[leaf] : outermostParallel();
    Object key = node.key;
    if (key == null) {
      throw new IllegalStateException(
          "State %s of machine %s has no key, only a name.".formatted(node, chart.name()));
    }
    return key;
  }

  private Node outermostParallel() {
    for (Node node : chart.nodes) {
      if (node.kind == StateSpec.Kind.PARALLEL && isActive(node)) {
        return node;
      }
    }
    throw new IllegalStateException("No state of %s is active.".formatted(chart.name()));
  }

  /** Returns the names of the active leaves, in the order of the document. */
  public List<String> leafNames() {
    return leaves();
  }

  @Override
  public List<String> leaves() {
    return leaf >= 0 ? List.of(chart.nodes[leaf].name) : names(true);
  }

  @Override
  public List<String> active() {
    return names(false);
  }

  private List<String> names(boolean leaves) {
    List<String> names = new ArrayList<>();
    for (Node node : chart.nodes) {
      if (isActive(node) && (node.leaf() || !leaves)) {
        names.add(node.name);
      }
    }
    return List.copyOf(names);
  }

  @Override
  public boolean isDone() {
    return (leaf >= 0 && chart.nodes[leaf].terminal()) || (extras != null && extras.ended());
  }

  @Override
  public List<PendingTimer> timers() {
    return more().timers();
  }

  @Override
  public List<Invocation> invocations() {
    return more().invocations();
  }

  @Override
  public List<Object> deferred() {
    return more().deferred();
  }

  @Override
  public <D> @Nullable D find(Class<D> type) {
    int context = chart.contextSlot(type);
    if (context >= 0) {
      return type.cast(data(context));
    }
    for (int slot = 0; slot < chart.slots(); slot++) {
      Object found = data(slot);
      if (type.isInstance(found)) {
        return type.cast(found);
      }
    }
    return null;
  }

  @Override
  public boolean isIn(Class<?> type) {
    Node node = chart.byKey(type);
    return node == null ? find(type) != null : isActive(node);
  }

  @Override
  public boolean isIn(String name) {
    Node node = chart.find(name);
    return node != null && isActive(node);
  }

  Extras more() {
    return extras == null ? Extras.NONE : extras;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Position<?> it
            && chart == it.chart
            && leaf == it.leaf
            && Objects.equals(data, it.data)
            && Objects.equals(extras, it.extras));
  }

  @Override
  public int hashCode() {
    return 31 * (31 * leaf + Objects.hashCode(data)) + Objects.hashCode(extras);
  }

  @Override
  public String toString() {
    return "%s in %s%s".formatted(chart.name(), leaves(), data == null ? "" : " with " + data);
  }
}
