package io.stateward.benchmarks.optimistic;

import io.stateward.benchmarks.Workload;

/** Changes, of which a fixed number is under way all the time: for each new one the oldest ends. */
final class GuessWorkload implements Workload {

  private static final int PLACES = 1 << 16;

  private final Guesses guesses;
  private final boolean rejecting;
  private final int pending;
  private final int batch;
  private final Integer[] places;
  private long made;
  private long rejected;

  /**
   * Makes the changes that are under way all the time.
   *
   * @param rejecting whether the oldest is taken back; otherwise it is acknowledged
   */
  GuessWorkload(Guesses guesses, int entities, boolean rejecting, int pending, int batch) {
    this.guesses = guesses;
    this.rejecting = rejecting;
    this.pending = pending;
    this.batch = batch;
    this.places = Item.places(entities, PLACES);
    for (int i = 0; i < pending; i++) {
      mutate();
    }
  }

  private void mutate() {
    guesses.mutate(places[(int) (made++ & (PLACES - 1))]);
  }

  @Override
  public void run() {
    for (int i = 0; i < batch; i++) {
      if (rejecting) {
        guesses.rejectOldest();
        rejected++;
      } else {
        guesses.acknowledgeOldest();
      }
      mutate();
    }
  }

  @Override
  public long operations() {
    return batch;
  }

  @Override
  public void verify() {
    Workload.require("The sum of what is visible", made - rejected, Item.sum(guesses.visible()));
    Workload.require("How often the subscriber was told", made + rejected, guesses.told());
    if (guesses instanceof StatewardGuesses ours) {
      Workload.require("How many are under way", pending, ours.store().pending().get().size());
      long confirmed = made - rejected - pending;
      Workload.require(
          "The sum of what is confirmed", confirmed, Item.sum(ours.store().confirmed().get()));
    }
  }

  @Override
  public void close() {
    guesses.close();
  }
}
