package io.stateward.statemachine.internal;

import io.stateward.statemachine.View;
import org.jspecify.annotations.Nullable;

/** What is seen at one moment of a macrostep: active states, and data by slot. */
final class Around implements View {

  /** For functions that have declared that they do not look. */
  static final View NOTHING = new Nothing();

  final long[] active;
  final @Nullable Object[] slots;
  private final Chart chart;

  Around(Chart chart) {
    this.chart = chart;
    this.active = Bits.words(chart.nodes.length);
    this.slots = new Object[chart.slots()];
  }

  void copy(Around other) {
    Bits.copy(other.active, active);
    System.arraycopy(other.slots, 0, slots, 0, slots.length);
  }

  void clear() {
    Bits.clear(active);
    for (int i = 0; i < slots.length; i++) {
      slots[i] = null;
    }
  }

  @Override
  public <D> @Nullable D find(Class<D> type) {
    int slot = slot(chart, slots, type);
    return slot < 0 ? null : type.cast(slots[slot]);
  }

  @Override
  public boolean isIn(Class<?> type) {
    Node node = chart.byKey(type);
    return node == null ? find(type) != null : Bits.has(active, node.number);
  }

  @Override
  public boolean isIn(String name) {
    Node node = chart.find(name);
    return node != null && Bits.has(active, node.number);
  }

  /** Returns where data of a type is: the context that is declared so, else the first active. */
  static int slot(Chart chart, @Nullable Object[] slots, Class<?> type) {
    int context = chart.contextSlot(type);
    if (context >= 0) {
      return context;
    }
    for (int i = 0; i < slots.length; i++) {
      if (type.isInstance(slots[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Sees nothing, and says so. */
  private static final class Nothing implements View {
    @Override
    public <D> @Nullable D find(Class<D> type) {
      throw unseen();
    }

    @Override
    public boolean isIn(Class<?> type) {
      throw unseen();
    }

    @Override
    public boolean isIn(String name) {
      throw unseen();
    }

    private static IllegalStateException unseen() {
      return new IllegalStateException(
          "A function that was declared not to look around did; declare it with a view.");
    }
  }
}
