package io.stateward.signal.internal;

import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import io.stateward.signal.Subscription;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told of the changes of a node, one at a time.
 *
 * <p>Each subscriber keeps what it was told last, so its changes join up whatever was conflated in
 * between. It starts from the source's cell at the moment it was attached; whatever is not newer
 * than that is not news to it.
 */
abstract class Subscriber<T extends @Nullable Object> extends Member implements Subscription {

  private final Node<T> node;
  private final Consumer<? super Change<T>> callback;
  private final Runnable ended;
  private final String name;
  private @Nullable Position<T> position; // set when attached; where it is, if it keeps that itself
  private @Nullable WeakReference<Subscriber<?>> self; // confined to the delivery
  private volatile boolean closed;

  Subscriber(Node<T> node, String name, Consumer<? super Change<T>> callback, Runnable ended) {
    this.node = node;
    this.name = name;
    this.callback = callback;
    this.ended = ended;
  }

  static <T extends @Nullable Object> Subscriber<T> of(
      Node<T> node, Delivery delivery, Consumer<? super Change<T>> callback, Runnable ended) {
    boolean inline =
        delivery.executor() == null
            && !delivery.startsWithCurrent()
            && delivery.mode().compareTo(Delivery.Mode.LATEST) <= 0;
    return inline
        ? new InlineSubscriber<>(node, delivery, callback, ended)
        : new QueuedSubscriber<>(node, delivery, callback, ended);
  }

  /** Takes the position to start from. Called under the node's lock, before it is attached. */
  final void start(Cell<?> sourceCell) {
    position = new Position<>(node, sourceCell);
  }

  /** Takes a change of the node, in the node's delivery. Returns whether it was wanted. */
  abstract boolean offer(@Nullable Cell<T> was, Cell<T> now, Turn turn);

  /** Keeps what it was told last, since the next change does not start from there. */
  void hold(Cell<T> last) {}

  /** Begins, on the thread that subscribed. */
  abstract void begin();

  /** Lets go of what was arranged for later. */
  void stop() {}

  final Node<T> node() {
    return node;
  }

  final String name() {
    return name;
  }

  final boolean isClosed() {
    return closed;
  }

  /** Whether a change was made before the subscriber came, so that it is no news to it. */
  final boolean isPast(Cell<T> change) {
    return position().isPast(change);
  }

  /** Hands a change to the callback if it is news. For one thread at a time. */
  final boolean hand(@Nullable Cell<T> was, Cell<T> now, Turn turn) {
    Position<T> reached = position();
    if (reached.isPast(now)) {
      return false;
    }
    Cell<T> from = reached.cell();
    if (now.version <= from.version) {
      return false;
    }
    reached.moveTo(now);
    boolean compared = from == was; // by the node, which found them different
    if (!compared && node.sameValue(from, now)) {
      return false;
    }
    handOver(from.failed() ? now : from, now, turn);
    return true;
  }

  /** Returns where it is. */
  final Position<T> position() {
    return Objects.requireNonNull(position);
  }

  /** Hands over the value that the subscription starts from. */
  final void handCurrent(Turn turn) {
    Cell<T> from = position().cell();
    if (!from.failed()) {
      handOver(from, from, turn);
    }
  }

  /** Hands a change to the callback. */
  final void handOver(Cell<T> from, Cell<T> now, Turn turn) {
    assert !turn.holdsLock() : "a subscriber must not run under a lock";
    if (closed) {
      return;
    }
    Change<T> change = new Change<>(from.value(), now.value(), now.version);
    turn.call(this, change.version(), () -> accept(change));
  }

  private void accept(Change<T> change) {
    try {
      callback.accept(change);
    } catch (Throwable t) { // the callback is foreign code
      Probes.report(
          "Subscriber '%s' of '%s'".formatted(name, node.name()),
          "It threw at version %d; it stays subscribed, and nobody else is affected."
              .formatted(change.version()),
          t);
    }
  }

  /** What threads remember this subscriber by; made when it is first called. */
  final WeakReference<Subscriber<?>> self() {
    WeakReference<Subscriber<?>> present = self;
    if (present == null) {
      present = new WeakReference<>(this);
      self = present;
    }
    return present;
  }

  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      Turn.current().whenUnlocked(() -> node.detach(this)); // an updater may close any subscription
      stop();
    }
  }

  /** Ends the subscription because its source is closed. */
  final void end() {
    if (!closed) {
      close();
      try {
        ended.run();
      } catch (Throwable t) { // leads to foreign code through publishers
        Probes.report(
            "Subscriber '%s' of '%s'".formatted(name, node.name()), "It threw at its end.", t);
      }
    }
  }
}
