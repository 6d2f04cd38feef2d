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
   * The last evaluation. Not volatile: a memo is immutable and is used only for the cell that it
   * was made from, so a stale one costs an evaluation and is never wrong. Only where a cell is
   * kept, with its version, does it matter that nothing was seen in between.
   */
  private @Nullable Memo<P, T> memo;

  private volatile @Nullable Link link; // written under lock(); made anew at each activation

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

  private static VarHandle memoHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Projection.class, "memo", Memo.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
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
    return of(upstream.latest());
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
    Memo<P, T> known = memo;
    return known != null && known.in == in ? known.out : evaluate(in, known);
  }

  private Cell<T> evaluate(Cell<P> in, @Nullable Memo<P, T> known) {
    if (known == null) {
      return memoise(in, result(in, null));
    }
    if (known.in.version > in.version) {
      return evaluateEarlier(in, known);
    }
    Cell<T> out = result(in, known.out);
    if (out != known.out) {
      return memoise(in, out); // a race loses a memo, never a value
    }
    boolean still = MEMO.compareAndSet(this, known, new Memo<>(in, out));
    return still ? out : of(in); // what was seen in between may differ, and be of a later version
  }

  private Cell<T> memoise(Cell<P> in, Cell<T> out) {
    memo = new Memo<>(in, out);
    return out;
  }

  /** Evaluates for a moment that the memo has left behind, as deliveries do. */
  private Cell<T> evaluateEarlier(Cell<P> in, Memo<P, T> known) {
    Cell<T> out = result(in, known.out);
    if (out != known.out && known.out.version <= in.version) { // it went elsewhere and came back
      Cell<T> again = new Cell<>(known.out.value(), known.in.version);
      MEMO.compareAndSet(this, known, new Memo<>(known.in, again));
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
    refuseIfClosed("subscribe");
    Cell<?> start = source.prepare();
    Cell<T> now = start == null ? latest() : at(start); // so that it is known under the lock
    now.reportFailure();
    return start;
  }

  @Override
  final void admit() {
    refuseIfClosed("subscribe");
    source.admit();
  }

  /**
   * Refuses what a closed projection does not do; most are never closed themselves.
   *
   * @param attempted what is tried
   */
  protected void refuseIfClosed(String attempted) {}

  /** Ends every subscription of this projection and of those made of it. */
  protected final void endSubscriptions() {
    awaitAdmissions();
    endAll();
  }

  /** After this, whoever was being admitted is in the list, and everybody else is refused. */
  private void awaitAdmissions() {
    ReentrantLock lock = lock();
    lock.lock();
    try {
      return;
    } finally {
      lock.unlock();
    }
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
      Cell<T> now = of(in);
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
