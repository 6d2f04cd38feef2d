package io.stateward.store;

import io.stateward.signal.ClosedException;
import io.stateward.signal.internal.Mapped;
import io.stateward.signal.internal.Node;
import io.stateward.signal.internal.Part;
import java.util.function.UnaryOperator;

/** A store over a part of another one: it reads as a selection, and writes through the lens. */
final class SliceStore<P, S> extends Mapped<P, S> implements Store<S>, Part<S> {

  private final Store<P> parent;
  private final Lens<P, S> lens;
  private volatile boolean closed;

  SliceStore(Store<P> parent, Node<P> node, Lens<P, S> lens) {
    super(node, lens::get, "slice");
    this.parent = parent;
    this.lens = lens;
  }

  @Override
  public S update(UnaryOperator<S> updater) {
    refuseIfClosed("update");
    return lens.get(parent.update(whole -> lens.modify(whole, updater)));
  }

  @Override
  public S partOf(Object root) {
    return lens.get(Part.of(parent).partOf(root));
  }

  @Override
  public Object withPart(Object root, S part) {
    Part<P> outer = Part.of(parent);
    return outer.withPart(root, lens.with(outer.partOf(root), part));
  }

  @Override
  public <T> Store<T> slice(Lens<S, T> inner) {
    return new SliceStore<>(this, this, inner);
  }

  @Override
  public Store<S> named(String name) {
    super.named(name);
    return this;
  }

  @Override
  public void close() {
    end(() -> closed = true);
  }

  @Override
  public boolean isClosed() {
    return closed || parent.isClosed();
  }

  @Override
  protected void refuseIfClosed(String attempted) {
    if (closed) {
      throw new ClosedException("'" + name() + "'", attempted);
    }
  }
}
