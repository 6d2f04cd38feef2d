package io.stateward.benchmarks.optimistic;

import io.stateward.collection.EntityTable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/**
 * Layers in the manner of Apollo Client, by hand and for one thread: each keeps its function and
 * the state that it made, and when one goes all above it are made anew.
 */
final class LayerGuesses implements Guesses {

  /** A change under way, and the state with it. */
  private record Layer(
      UnaryOperator<EntityTable<Integer, Item>> function, EntityTable<Integer, Item> state) {}

  private EntityTable<Integer, Item> root;
  private Deque<Layer> layers = new ArrayDeque<>();
  private long told;

  LayerGuesses(EntityTable<Integer, Item> confirmed) {
    root = confirmed;
  }

  @Override
  public void mutate(Integer id) {
    EntityTable<Integer, Item> before = visible();
    UnaryOperator<EntityTable<Integer, Item>> function = table -> Item.changed(table, id);
    layers.add(new Layer(function, function.apply(before)));
    tell(before);
  }

  @Override
  public void acknowledgeOldest() {
    removeOldest(layers.element().state());
  }

  @Override
  public void rejectOldest() {
    removeOldest(root);
  }

  private void removeOldest(EntityTable<Integer, Item> confirmed) {
    EntityTable<Integer, Item> before = visible();
    layers.remove();
    root = confirmed;
    Deque<Layer> anew = new ArrayDeque<>(layers.size() + 1);
    EntityTable<Integer, Item> state = confirmed;
    for (Layer layer : layers) {
      state = layer.function().apply(state);
      anew.add(new Layer(layer.function(), state));
    }
    layers = anew;
    tell(before);
  }

  private void tell(EntityTable<Integer, Item> before) {
    if (!visible().equals(before)) {
      told++;
    }
  }

  @Override
  public EntityTable<Integer, Item> visible() {
    return layers.isEmpty() ? root : layers.getLast().state();
  }

  @Override
  public long told() {
    return told;
  }
}
