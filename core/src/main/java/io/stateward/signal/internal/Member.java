package io.stateward.signal.internal;

/** Somebody attached to a node, in one list of {@link Members} only. */
abstract class Member {

  /** Where it sits in the list; -1 while it is in none. Guarded by the node's lock. */
  int slot = -1;
}
