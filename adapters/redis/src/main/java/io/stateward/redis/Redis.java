package io.stateward.redis;

/** A Redis or Valkey. */
public final class Redis {
  private Redis() {}
}
