package io.stateward.optimistic;

import io.stateward.collection.PersistentMap;
import io.stateward.collection.PersistentVector;
import java.util.Objects;

/**
 * The ids that a server gave to what had been created under ids of the client's own.
 *
 * <pre>{@code
 * api.rename(sent.ids().real(cardId), "milk"); // whether or not the card has its real id by now
 * }</pre>
 *
 * <p>The latest {@value #MOST} are known. Later commands that name one of them are given the real
 * id, and a dialog that was opened before can still look it up.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class TemporaryIds {

  /** How many ids are known at most; older ones are forgotten. */
  public static final int MOST = 10_000;

  private static final TemporaryIds NONE =
      new TemporaryIds(PersistentMap.of(), PersistentVector.of());

  private final PersistentMap<Object, Object> real;
  private final PersistentVector<Object> order;

  private TemporaryIds(PersistentMap<Object, Object> real, PersistentVector<Object> order) {
    this.real = real;
    this.order = order;
  }

  /**
   * Returns the ids that are known at the start.
   *
   * @return none
   */
  public static TemporaryIds none() {
    return NONE;
  }

  /**
   * Returns the real id of something.
   *
   * @param <I> the type of the ids; a temporary id is of the type of the real ones
   * @param id a temporary id, or any other
   * @return the real id if the one given is known to be temporary; else the same one
   */
  @SuppressWarnings("unchecked") // an id and its replacement are of one type: see MutationPlan
  public <I> I real(I id) {
    Object known = real.get(Objects.requireNonNull(id, "id"));
    return known == null ? id : (I) known;
  }

  TemporaryIds with(Object temporary, Object known) {
    PersistentMap<Object, Object> more = real.plus(temporary, known);
    PersistentVector<Object> later = order.append(temporary);
    if (later.size() > MOST) {
      more = more.minus(later.get(0));
      later = later.without(0);
    }
    return new TemporaryIds(more, later);
  }

  @Override
  public String toString() {
    return "TemporaryIds" + real;
  }
}
