package io.stateward.benchmarks.cache;

import io.stateward.benchmarks.Workload;
import java.util.concurrent.atomic.AtomicLong;

/** Reads of items that are all in Redis and, but for the one that was read last, not in memory. */
final class LayerHitWorkload implements Workload {

  private static final int BATCH = CacheWorkloads.LAYER_READS;

  private final RedisProcess redis = RedisProcess.start();
  private final AtomicLong loads = new AtomicLong();
  private final String[] keys;
  private final CacheInstance cache;
  private final int bytes;
  private int next;
  private long wrong;

  /**
   * Fills Redis.
   *
   * @param bytes how many bytes an item has in its encoded form
   */
  LayerHitWorkload(String contender, int items, int bytes) {
    this.bytes = bytes;
    keys = Item.keys(items);
    cache = CacheInstances.of(contender, CacheSetting.shared(redis.address(), 0, this::load));
    for (String key : keys) {
      cache.get(key);
    }
  }

  private Item load(String key) {
    loads.incrementAndGet();
    return Item.ofBytes(Item.id(key), bytes);
  }

  @Override
  public void run() {
    for (int i = 0; i < BATCH; i++) {
      int id = next++ % keys.length;
      wrong += cache.get(keys[id]).id() == id ? 0 : 1;
    }
  }

  @Override
  public long operations() {
    return BATCH;
  }

  @Override
  public void verify() {
    Workload.require("How often another item was read", 0L, wrong);
    Workload.require("How often the source was asked", (long) keys.length, loads.get());
  }

  @Override
  public void close() {
    try (redis) {
      cache.close();
    }
  }
}
