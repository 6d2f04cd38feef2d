package io.stateward.scope;

import io.stateward.signal.Change;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Delivery;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Signal;
import io.stateward.signal.SignalFailedException;
import io.stateward.signal.Subscription;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A lifetime, a cancellation and a place to look values up.
 *
 * <pre>{@code
 * try (Scope page = application.child("page")) {
 *   page.provide(THEME, Theme.DARK);
 *   Signal<Theme> theme = page.lookup(THEME);
 *   Store<Cart> cart = page.own(Store.of("cart", Cart.empty()));
 *   page.subscribe(cart, change -> render(change.now(), theme.get()));
 * } // all of it is closed
 * }</pre>
 *
 * <p>Scopes form a tree. A lookup finds the value of the nearest scope on the way to the root that
 * provides one. Closing a scope closes its children, then what it owns, each in the reverse order
 * of their opening.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. No lock is held while foreign code runs,
 * so a scope may be closed from anywhere but an updater: from a callback of its own as well.
 *
 * <p><b>Failure.</b> A closer that throws keeps no other from running; {@link #close} throws in the
 * end. A closed scope answers with {@link ClosedException}.
 *
 * <p><b>Cost.</b> Opening and closing a child is O(1); a closed one is forgotten by its parent. A
 * lookup signal depends on each scope between it and the root, and costs nothing while nobody
 * subscribes.
 *
 * @since 0.1
 */
public interface Scope extends AutoCloseable {

  /**
   * Creates a scope that has no parent.
   *
   * @param name the name, for errors
   * @return a new scope
   */
  static Scope root(String name) {
    return new TreeScope(name, null);
  }

  /**
   * Opens a scope within this one.
   *
   * @param name the name, for errors; several children may have the same
   * @return a new scope, closed with this one at the latest
   * @throws ClosedException if this scope is closed
   */
  Scope child(String name);

  /**
   * Returns the names from the root to this scope, with slashes between them.
   *
   * @return for example "application/page"
   */
  String path();

  /**
   * Provides a value to this scope and all below, until it is withdrawn or provided anew. Those who
   * looked the key up are told, unless the value is equal to the one they had.
   *
   * @param <T> the type of the value
   * @param key the key
   * @param value the value
   * @return this scope
   * @throws ClosedException if this scope is closed
   * @throws NestedUpdateException if an updater does it
   */
  <T> Scope provide(ScopeKey<T> key, T value);

  /**
   * Provides what a signal holds, with its changes, to this scope and all below.
   *
   * @param <T> the type of the value
   * @param key the key
   * @param signal the value; the scope does not own it
   * @return this scope
   * @throws ClosedException if this scope is closed
   * @throws NestedUpdateException if an updater does it
   */
  <T> Scope provideSignal(ScopeKey<T> key, Signal<? extends T> signal);

  /**
   * Stops providing a value here. Those who looked the key up go on with the next scope towards the
   * root that provides one.
   *
   * @param key the key
   * @return whether this scope provided one
   * @throws ClosedException if this scope is closed
   * @throws NestedUpdateException if an updater does it
   */
  boolean withdraw(ScopeKey<?> key);

  /**
   * Returns the value of the nearest scope that provides one, or the default of the key.
   *
   * <p>The signal follows: it moves when that value does, and when a nearer scope starts or stops
   * providing. If nobody provides one any more, reading it throws {@link SignalFailedException},
   * caused by a {@link NotProvidedException}, until somebody does. Its subscriptions, and those of
   * what is mapped from it, end with this scope; its value can still be read after.
   *
   * @param <T> the type of the value
   * @param key the key
   * @return the same signal each time
   * @throws NotProvidedException if nobody provides a value and the key has no default
   * @throws ClosedException if this scope is closed
   */
  <T> Signal<T> lookup(ScopeKey<T> key);

  /**
   * Returns the value of the nearest scope that provides one, or the default of the key, or null.
   * It follows and ends as that of {@link #lookup} does, and never fails for want of a provider.
   *
   * @param <T> the type of the value
   * @param key the key
   * @return the same signal each time
   * @throws ClosedException if this scope is closed
   */
  <T> Signal<@Nullable T> lookupOrNull(ScopeKey<T> key);

  /**
   * Closes something when this scope is closed. Owned twice, it is closed once.
   *
   * @param <R> the type of the resource
   * @param resource what to close
   * @return the resource
   * @throws ClosedException if this scope is closed; the resource was closed at once, and what that
   *     threw is suppressed
   */
  <R extends AutoCloseable> R own(R resource);

  /**
   * Lets go of something that was owned, without closing it: the caller does that, or did.
   *
   * @param resource the resource; the very object that was passed to {@link #own}
   * @return whether it was owned
   */
  boolean release(AutoCloseable resource);

  /**
   * Subscribes until this scope is closed. Same as {@code subscribe(signal, Delivery.every(),
   * subscriber)}.
   *
   * @param <T> the type of the value
   * @param signal whose changes to be told of
   * @param subscriber called with each change
   * @return a subscription that may be closed before; the scope then forgets it
   * @throws ClosedException if this scope is closed
   */
  default <T extends @Nullable Object> Subscription subscribe(
      Signal<T> signal, Consumer<? super Change<T>> subscriber) {
    return subscribe(signal, Delivery.every(), subscriber);
  }

  /**
   * Subscribes until this scope is closed, in a chosen manner.
   *
   * @param <T> the type of the value
   * @param signal whose changes to be told of
   * @param delivery which changes, and where
   * @param subscriber called with the changes
   * @return a subscription that may be closed before; the scope then forgets it
   * @throws ClosedException if this scope is closed
   */
  <T extends @Nullable Object> Subscription subscribe(
      Signal<T> signal, Delivery delivery, Consumer<? super Change<T>> subscriber);

  /**
   * Runs an action when this scope is closed, on the thread that closes it, in turn with what is
   * owned. This is how running work learns that it is cancelled; work in a loop may as well ask
   * {@link #isClosed}. On a scope that is closed already the action runs at once, on this thread.
   *
   * @param action what to run, once; what it throws is thrown by the close
   * @return a subscription that keeps the action from running when closed
   */
  Subscription onClose(Runnable action);

  /**
   * Returns what tells work that runs for this scope to stop. It is cancelled when the scope is
   * closed, from the moment at which {@link #isClosed} says so; its actions run as those of {@link
   * #onClose} do.
   *
   * @return the cancellation of this scope
   */
  Cancellation cancellation();

  /**
   * Tells whether this scope is closed. It is from the moment that its closing, or that of a scope
   * above it, begins.
   *
   * @return whether it is closed
   */
  boolean isClosed();

  /**
   * Closes this scope and everything opened in it: the children, last one first, then what is
   * owned, last one first. The whole subtree counts as closed before the first closer runs. Closing
   * again does nothing, and does not wait for another thread that is closing.
   *
   * @throws CloseFailedException if closers threw; all of them ran
   * @throws NestedUpdateException if an updater does it; nothing is closed then
   */
  @Override
  void close();
}
