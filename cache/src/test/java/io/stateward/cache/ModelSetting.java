package io.stateward.cache;

import java.util.List;

/**
 * What a protocol is made of and what may happen to it, for {@link ModelWorld}: one key, two
 * instances.
 *
 * @param readers the instance of each reader
 * @param writers how each writer writes; the first one is on the first instance, and so on
 * @param warm whether the layer, and whether both memories, have the value at the beginning
 * @param engine which parts of the engine are there
 * @param mishaps how many of them may happen, by name
 */
record ModelSetting(
    List<Integer> readers, List<Mode> writers, Warm warm, Engine engine, Mishaps mishaps) {

  enum Mode {
    AFTER,
    INTENT,
    THROUGH,
    TRANSACTIONAL
  }

  enum Warm {
    COLD,
    LAYER,
    ALL
  }

  /**
   * The parts of an engine.
   *
   * @param generations whether a memory takes nothing that was read before an invalidation
   * @param heartbeat whether an instance asks for the heads when no messages come
   * @param replicas whether the source has a replica that lags
   * @param primary whether the loader is told to avoid it after an invalidation
   * @param versions whether values have versions, and writers say which one they wrote
   */
  record Engine(
      boolean generations, boolean heartbeat, boolean replicas, boolean primary, boolean versions) {

    Engine(boolean generations, boolean heartbeat, boolean replicas, boolean primary) {
      this(generations, heartbeat, replicas, primary, false);
    }

    /** The version of a value. */
    long version(int value) {
      return versions ? value + 1 : 0;
    }
  }

  /** How often what may happen. */
  record Mishaps(int losses, int flushes, int evictions, int expiries, int failovers, int crashes) {

    static final Mishaps NONE = new Mishaps(0, 0, 0, 0, 0, 0);

    Mishaps losing(int n) {
      return new Mishaps(n, flushes, evictions, expiries, failovers, crashes);
    }

    Mishaps flushing(int n) {
      return new Mishaps(losses, n, evictions, expiries, failovers, crashes);
    }

    Mishaps evicting(int n) {
      return new Mishaps(losses, flushes, n, expiries, failovers, crashes);
    }

    Mishaps expiring(int n) {
      return new Mishaps(losses, flushes, evictions, n, failovers, crashes);
    }

    Mishaps failing(int n) {
      return new Mishaps(losses, flushes, evictions, expiries, n, crashes);
    }

    Mishaps crashing(int n) {
      return new Mishaps(losses, flushes, evictions, expiries, failovers, n);
    }
  }

  static final Engine WHOLE = new Engine(true, true, false, false);

  /** Two readers at both instances, one writer, nothing cached, nothing happens. */
  static ModelSetting of(Mode... writers) {
    return new ModelSetting(List.of(0, 1), List.of(writers), Warm.COLD, WHOLE, Mishaps.NONE);
  }

  ModelSetting readers(Integer... instances) {
    return new ModelSetting(List.of(instances), writers, warm, engine, mishaps);
  }

  ModelSetting warm(Warm other) {
    return new ModelSetting(readers, writers, other, engine, mishaps);
  }

  ModelSetting engine(Engine other) {
    return new ModelSetting(readers, writers, warm, other, mishaps);
  }

  ModelSetting mishaps(Mishaps other) {
    return new ModelSetting(readers, writers, warm, engine, other);
  }
}
