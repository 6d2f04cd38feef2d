package io.stateward.signal.internal;

import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.signal.Versioned;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A signal, from inside: something with a current cell, and those who are attached to it.
 *
 * <p>Two kinds exist. A <em>source</em> ({@link Root}, {@link Derived}) has a lock that guards who
 * is attached to it and to its projections, and serialises the delivery of its changes. A
 * <em>projection</em> ({@link Projection}) is a pure function of one other node, so its value at
 * any moment follows from a cell of its source; it shares the source's lock and delivery.
 */
public abstract class Node<T extends @Nullable Object> implements Signal<T> {

  /** How many levels of a graph a made-up name tells of. */
  private static final int LEVELS_TOLD = 3;

  private volatile @Nullable String name;
  private volatile @Nullable Members<Edge> edges; // written under lock(), iterated without
  private volatile @Nullable Members<Subscriber<T>> subscribers; // the same

  /** The evaluation that recorded this node last; a race costs a duplicate entry, nothing else. */
  @Nullable Object recordedBy;

  /** For the kinds of node. */
  protected Node() {}

  /**
   * Returns the node behind a signal.
   *
   * @param <T> the type of the value
   * @param signal the signal
   * @return its node
   */
  public static <T extends @Nullable Object> Node<T> of(Signal<T> signal) {
    Objects.requireNonNull(signal, "signal");
    if (signal instanceof Node<T> node) {
      return node;
    }
    throw new IllegalArgumentException(
        "%s is not made by Stateward, so it cannot be combined with signals that are. Bridge it with Signal.from(initial, publisher), or keep its value in a store."
            .formatted(signal.getClass().getName()));
  }

  /** Returns the newest cell, evaluating on this thread if need be. */
  abstract Cell<T> latest();

  /** Returns the cell that belongs to the moment of a reading. */
  abstract Cell<T> read(Reading reading);

  /** Returns the source that this node is, or is a projection of. */
  abstract Node<?> source();

  /** Returns what the node is at a cell of its source. */
  abstract Cell<T> at(Cell<?> sourceCell);

  /** Returns what {@link #at} would, if that is known without evaluating anything. */
  abstract @Nullable Cell<T> knownAt(Cell<?> sourceCell);

  /**
   * Whether the delivery has carried a cell of this source to every projection that was linked by
   * then, and no other cell yet. For sources.
   */
  boolean isSettledAt(Cell<?> moment) {
    return false;
  }

  /** Whether what this thread reads from this source now is committed. For sources. */
  boolean isSteady() {
    return true;
  }

  /** Returns the lock that guards who is attached. */
  abstract CommitLock lock();

  /**
   * Does what must precede a subscription, unlocked: foreign code may run. Returns the cell of the
   * source from which the subscriber starts, or null for the {@link #baseline}.
   */
  abstract @Nullable Cell<?> prepare();

  /** Refuses what is not done any more once this, or what it is made of, is closed. */
  void refuseIfEnded(String attempted) {}

  /** Returns the cell of the source from which a new subscriber starts. Called under the lock. */
  abstract Cell<?> baseline();

  /** Starts receiving from upstream. Called under the lock when the first member has come. */
  abstract void activate();

  /** Stops receiving from upstream. Called under the lock when the last member has gone. */
  abstract void deactivate();

  /** Brings a new subscriber up to date, unlocked. */
  abstract void welcome(Subscriber<?> member);

  /** Cleans up after a detachment, unlocked. */
  abstract void detached();

  /** Whether the source has moved on from a version already. */
  boolean isOvertaken(long version) {
    return false;
  }

  /**
   * Says where the node comes from, for those that have no name.
   *
   * @param levels how many levels upstream may be told of, since graphs have more paths than memory
   */
  abstract String describe(int levels);

  /**
   * Carries the source's cell along the path to this node, whether or not the nodes on it change.
   * For the source's delivery.
   */
  void align(Cell<?> sourceCell, Pass pass) {}

  /**
   * Whether a change to this cell need not be told, because one to another value will be. A commit
   * that leaves this node as it is tells nobody, so that the source has moved on is not enough.
   */
  final boolean isConflated(Cell<T> now) {
    if (!isOvertaken(now.version)) {
      return false;
    }
    Cell<T> newest = latest();
    return !newest.failed() && !sameValue(newest, now);
  }

  /** How many projections lie between this node and its source. */
  int depth() {
    return 0;
  }

  /** Whether two values count as one; what it throws is handled by {@link #same}. */
  boolean equal(T one, T other) {
    return Objects.equals(one, other);
  }

  final boolean same(T one, T other) {
    if (one == other) {
      return true;
    }
    try {
      return equal(one, other);
    } catch (Throwable t) { // equality is foreign code
      Probes.report(
          name(),
          "Comparing two values threw; they count as different, so subscribers are told.",
          t);
      return false;
    }
  }

  /** Whether two cells hold values that count as one. */
  final boolean sameValue(Cell<T> one, Cell<T> other) {
    return !one.failed() && !other.failed() && same(one.value(), other.value());
  }

  @Override
  public T get() {
    return latest().valueOrThrow();
  }

  @Override
  public final long version() {
    return latest().version;
  }

  @Override
  public final Versioned<T> versioned() {
    return latest().versioned();
  }

