package io.stateward.signal.internal;

/** The link from a node to one that is made of it, present only while that one is observed. */
public abstract class Edge extends Member {

  /** For the kinds of link. */
  protected Edge() {}

  /**
   * Carries a change downstream: the node now holds this cell.
   *
   * @param now what the node became
   * @param pass the delivery that is under way
   */
  public abstract void advance(Cell<?> now, Pass pass);

  /**
   * Says that the node may change in this delivery, and nothing more yet.
   *
   * @param pass the delivery that is under way
   */
  public abstract void mark(Pass pass);

  /** Says that the source is closed: projections end with it, derived signals do not. */
  public abstract void end();
}
