package io.stateward.history;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** The moments of a log, made as they are asked for. */
final class Moments<S, A> extends AbstractList<Moment<S, A>> implements RandomAccess {

  private final TimelineLog<S, A> log;

  Moments(TimelineLog<S, A> log) {
    this.log = log;
  }

  @Override
  public Moment<S, A> get(int index) {
    return log.moment(Objects.checkIndex(index, size()));
  }

  @Override
  public int size() {
    return log.entries().size();
  }
}
