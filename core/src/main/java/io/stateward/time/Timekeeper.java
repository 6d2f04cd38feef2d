package io.stateward.time;

/** Placeholder. */
public interface Timekeeper {}
