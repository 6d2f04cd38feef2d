package io.stateward.benchmarks.history;

import io.stateward.benchmarks.Workload;
import io.stateward.collection.EntityTable;
import io.stateward.history.MomentResult;
import io.stateward.signal.Subscription;
import java.util.Random;

/** Jumps to moments all over a timeline. One subscriber of the view is told of each. */
class JumpWorkload implements Workload {

  private static final long SEED = 2;

  private final Travel travel;
  private final int moments;
  private final int batch;
  private final Random random = new Random(SEED);
  private final Subscription subscription;
  private long at;
  private long jumps;
  private long told;

  JumpWorkload(Travel travel, int moments, int batch) {
    this.travel = travel;
    this.moments = moments;
    this.batch = batch;
    this.at = travel.store().version();
    this.subscription = travel.timeline().view().subscribe(change -> told++);
  }

  @Override
  public final void run() {
    for (int i = 0; i < batch; i++) {
      long next = travel.first() + 1 + random.nextInt(moments);
      if (next == at) {
        next = next == travel.first() + 1 ? next + 1 : next - 1;
      }
      at = next;
      jump();
    }
    jumps += batch;
  }

  private void jump() {
    MomentResult<EntityTable<Integer, Item>, ?> result = travel.timeline().jump(at);
    if (!(result instanceof MomentResult.Found)) {
      throw new IllegalStateException("There is no moment at version %d".formatted(at));
    }
  }

  @Override
  public final long operations() {
    return batch;
  }

  @Override
  public final void verify() {
    Workload.require("How often the subscriber was told", jumps, told);
  }

  @Override
  public void close() {
    subscription.close();
    travel.timeline().resume();
  }
}
