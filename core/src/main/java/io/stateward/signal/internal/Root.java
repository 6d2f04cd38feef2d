package io.stateward.signal.internal;

import io.stateward.signal.ClosedException;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Probe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A node that is written: the source behind every store.
 *
 * <p>Thread safety: safe for any number of threads.
 */
public class Root<T extends @Nullable Object> extends Node<T> {

  /*
   * Concurrency
   * -----------
   * A cell pairs a value with its version and is immutable, so reading is one volatile load.
   *
   * A commit computes the next value, publishes it, and queues it for delivery, all under the commit
   * lock; that is what makes versions and deliveries the same order. Updaters are the only foreign
   * code that runs there. Whoever attaches to this root, or to a projection of it, takes the same lock
   * to note the current cell as its baseline; so a commit either finds it attached, or is older than
   * its baseline. That is why no change is lost, and none is told twice.
   */

  private static final VarHandle CURRENT = handle("current", Cell.class);
  private static final VarHandle SETTLED = handle("settled", long.class);
  private static final AtomicLong NUMBERS = new AtomicLong();

  final long number = NUMBERS.incrementAndGet();
  final WeakReference<Root<?>> self = new WeakReference<>(this); // what threads remember it by
  private final String description;
  private final CommitLock lock = new CommitLock();
  private final Drain<T> drain = new Drain<>(this);
  @Nullable LateUpdates<T> lateUpdates; // guarded by lock
  private Tap<?>[] taps = Tap.NONE; // guarded by lock
  private volatile boolean shared; // written under lock
  private volatile boolean closed; // written under lock
  private volatile Cell<T> current; // written under lock
  private volatile long settled = -1; // the version that all links have; written by the drainer