  @Override
  public final Subscription subscribe(Delivery delivery, Consumer<? super Change<T>> subscriber) {
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(subscriber, "subscriber");
    Turn turn = Turn.current();
    if (turn.holdsLock()) {
      turn.refuseInUpdater("subscription to '%s'".formatted(name()));
    }
    return subscribe(delivery, subscriber, () -> {});
  }

  /** Subscribes, and hears of it when the source is closed. */
  final Subscription subscribe(
      Delivery delivery, Consumer<? super Change<T>> subscriber, Runnable ended) {
    Subscriber<T> member = Subscriber.of(this, delivery, subscriber, ended);
    enroll(member);
    member.begin();
    return member;
  }

  private void enroll(Subscriber<T> member) {
    Cell<?> start = prepare();
    CommitLock lock = lock();
    lock.lock();
    try {
      refuseIfEnded("subscribe"); // again, since it may have been closed meanwhile
      member.start(start == null ? baseline() : start);
      boolean first = isIdle();
      Members<Subscriber<T>> all = subscribers;
      if (all == null) {
        all = new Members<>();
        subscribers = all;
      }
      all.add(member);
      if (first) {
        activate();
      }
    } finally {
      lock.unlock();
    }
    welcome(member);
  }

  final void attach(Edge edge) {
    CommitLock lock = lock();
    lock.lock();
    try {
      boolean first = isIdle();
      Members<Edge> all = edges;
      if (all == null) {
        all = new Members<>();
        edges = all;
      }
      all.add(edge);
      if (first) {
        activate();
      }
    } finally {
      lock.unlock();
    }
  }

  final void detach(Subscriber<T> member) {
    CommitLock lock = lock();
    lock.lock();
    try {
      Members<Subscriber<T>> all = subscribers;
      if (all != null && all.remove(member) && isIdle()) {
        deactivate();
      }
    } finally {
      lock.unlock();
    }
    detached();
  }

  /** Detaches without cleaning up further upstream, which is left to the caller. */
  final void detachQuietly(Edge edge) {
    CommitLock lock = lock();
    lock.lock();
    try {
      Members<Edge> all = edges;
      if (all != null && all.remove(edge) && isIdle()) {
        deactivate();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether nobody is attached. Exact under the lock. */
  final boolean isIdle() {
    return edgeSlots().length == 0 && subscriberSlots().length == 0;
  }

  final @Nullable Member[] edgeSlots() {
    Members<Edge> all = edges;
    return all == null ? NOBODY : all.slots();
  }

  final @Nullable Member[] subscriberSlots() {
    Members<Subscriber<T>> all = subscribers;
    return all == null ? NOBODY : all.slots();
  }

  private static final @Nullable Member[] NOBODY = {};

  /** Carries a change of this node along its edges. */
  final void advanceEdges(Cell<T> now, Pass pass) {
    for (Member member : edgeSlots()) {
      if (member instanceof Projection<?, ?>.Link link) { // most are: a call that can be inlined
        link.advance(now, pass);
      } else if (member != null) {
        ((Edge) member).advance(now, pass);
      }
    }
  }

  /** Carries a mark along the edges of this node. */
  final void markEdges(Pass pass) {
    for (Member member : edgeSlots()) {
      if (member != null) {
        ((Edge) member).mark(pass);
      }
    }
  }

  /** Hands a change to the subscribers of this node, and returns how many took it. */
  @SuppressWarnings("unchecked") // only subscribers of this node are in the list
  final int tell(Cell<T> was, Cell<T> now, Turn turn) {
    int told = 0;
    for (Member member : subscriberSlots()) {
      if (member != null && ((Subscriber<T>) member).offer(was, now, turn)) {
        told++;
      }
    }
    return told;
  }

  /** Says that the node has failed: its subscribers keep what they were told last. */
  @SuppressWarnings("unchecked") // only subscribers of this node are in the list
  final void hold(Cell<T> was) {
    for (Member member : subscriberSlots()) {
      if (member != null) {
        ((Subscriber<T>) member).hold(was);
      }
    }
  }

  /** Ends every subscription of this node and of its projections, because its source is closed. */
  final void endAll() {
    for (Member member : subscriberSlots()) {
      if (member != null) {
        ((Subscriber<?>) member).end();
      }
    }
    for (Member member : edgeSlots()) {
      if (member != null) {
        ((Edge) member).end();
      }
    }
  }

  @Override
  public <R extends @Nullable Object> Signal<R> map(Function<? super T, ? extends R> function) {
    Objects.requireNonNull(function, "function");
    return depth() < Projection.DEEPEST
        ? new Mapped<>(this, function, "map")
        : Combined.ofOne(this, function);
  }

  @Override
  public final Signal<T> distinct(BiPredicate<? super T, ? super T> same) {
    Objects.requireNonNull(same, "same");
    return new Distinct<>(
        depth() < Projection.DEEPEST ? this : Combined.ofOne(this, value -> value), same);
  }

  @Override
  public Signal<T> named(String name) {
    this.name = Objects.requireNonNull(name, "name");
    return this;
  }

  @Override
  public final String name() {
    return label(LEVELS_TOLD);
  }

  /** Returns the name, or one made up of no more than so many levels. */
  final String label(int levels) {
    String given = name;
    if (given != null) {
      return given;
    }
    return levels <= 0 ? "..." : describe(levels - 1);
  }

  @Override
  public String toString() {
    return name();
  }
}
