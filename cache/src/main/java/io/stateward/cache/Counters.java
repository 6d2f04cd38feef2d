package io.stateward.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What happens, counted. */
final class Counters {

  final LongAdder memoryHits = new LongAdder();
  final List<LongAdder> layerHits; // of each layer, the one nearest to memory first
  final LongAdder asked = new LongAdder(); // reads past memory, refreshes included
  final LongAdder flown = new LongAdder(); // those that were not shared
  final LongAdder loads = new LongAdder();
  final LongAdder loadNanos = new LongAdder();
  final LongAdder failedLoads = new LongAdder();
  final LongAdder staleServed = new LongAdder();
  final LongAdder offlineLoads = new LongAdder();
  final LongAdder rejectedFills = new LongAdder();
  final LongAdder unreadable = new LongAdder();
  final LongAdder invalidations = new LongAdder();
  final LongAdder repairs = new LongAdder();
  final LongAdder flushes = new LongAdder();

  Counters(int layers) {
    layerHits = Stream.generate(LongAdder::new).limit(layers).toList();
  }

  CacheFigures figures(long entries, Duration confirmationAge, Duration bound) {
    long shared = Math.max(0, asked.sum() - flown.sum());
    return new CacheFigures(
        entries,
        memoryHits.sum(),
        layerHits.stream().map(LongAdder::sum).toList(),
        shared,
        loads.sum(),
        loadNanos.sum(),
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
