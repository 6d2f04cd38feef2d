package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import java.util.Map;

/** A document that is open on one client, and whoever edits it there. */
interface Desk {

  /** Makes a change, as chance has it. */
  void edit();

  /** Returns what is seen; equal wherever the same is seen. */
  Object view();

  /** Returns whether it follows the hub and nothing made here is pending. */
  boolean isQuiet();

  /** Lets the others know something. */
  void share(Tree state);

  /** Returns what the others let know, by client. */
  Map<String, Tree> presence();

  /** Says in words where it stands, for the message of a failure. */
  String standing();

  /** The process has ended: what its outbox has not got may be lost. */
  void died();

  /** Tells the book what is kept here as refused. */
  void tellDead();
}
