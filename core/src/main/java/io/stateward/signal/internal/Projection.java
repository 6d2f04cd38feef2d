package io.stateward.signal.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
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

  /**
   * The newest evaluation. Read without a fence: a memo is immutable and is used only for the cell
   * that it was made from, so a stale one costs an evaluation. Replaced by compare-and-set, and
   * never by an older one: equal values keep the cell of the memo before, so a memo that came late
   * would set the version back.
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

  private record Memo<P extends @Nullable Object, T extends @Nullable Object>(
      Cell<P> in, Cell<T> out) {}

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
    while (true) {
      Cell<P> in = upstream.latest();
      Memo<P, T> known = memo;
      if (known != null && known.in == in) {
        return known.out;
      }
      if (known != null && known.in.version > in.version) {
        return known.out; // of a commit that was made since
      }
      Cell<T> out = result(in, known == null ? null : known.out);
      if (isStaging() || MEMO.compareAndSet(this, known, new Memo<>(in, out))) {
        return out;
      }
    }
  }

  @Override
  final Cell<T> read(Reading reading) {
    return of(upstream.read(reading));
  }

  @Override
  final Cell<T> at(Cell<?> sourceCell) {
    return of(upstream.at(sourceCell));
  }

  @Override
  final @Nullable Cell<T> knownAt(Cell<?> sourceCell) {
    Cell<P> in = upstream.knownAt(sourceCell);
    Memo<P, T> known = memo;
    return known != null && known.in == in ? known.out : null;
  }

  private Cell<T> of(Cell<P> in) {
    return of(in, memo);
  }

  private Cell<T> of(Cell<P> in, @Nullable Memo<P, T> known) {
    if (known != null && known.in == in) {
      return known.out;
    }
    if (known != null && known.in.version > in.version) {
      return ofEarlier(in, known);
    }
    Cell<T> out = result(in, known == null ? null : known.out);
    if (!isStaging()) {
      MEMO.compareAndSet(this, known, new Memo<>(in, out)); // a race loses a memo, never a value
    }
    return out;
  }

  /**
   * Evaluates for a moment that readers have left behind. If the value went elsewhere and came back
   * since the memo's cell was made, it came back later than that cell says.
   */
  private Cell<T> ofEarlier(Cell<P> in, Memo<P, T> known) {
    Cell<T> out = result(in, known.out.version <= in.version ? known.out : null);
    if (out != known.out && known.out.version <= in.version && !known.out.failed()) {
      Cell<T> back = new Cell<>(known.out.value(), known.in.version);
      MEMO.compareAndSet(this, known, new Memo<>(known.in, back));
    }
    return out;
  }

  /** Whether what is read here may never be committed, so that it must not be kept. */
  private static boolean isStaging() {
    return Transaction.anyOpen() && Turn.current().transaction != null;
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
      out = new Cell<>(value, in.version);
      if (before != null && sameValue(before, out)) {
        out = before;
      }
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
  final ReentrantLock lock() {
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
    ReentrantLock lock = lock();
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
    unlink(Objects.requireNonNull(link));
    link = null;
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
  private final class Link extends Edge {
    private final Position<T> position = new Position<>(Projection.this, baseline());

    @Override
    @SuppressWarnings("unchecked") // it is only ever attached to the upstream node
    public void advance(Cell<?> now, Pass pass) {
      if (!position.isPast(now)) {
        advanceTo((Cell<P>) now, pass);
      }
    }

    private void advanceTo(Cell<P> in, Pass pass) {
      Cell<T> before = position.cell();
      Memo<P, T> known = memo;
      Cell<T> now = of(in, known);
      boolean compared = known != null && known.in != in && known.out == before;
      if (now == before || (!compared && sameValue(before, now))) {
        return;
      }
      Cell<T> dated = dated(now, in);
      position.moveTo(dated);
      pass.changed(Projection.this, before, dated);
      advanceEdges(dated, pass);
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
