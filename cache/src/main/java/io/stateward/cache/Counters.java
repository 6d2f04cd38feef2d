package io.stateward.cache;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What happens, counted. */
final class Counters {

  final LongAdder memoryHits = new LongAdder();
  final LongAdder layerHits = new LongAdder();
  final LongAdder loads = new LongAdder();
  final LongAdder failedLoads = new LongAdder();
  final LongAdder staleServed = new LongAdder();
  final LongAdder offlineLoads = new LongAdder();
  final LongAdder rejectedFills = new LongAdder();
  final LongAdder unreadable = new LongAdder();
  final LongAdder invalidations = new LongAdder();
  final LongAdder repairs = new LongAdder();
  final LongAdder flushes = new LongAdder();

  CacheFigures figures(long entries, Duration confirmationAge, Duration bound) {
    return new CacheFigures(
        entries,
        memoryHits.sum(),
        layerHits.sum(),
        loads.sum(),
        failedLoads.sum(),
        staleServed.sum(),
        offlineLoads.sum(),
        rejectedFills.sum(),
        unreadable.sum(),
        invalidations.sum(),
        repairs.sum(),
        flushes.sum(),
        confirmationAge,
        bound);
  }
}
