package io.stateward.redis.cache;

import io.stateward.redis.Redis;
import io.stateward.redis.internal.Line;

/** Where a layer under test is, and what can happen there. */
interface Place {

  /** Makes a Redis of it. */
  Redis connect();

  /** Forgets everything. */
  void flush();

  /** Copies what is there; returns what goes on with the copy. */
  Runnable copy();

  /** Breaks a connection. */
  void kill(Line line);
}