  /**
   * Creates a root.
   *
   * @param description says what it is where it has no name
   * @param initial the value at version 0
   */
  public Root(String description, T initial) {
    this.description = description;
    this.current = new Cell<>(initial, 0);
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Root.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public T get() {
    return cell().value();
  }

  /** Returns the cell that the current thread is to see. */
  final Cell<T> cell() {
    Cell<T> cell = current;
    return cell instanceof StagedCell<T> staged ? staged.settled() : cell;
  }

  /**
   * Commits the result of a function of the current value.
   *
   * @param updater the function; the identical value commits nothing
   * @return the value after
   */
  public T update(UnaryOperator<T> updater) {
    Objects.requireNonNull(updater, "updater");
    Turn turn = Turn.current();
    if (turn.holdsLock()) {
      return stage(turn, updater);
    }
    Turn.Cause cause = turn.causeOfUpdate(this);
    Cell<T> was;
    Cell<T> now;
    boolean mine;
    lock.lock(turn);
    try {
      checkOpen("update");
      was = current;
      T next = apply(updater, was.value(), turn);
      if (next == was.value()) {
        return next;
      }
      now = new Cell<>(next, was.version + 1);
      mine = publish(was, now, cause);
    } finally {
      lock.unlock();
      turn.unlocked();
    }
    deliver(was, now, cause, mine, turn);
    return now.value();
  }

  private T apply(UnaryOperator<T> updater, T value, Turn turn) {
    turn.enterUpdater(this);
    try {
      T next = checked(updater.apply(value));
      LateUpdates<T> late = lateUpdates;
      if (late != null) {
        late.note(updater, value, next);
      }
      return next;
    } finally {
      turn.leaveUpdater();
    }
  }

  /**
   * Refuses a value that an updater must not return.
   *
   * @param value the value
   * @return the same value
   */
  protected T checked(T value) {
    return value;
  }

  /** Publishes a cell, and returns whether the caller is to drain. Called under the lock. */
  private boolean publish(Cell<T> was, Cell<T> now, Turn.@Nullable Cause cause) {
    if (shared) {
      Epoch.beginCommit(number);
      CURRENT.setRelease(this, now); // counting the end is the fence
      Epoch.endCommit();
    } else {
      CURRENT.setRelease(this, now); // the unlock that follows is the fence
    }
    tellTaps(now);
    return drain.add(was, now, cause);
  }

  private void deliver(
      Cell<T> was, Cell<T> now, Turn.@Nullable Cause cause, boolean mine, Turn turn) {
    if (Probes.active()) {
      Probes.emit(new Probe.Committed(name(), now.version, was.value(), now.value()));
    }
    if (mine) {
      drain.run(was, now, cause, turn);
    } else {
      drain.queued(turn);
    }
  }

  /** A commit of a transaction, which is delivered when all locks are released. */
  record Commit<T extends @Nullable Object>(
      Root<T> root, Cell<T> was, Cell<T> now, Turn.@Nullable Cause cause, boolean mine) {

    void deliver(Turn turn) {
      root.deliver(was, now, cause, mine, turn);
    }
  }

  /** Updates within a transaction, or refuses an update within an updater. */
  private T stage(Turn turn, UnaryOperator<T> updater) {
    Transaction transaction = turn.transaction;
    if (turn.isInUpdater() || transaction == null || !transaction.includes(this)) {
      turn.refuseInUpdater("update of store '%s'".formatted(name()));
    }
    if (transaction == null) {
      throw new AssertionError("neither an updater nor a transaction runs");
    }
    Cell<T> held = current;
    Cell<T> before = held instanceof StagedCell<T> staged ? staged.before : held;
    T value = cell().value();
    T next = apply(updater, value, turn);
    if (next != value) {
      transaction.stages(this);
      current = new StagedCell<>(transaction, before, new Cell<>(next, before.version + 1));
    }
    return next;
  }

  /** Forgets what was staged. Called under the lock. */
  final void unstage() {
    if (current instanceof StagedCell<T> staged) {
      current = staged.before;
    }
  }

  /** Replaces a staged cell, which is published by now, with a plain one. Called under the lock. */
  final @Nullable Commit<T> settle(Turn.@Nullable Cause cause) {
    if (!(current instanceof StagedCell<T> staged)) {
      return null;
    }
    if (staged.after.value() == staged.before.value()) {
      current = staged.before;
      return null;
    }
    current = staged.after;
    tellTaps(staged.after);
    boolean mine = drain.add(staged.before, staged.after, cause);
    return new Commit<>(this, staged.before, staged.after, cause, mine);
  }

  private void tellTaps(Cell<T> now) {
    for (Tap<?> tap : taps) {
      tap.committed(now);
    }
  }

  /** Tells a tap of the current cell, and of every commit from then on. */
  final void addTap(Tap<?> tap) {
    lock.lock();
    try {
      checkOpen("recording it");
      tap.begin(current);
      List<Tap<?>> more = new ArrayList<>(Arrays.asList(taps));
      more.add(tap);
      taps = more.toArray(Tap.NONE);
    } finally {
      lock.unlock();
    }
  }

  final void removeTap(Tap<?> tap) {
    lock.lock();
    try {
      taps = Arrays.stream(taps).filter(other -> other != tap).toArray(Tap<?>[]::new);
    } finally {
      lock.unlock();
    }
  }

  /** Makes commits of this root count in the {@link Epoch}; false if that is not possible now. */
  final boolean share() {
    if (shared) {
      return true;
    }
    if (!lock.tryLock()) { // waiting would block a read
      return false;
    }
    try {
      shared = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  final boolean isShared() {
    return shared;
  }

  final void checkOpen(String attempted) {
    if (closed) {
      throw new ClosedException("'" + name() + "'", attempted);
    }
  }

  /**
   * Ends every subscription of this root and of its projections, and refuses updates from now on.
   * Closing again does nothing.
   */
  public void close() {
    if (Turn.current().holdsLock()) {
      throw new NestedUpdateException(name(), "close of store '%s'".formatted(name()));
    }
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      lock.unlock();
    }
    endAll();
  }

  /**
   * Tells whether this root was closed.
   *
   * @return whether {@link #close} was called
   */
  public final boolean isClosed() {
    return closed;
  }

  @Override
  Cell<T> latest() {
    return cell();
  }

  @Override
  final Cell<T> read(Reading reading) {
    return reading.pin(this);
  }

  @Override
  final Node<?> source() {
    return this;
  }

  @Override
  @SuppressWarnings("unchecked") // the source of a root is the root
  final Cell<T> at(Cell<?> sourceCell) {
    return (Cell<T>) sourceCell;
  }

  @Override
  final Cell<T> knownAt(Cell<?> sourceCell) {
    return at(sourceCell);
  }

  /** Notes that every link has been carried to a cell. For the drainer. */
  final void settledAt(Cell<T> now) {
    SETTLED.setRelease(this, now.version); // who sees it sees what the links hold
  }

  @Override
  final boolean isSettledAt(Cell<?> moment) {
    return settled == moment.version;
  }

  @Override
  final CommitLock lock() {
    return lock;
  }

  @Override
  final void refuseIfEnded(String attempted) {
    checkOpen(attempted);
  }

  @Override
  @Nullable Cell<?> prepare() {
    checkOpen("subscribe");
    return null;
  }

  @Override
  final Cell<?> baseline() {
    return current;
  }

  @Override
  final boolean isOvertaken(long version) {
    return cell().version > version;
  }

  @Override
  void activate() {}

  @Override
  void deactivate() {}

  @Override
  final void welcome(Subscriber<?> member) {}

  @Override
  final void detached() {}

  @Override
  final String describe(int levels) {
    return description;
  }
}
