package io.stateward.benchmarks.statemachine;

/**
 * The states of two towers: in each a hall, in each hall a desk and a door.
 *
 * @since 0.1
 */
public enum Room {
  /** The one tower. */
  LEFT,
  /** Its hall. */
  LEFT_HALL,
  /** Where one arrives in it. */
  LEFT_DESK,
  /** The way out of it. */
  LEFT_DOOR,
  /** The other tower. */
  RIGHT,
  /** Its hall. */
  RIGHT_HALL,
  /** Where one arrives in it. */
  RIGHT_DESK,
  /** The way out of it. */
  RIGHT_DOOR
}
