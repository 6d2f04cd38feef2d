package io.stateward.benchmarks.optimistic;

import io.stateward.benchmarks.Workload;

/** Pushes of the server, each of which changes one entity under changes that stay under way. */
final class PushWorkload implements Workload {

  private static final int PLACES = 1 << 16;

  private final StatewardGuesses guesses;
  private final int pending;
  private final Integer[] places;
  private long pushes;

  PushWorkload(int entities, int pending) {
    this.guesses = new StatewardGuesses(Item.table(entities));
    this.pending = pending;
    this.places = Item.places(entities, PLACES);
    for (int i = 0; i < pending; i++) {
      guesses.mutate(places[PLACES - 1 - i]);
    }
  }

  @Override
  public void run() {
    Integer id = places[(int) (pushes++ & (PLACES - 1))];
    guesses.store().external(table -> Item.changed(table, id));
  }

  @Override
  public void verify() {
    Workload.require(
        "The sum of what is confirmed", pushes, Item.sum(guesses.store().confirmed().get()));
    Workload.require("The sum of what is visible", pushes + pending, Item.sum(guesses.visible()));
    Workload.require("How often the subscriber was told", pushes + pending, guesses.told());
  }

  @Override
  public void close() {
    guesses.close();
  }
}
