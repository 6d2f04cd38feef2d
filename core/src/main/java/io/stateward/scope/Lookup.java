package io.stateward.scope;

import io.stateward.signal.Reader;
import io.stateward.signal.Signal;
import io.stateward.signal.internal.Mapped;
import io.stateward.signal.internal.Node;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A key looked up from one scope: the signals of the nearest provider's value. A scope keeps one
 * per key, so that it can end what is subscribed to them.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Lookup<T> {

  private final ScopeKey<T> key;
  private final List<Signal<@Nullable Signal<?>>> providers; // nearest scope first
  private final Following<@Nullable T, @Nullable T> orNull;
  private final Following<@Nullable T, T> orFailed;

  Lookup(TreeScope scope, ScopeKey<T> key) {
    this.key = key;
    this.providers = scope.providersOf(key);
    Signal<@Nullable T> nearest = Signal.<@Nullable T>derive(this::nearest);
    this.orNull = new Following<>(scope, nearest, value -> value);
    this.orFailed = new Following<>(scope, nearest, value -> present(scope, value));
    nearest.named("lookup of %s in %s".formatted(key.name(), scope.path()));
    orNull.named(nearest.name());
    orFailed.named(nearest.name());
  }

  private @Nullable T nearest(Reader from) {
    for (Signal<@Nullable Signal<?>> provider : providers) {
      Signal<?> provided = from.get(provider);
      if (provided != null) {
        return valueOf(from, provided);
      }
    }
    return key.fallback();
  }

  @SuppressWarnings("unchecked") // a scope provides only a Signal<T> under a ScopeKey<T>
  private T valueOf(Reader from, Signal<?> provided) {
    return from.get((Signal<T>) provided);
  }

  private T present(TreeScope scope, @Nullable T value) {
    if (value == null) {
      throw scope.notProvided(key);
    }
    return value;
  }

  Signal<@Nullable T> orNull() {
    return orNull;
  }

  Signal<T> orFailed() {
    return orFailed;
  }

  /** Ends every subscription. */
  void end() {
    orNull.end();
    orFailed.end();
  }

  /** A signal whose subscriptions end with the scope. */
  private static final class Following<U extends @Nullable Object, V extends @Nullable Object>
      extends Mapped<U, V> {
    private final TreeScope scope;

    Following(TreeScope scope, Signal<U> signal, Function<? super U, ? extends V> function) {
      super(Node.of(signal), function, "lookup");
      this.scope = scope;
    }

    @Override
    protected void refuseIfClosed(String attempted) {
      scope.checkOpen(attempted);
    }

    void end() {
      end(() -> {}); // the scope is marked as closed already
    }
  }
}
