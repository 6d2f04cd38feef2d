package io.stateward.signal.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node that is a function of several others.
 *
 * <p>Pulling is always right: a reader compares what the memo was made from with what is there now,
 * and evaluates only what differs. Pushing only says whom to wake: a derived node is linked to its
 * dependencies while somebody watches it, and held by nothing otherwise.
 */
public abstract class Derived<T extends @Nullable Object> extends Node<T> {

  private static final VarHandle MEMO = handle("memo", Memo.class);
  private static final VarHandle WATCH = handle("watch", Watch.class);

  private volatile @Nullable Memo<T> memo;
  private volatile @Nullable Watch<T> watch; // made on first use, then kept
  private @Nullable Reading evaluating; // a race delays the detection of a cycle by one round

  /** The delivery that reached this node last; a race reaches it twice, nothing else. */
  @Nullable Object markedBy;

  Derived() {}

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Derived.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Returns the memo if it holds at the moment of a reading, else a new one.
   *
   * @param reading where to read the dependencies
   * @param known the memo, if there is one
   */
  abstract Memo<T> refresh(Reading reading, @Nullable Memo<T> known);

  @Override
  final Cell<T> latest() {
    Memo<T> known = memo;
    return known != null && known.isFresh() ? known.out : Reading.latest(this);
  }

  @Override
  final Cell<T> read(Reading reading) {
    Memo<T> known = memo;
    if (known != null && known.holdsAt(reading)) {
      return known.out;
    }
    if (evaluating == reading || reading.isCircular(this)) {
      return cycle();
    }
    reading.enter(this);
    evaluating = reading;
    try {
      Memo<T> fresh = refresh(reading, known);
      fresh.stamp(reading);
      return fresh == known ? fresh.out : publish(fresh, known, reading);
    } finally {
      evaluating = null;
      reading.leave();
    }
  }

  /**
   * Publishes a memo. If another thread was faster, the result goes after its result: every cell
   * that is handed out was published, and their versions are an order, though not one of moments.
   * Unless all that was asked for is the latest value, and the other result is just that: then to
   * publish an older one would only make the version move on and the value come back.
   */
  private Cell<T> publish(Memo<T> fresh, @Nullable Memo<T> known, Reading reading) {
    Memo<T> expected = known;
    Memo<T> next = fresh;
    while (!MEMO.compareAndSet(this, expected, next)) {
      expected = memo();
      if (reading.isFor(this) && expected.isFresh()) {
        return expected.out;
      }
      Cell<T> out = fresh.out;
      Cell.Failure failure = out.failure();
      next =
          new Memo<>(
              failure == null ? cellOf(out.value(), expected) : failedCell(failure, expected),
              fresh.dependencies,
              fresh.ins,
              fresh.values);
      next.stamp(reading);
    }
    return next.out;
  }

  private Cell<T> cycle() {
    return new Cell<>(
        new Cell.Failure(
            name(),
            new IllegalStateException(
                "Signal '%s' depends on itself. Break the circle: read one of its signals with get(), or keep that value in a store."
                    .formatted(name()))),
        0);
  }

  /** Makes a cell of a result; an equal one keeps the cell before. */
  final Cell<T> cellOf(T value, @Nullable Memo<T> known) {
    if (known == null) {
      return new Cell<>(value, 1);
    }
    Cell<T> before = known.out;
    return !before.failed() && same(before.value(), value)
        ? before
        : new Cell<>(value, before.version + 1);
  }

  static <T extends @Nullable Object> Cell<T> failedCell(
      Cell.Failure failure, @Nullable Memo<T> known) {
    return new Cell<>(failure, known == null ? 1 : known.out.version + 1);
  }

  final Watch<T> watch() {
    Watch<T> present = watch;
    if (present == null) {
      WATCH.compareAndSet(this, null, new Watch<>(this));
      present = watch;
    }
    return Objects.requireNonNull(present);
  }

  /** Carries a mark to whatever is derived of this node or of its projections. */
  final void markFurther(Pass pass) {
    if (watch().leadsFurther()) {
      markEdges(pass);
    }
  }

  /** The memo of a node that was evaluated. */
  final Memo<T> memo() {
    return Objects.requireNonNull(memo);
  }

  /** Whether anybody wants to be told, rather than to read. */
  final boolean isWatched() {
    return subscriberSlots().length > 0 || hasProjections();
  }

  private boolean hasProjections() {
    for (Member member : edgeSlots()) {
      if (member != null && !(member instanceof Watch.Link)) {
        return true;
      }
    }
    return false;
  }

  @Override
  final Node<?> source() {
    return this;
  }

  @Override
  @SuppressWarnings("unchecked") // the source of a derived node is the node
  final Cell<T> at(Cell<?> sourceCell) {
    return (Cell<T>) sourceCell;
  }

  @Override
  final Cell<T> knownAt(Cell<?> sourceCell) {
    return at(sourceCell);
  }

  @Override
  final boolean isSettledAt(Cell<?> moment) {
    Watch<T> present = watch;
    return present != null && present.settled() == moment.version;
  }

  @Override
  final boolean isSteady() {
    return !Transaction.isStaging(); // or two cells could have the same version
  }

  @Override
  final CommitLock lock() {
    return watch().lock;
  }

  @Override
  final Cell<?> prepare() {
    Cell<T> now = latest();
    now.reportFailure();
    return now;
  }

  @Override
  final Cell<?> baseline() {
    return memo().out;
  }

  @Override
  final void activate() {
    watch().delivered = memo().out;
  }

  @Override
  final void deactivate() {}

  @Override
  final void welcome(Subscriber<?> member) {
    watch().welcome(member);
  }

  @Override
  final void detached() {
    if (isIdle()) { // else the links stay: the memo may be that of an abandoned transaction
      watch().relink();
    }
  }
}
