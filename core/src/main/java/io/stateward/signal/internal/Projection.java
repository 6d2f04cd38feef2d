package io.stateward.signal.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node that is a pure function of one other node.
 *
 * <p>Whatever cell its source had, a projection can say what it was then, so its subscribers are
 * told of every commit exactly, however far readers have run ahead.
 */
public abstract class Projection<P extends @Nullable Object, T extends @Nullable Object>
    extends Node<T> {

  /** The longest chain that recursion walks; {@link Node#map} continues it with a source. */
  static final int DEEPEST = 256;

  private static final VarHandle MEMO = memoHandle();

  private final Node<P> upstream;
  private final Node<?> source;
  private final int depth;

  /*
   * What is known
   * -------------
   * A projection that is observed knows its cell by delivery: the link holds it, for whoever reads at
   * the moment that the source's delivery has settled. Nothing is written where nothing changed, and
   * a reader finds it in one step, however long the chain.
   *
   * The memo is for the others: readers of a projection that nobody observes, and readers who are
   * ahead of the delivery, or behind it. A delivery that comes upon the memo of a reader who was ahead
   * takes it over, and drops it when it has passed it.
   */

  /**
   * The newest evaluation by a reader. Read without a fence: a memo is immutable and is used only
   * for the cell that it was made from, so a stale one costs an evaluation. Replaced by
   * compare-and-set, and never by an older one: equal values keep the cell of the memo before, so a
   * memo that came late would set the version back.
   */
  private @Nullable Memo<P, T> memo;

  private volatile @Nullable Link link; // written under lock(); made anew at each activation

  private static VarHandle memoHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Projection.class, "memo", Memo.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * For the kinds of projection.
   *
   * @param upstream what it is a function of
   */
  protected Projection(Node<P> upstream) {
    this.upstream = upstream;
    this.source = upstream.source();
    this.depth = upstream.depth() + 1;
  }

  /**
   * What an evaluation found.
   *
   * @param in what it was made from, or null where that is not known any more
   * @param version a version of the source at which it held
   * @param out the result
   */
  private record Memo<P extends @Nullable Object, T extends @Nullable Object>(
      @Nullable Cell<P> in, long version, Cell<T> out) {

    Memo(Cell<P> in, Cell<T> out) {
      this(in, in.version, out);
    }
  }

  /**
   * Computes the value. Pure; may throw.
   *
   * @param in the value upstream
   * @return the value here
   * @throws Throwable whatever the function throws
   */
  protected abstract T compute(P in) throws Throwable;

  final Node<P> upstream() {
    return upstream;
  }

  /** Attaches to what feeds this projection. Called under the lock. */
  void link(Edge edge) {
    upstream.attach(edge);
  }

  /** Detaches from what feeds this projection. Called under the lock. */
  void unlink(Edge edge) {
    upstream.detachQuietly(edge); // the source is cleaned up by who detached from us
  }

  @Override
  final Cell<T> latest() {
    Link carried = source.isSteady() ? link : null;
    Cell<T> delivered = carried == null ? null : carried.cellAt(source.latest());
    return delivered == null ? latestByReading() : delivered;
  }

  private Cell<T> latestByReading() {
    while (true) {
      Cell<P> in = upstream.latest();
      Memo<P, T> kept = memo;
      if (kept != null && kept.in == in) {
        return kept.out;
      }
      Memo<P, T> known = newest(kept);
      if (known != null && known.version > in.version) {
        return known.out; // of a commit that was made since
      }
      Cell<T> out = result(in, known == null ? null : known.out);
      if (Transaction.isStaging() || MEMO.compareAndSet(this, kept, new Memo<>(in, out))) {
        return out;
      }
    }
  }

  @Override
  final Cell<T> read(Reading reading) {
    Link carried = source.isSteady() ? link : null;
    Cell<T> delivered = carried == null ? null : carried.cellAt(source.read(reading));
    return delivered == null ? of(upstream.read(reading)) : delivered;
  }

  @Override
  final Cell<T> at(Cell<?> sourceCell) {
    Link carried = link;
    Cell<T> delivered = carried == null ? null : carried.cellAt(sourceCell);
    return delivered == null ? of(upstream.at(sourceCell)) : delivered;
  }

  @Override
  final @Nullable Cell<T> knownAt(Cell<?> sourceCell) {
    Link carried = link;
    Cell<T> delivered = carried == null ? null : carried.cellAt(sourceCell);
    if (delivered != null) {
      return delivered;
    }
    Cell<P> in = upstream.knownAt(sourceCell);
    Memo<P, T> kept = memo;
    return kept != null && kept.in == in ? kept.out : null;
  }

  private Cell<T> of(Cell<P> in) {
    Memo<P, T> kept = memo;
    if (kept != null && kept.in == in) {
      return kept.out;
    }
    Memo<P, T> known = newest(kept);
    if (known != null && known.version > in.version) {
      return ofEarlier(in, kept, known);
    }
    Cell<T> out = result(in, known == null ? null : known.out);
    if (!Transaction.isStaging()) {
      MEMO.compareAndSet(this, kept, new Memo<>(in, out)); // a race loses a memo, never a value
    }
    return out;
  }

  /** Returns what readers know, or what was delivered if that is newer. */
  private @Nullable Memo<P, T> newest(@Nullable Memo<P, T> kept) {
    Link carried = link;
    Cell<T> delivered = carried == null ? null : carried.position.known();
    return delivered == null || (kept != null && kept.version >= delivered.version)
        ? kept
        : new Memo<>(null, delivered.version, delivered);
  }

  /**
   * Evaluates for a moment that readers have left behind. If the value went elsewhere and came back
   * since the known cell was made, it came back later than that cell says.
   */
  private Cell<T> ofEarlier(Cell<P> in, @Nullable Memo<P, T> kept, Memo<P, T> known) {
    Cell<T> out = result(in, known.out.version <= in.version ? known.out : null);
    if (out != known.out && known.out.version <= in.version && !known.out.failed()) {
      Cell<T> back = new Cell<>(known.out.value(), known.version);
      MEMO.compareAndSet(this, kept, new Memo<>(known.in, known.version, back));
    }
    return out;
  }

  private Cell<T> result(Cell<P> in, @Nullable Cell<T> before) {
    Cell.Failure passed = in.failure();
    if (passed != null) {
      return new Cell<>(passed, in.version);
    }
    long start = Probes.active() ? System.nanoTime() : 0;
    Cell<T> out;
    try {
      T value = compute(in.value());
      out =
          before != null && !before.failed() && same(before.value(), value)
              ? before
              : new Cell<>(value, in.version);
    } catch (Throwable t) { // the function is foreign code
      out = new Cell<>(new Cell.Failure(name(), t), in.version);
    }
    if (start != 0) {
      Evaluations.tell(name(), start, out != before);
    }
    return out;
  }

  @Override
  final Node<?> source() {
    return source;
  }

  @Override
  final int depth() {
    return depth;
  }

  @Override
  final CommitLock lock() {
    return source.lock();
  }

  @Override
  final @Nullable Cell<?> prepare() {
    refuseIfEnded("subscribe");
    Cell<?> start = source.prepare();
    Cell<T> now = start == null ? latest() : at(start); // so that it is known under the lock
    now.reportFailure();
    return start;
  }

  @Override
  final void refuseIfEnded(String attempted) {
    refuseIfClosed(attempted);
    upstream.refuseIfEnded(attempted);
  }

  /**
   * Refuses what a closed projection does not do; most are never closed themselves.
   *
   * @param attempted what is tried
   */
  protected void refuseIfClosed(String attempted) {}

  /**
   * Ends every subscription of this projection and of those made of it.
   *
   * @param mark makes {@link #refuseIfClosed} refuse; it runs under the lock, so that whoever
   *     subscribes meanwhile is either ended or refused
   */
  protected final void end(Runnable mark) {
    CommitLock lock = lock();
    lock.lock();
    try {
      mark.run();
    } finally {
      lock.unlock();
    }
    endAll();
  }

  @Override
  final Cell<?> baseline() {
    return source.baseline();
  }

  @Override
  final void activate() {
    Link made = new Link();
    link = made;
    link(made);
  }

  @Override
  final void deactivate() {
    Link present = Objects.requireNonNull(link);
    keep(present.position.known());
    unlink(present);
    link = null;
  }

  /** Leaves to readers what the link knows, so that versions go on from there. */
  private void keep(@Nullable Cell<T> delivered) {
    Cell<?> moment = source.baseline();
    Cell<P> in = upstream.knownAt(moment);
    Cell<T> out = knownAt(moment);
    if (in != null && out != null) {
      memo = new Memo<>(in, out);
    } else if (delivered != null) {
      memo = newest(memo);
    }
  }

  @Override
  final boolean isOvertaken(long version) {
    return source.isOvertaken(version);
  }

  @Override
  final void welcome(Subscriber<?> member) {
    source.welcome(member);
  }

  @Override
  final void align(Cell<?> sourceCell, Pass pass) {
    upstream.align(sourceCell, pass);
    Link present = link;
    if (present != null) {
      present.advance(upstream.at(sourceCell), pass);
    }
  }

  @Override
  final void detached() {
    source.detached();
  }

  /**
   * The edge of a projection, and how far it has carried. A delivery that is still under way when
   * the projection is let go and taken up again works on the old one, and disturbs nothing.
   */
  final class Link extends Edge {
    final Position<T> position = new Position<>(Projection.this, baseline());

    @Override
    @SuppressWarnings("unchecked") // it is only ever attached to the upstream node
    public void advance(Cell<?> now, Pass pass) {
      if (!position.isPast(now)) {
        advanceTo((Cell<P>) now, pass);
      }
    }

    /** Returns the cell of a moment, if that is the one that the delivery has settled. */
    @Nullable Cell<T> cellAt(Cell<?> moment) {
      if (!source.isSettledAt(moment)) { // before reading the cell, which may move on
        return null;
      }
      Cell<T> cell = position.known();
      return cell != null && cell.version <= moment.version && !position.isAfter(moment)
          ? cell
          : null;
    }

    private void advanceTo(Cell<P> in, Pass pass) {
      Cell<T> before = position.cell();
      Memo<P, T> kept = memo;
      if (kept != null && (kept.version >= in.version || kept.out.version > before.version)) {
        advanceAfterReader(before, in, pass);
        return;
      }
      if (kept != null) {
        MEMO.compareAndSet(Projection.this, kept, null); // it would keep an old state alive
      }
      Cell<T> now = result(in, before);
      if (now != before) {
        moveTo(before, now, pass);
      }
    }

    /** Goes where a reader has been before. */
    private void advanceAfterReader(Cell<T> before, Cell<P> in, Pass pass) {
      Cell<T> now = of(in);
      if (!sameValue(before, now)) {
        moveTo(before, dated(now, in), pass);
      } else if (now.version > before.version) {
        position.moveTo(now); // who has read this version must not read an older one
      }
    }

    private void moveTo(Cell<T> before, Cell<T> now, Pass pass) {
      position.moveTo(now);
      pass.changed(Projection.this, before, now);
      advanceEdges(now, pass);
    }

    /** Gives an older cell of an equal value the version of this commit, since it changes again. */
    private Cell<T> dated(Cell<T> now, Cell<P> in) {
      return now.version >= in.version || now.failed() ? now : new Cell<>(now.value(), in.version);
    }

    @Override
    public void mark(Pass pass) {
      markEdges(pass);
    }

    @Override
    public void end() {
      endAll();
    }
  }
}
