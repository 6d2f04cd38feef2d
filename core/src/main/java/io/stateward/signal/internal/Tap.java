package io.stateward.signal.internal;

import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener to the commits of a root, told while the root's lock is held: by the thread that
 * commits, in the order of versions, before anybody else hears of it.
 *
 * <p>This is for recording. A listener only notes the {@link Moment}; what the moment means to a
 * projection of the root is evaluated later, when no lock is held. The first moment that a listener
 * is told is the one at which it was added.
 */
public final class Tap<T extends @Nullable Object> implements Subscription {

  static final Tap<?>[] NONE = {};

  private final Node<T> node;
  private final Root<?> root;
  private final Consumer<? super Moment<T>> listener;
  private volatile boolean closed;

  private Tap(Node<T> node, Root<?> root, Consumer<? super Moment<T>> listener) {
    this.node = node;
    this.root = root;
    this.listener = listener;
  }

  /**
   * Opens a tap.
   *
   * @param signal a store, or a slice of one
   * @param listener called under the lock: code of the library, which is short
   * @return the open tap
   */
  public static <T extends @Nullable Object> Tap<T> open(
      Signal<T> signal, Consumer<? super Moment<T>> listener) {
    Objects.requireNonNull(listener, "listener");
    Node<T> node = Node.of(signal);
    Transaction.refuseInside(() -> "recording of '%s'".formatted(node.name()));
    node.refuseIfEnded("recording it");
    Tap<T> tap = new Tap<>(node, (Root<?>) node.source(), listener);
    tap.root.addTap(tap);
    return tap;
  }

  /** Whether two values of a signal count as one; what its equality throws is reported. */
  public static <T extends @Nullable Object> boolean same(Signal<T> signal, T one, T other) {
    return Node.of(signal).same(one, other);
  }

  /** Tells of the moment at which the tap is added. Called under the lock. */
  void begin(Cell<?> now) {
    listener.accept(new Moment<>(node, now));
  }

  /** Tells of a commit. Called under the lock, which is then released by {@link Turn#unlocked}. */
  void committed(Cell<?> now) {
    if (closed) {
      return;
    }
    try {
      listener.accept(new Moment<>(node, now));
    } catch (Throwable t) { // the clock is the host's; the commit stands
      Turn.current().afterUnlocking(() -> reportMissed(now.version, t));
    }
  }

  private void reportMissed(long version, Throwable cause) {
    Probes.report(
        "'" + root.name() + "'",
        "Version %d could not be recorded, so what is recorded later starts from another state."
            .formatted(version),
        cause);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Turn.current().whenUnlocked(() -> root.removeTap(this));
    }
  }

  /** A commit, and what the node was then, which is evaluated when it is asked for. */
  public static final class Moment<T extends @Nullable Object> {
    private final Node<T> node;
    private final Cell<?> source;

    Moment(Node<T> node, Cell<?> source) {
      this.node = node;
      this.source = source;
    }

    /** Returns the version of the root. */
    public long version() {
      return source.version;
    }

    /** Returns the value then, or what is given if the function of the node threw. */
    public @Nullable T valueOr(@Nullable T otherwise) {
      Cell<T> cell = node.at(source);
      cell.reportFailure();
      return cell.failed() ? otherwise : cell.value();
    }

    /** Whether two values count as one to the node. */
    public boolean same(T one, T other) {
      return node.same(one, other);
    }
  }
}
