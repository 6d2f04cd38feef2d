package io.stateward.scope;

import io.stateward.collection.PersistentMap;
import io.stateward.signal.Change;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.signal.internal.Node;
import io.stateward.signal.internal.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one kind of scope. */
final class TreeScope implements Scope {

  /*
   * Concurrency
   * -----------
   * Each scope has one lock, in its lifetime, and no thread ever holds two of them. Closing goes from
   * the top down to mark, and from the bottom up to close: first every scope of the subtree is ended,
   * which yields what was open in it and makes it refuse more; then, with no lock held, the closers
   * run. A scope that another thread is closing already is left to that thread.
   *
   * A child enters its parent under the parent's lock. So it either is among the contents when the
   * parent ends, or is refused.
   */

  private final String name;
  private final @Nullable TreeScope parent;
  private final Lifetime lifetime = new Lifetime();
  private final AtomicReference<@Nullable Provisions> provisions = new AtomicReference<>();
  private final AtomicReference<@Nullable Map<ScopeKey<?>, Lookup<?>>> lookups =
      new AtomicReference<>();

  TreeScope(String name, @Nullable TreeScope parent) {
    this.name = Objects.requireNonNull(name, "name");
    this.parent = parent;
  }

  @Override
  public Scope child(String childName) {
    TreeScope child = new TreeScope(childName, this);
    if (!lifetime.add(child)) {
      throw closed("opening child '%s' in it".formatted(childName));
    }
    return child;
  }

  @Override
  public String path() {
    Deque<String> names = new ArrayDeque<>();
    for (TreeScope scope = this; scope != null; scope = scope.parent) {
      names.addFirst(scope.name);
    }
    return String.join("/", names);
  }

  @Override
  public <T> Scope provide(ScopeKey<T> key, T value) {
    return put(key, Signal.constant(key.checked(value)), "providing " + key);
  }

  @Override
  public <T> Scope provideSignal(ScopeKey<T> key, Signal<? extends T> signal) {
    Objects.requireNonNull(key, "key");
    return put(key, Node.of(signal), "providing " + key);
  }

  private Scope put(ScopeKey<?> key, Signal<?> signal, String attempted) {
    checkOpen(attempted);
    try {
      provisions().put(key, signal);
    } catch (ClosedException e) { // closed since the check
      throw closed(attempted);
    }
    return this;
  }

  @Override
  public boolean withdraw(ScopeKey<?> key) {
    Objects.requireNonNull(key, "key");
    String attempted = "withdrawing " + key;
    checkOpen(attempted);
    try {
      return provisions().remove(key);
    } catch (ClosedException e) { // closed since the check
      throw closed(attempted);
    }
  }

  @Override
  public <T> Signal<T> lookup(ScopeKey<T> key) {
    Lookup<T> lookup = find(key);
    if (key.fallback() == null && !isProvided(key)) {
      throw notProvided(key);
    }
    return lookup.orFailed();
  }

  @Override
  public <T> Signal<@Nullable T> lookupOrNull(ScopeKey<T> key) {
    return find(key).orNull();
  }

  @SuppressWarnings("unchecked") // the map holds a Lookup<T> under a ScopeKey<T>
  private <T> Lookup<T> find(ScopeKey<T> key) {
    Objects.requireNonNull(key, "key");
    checkOpen("looking up " + key);
    Map<ScopeKey<?>, Lookup<?>> known = lookups();
    Lookup<?> present = known.get(key);
    if (present == null) {
      Lookup<?> made = new Lookup<>(this, key);
      present = known.putIfAbsent(key, made);
      present = present == null ? made : present;
    }
    return (Lookup<T>) present;
  }

  private boolean isProvided(ScopeKey<?> key) {
    for (TreeScope scope = this; scope != null; scope = scope.parent) {
      if (scope.provided().containsKey(key)) {
        return true;
      }
    }
    return false;
  }

  /** Returns who provides a key in this scope and in each one above. */
  List<Signal<@Nullable Signal<?>>> providersOf(ScopeKey<?> key) {
    List<Signal<@Nullable Signal<?>>> providers = new ArrayList<>();
    for (TreeScope scope = this; scope != null; scope = scope.parent) {
      providers.add(scope.provisions().at(key));
    }
    return providers;
  }

  NotProvidedException notProvided(ScopeKey<?> key) {
    List<String> searched = new ArrayList<>();
    List<String> namesakes = new ArrayList<>();
    for (TreeScope scope = this; scope != null; scope = scope.parent) {
      String path = "'" + scope.path() + "'";
      searched.add(path);
      if (scope.provided().keySet().stream().anyMatch(it -> it.name().equals(key.name()))) {
        namesakes.add(path);
      }
    }
    return new NotProvidedException(key, searched, namesakes);
  }

  private PersistentMap<ScopeKey<?>, Signal<?>> provided() {
    Provisions present = provisions.get();
    return present == null ? PersistentMap.of() : present.current();
  }

  private Provisions provisions() {
    Provisions present = provisions.get();
    if (present != null) {
      return present;
    }
    Provisions made = new Provisions(path());
    Provisions other = provisions.compareAndExchange(null, made);
    return other == null ? made : other;
  }

  private Map<ScopeKey<?>, Lookup<?>> lookups() {
    Map<ScopeKey<?>, Lookup<?>> present = lookups.get();
    if (present != null) {
      return present;
    }
    Map<ScopeKey<?>, Lookup<?>> made = new ConcurrentHashMap<>();
    Map<ScopeKey<?>, Lookup<?>> other = lookups.compareAndExchange(null, made);
    return other == null ? made : other;
  }

  @Override
  public <R extends AutoCloseable> R own(R resource) {
    Objects.requireNonNull(resource, "resource");
    if (!lifetime.add(resource)) {
      throw closedWith(resource);
    }
    return resource;
  }

  private ClosedException closedWith(AutoCloseable resource) {
    ClosedException refusal = closed("owning a %s in it".formatted(resource.getClass().getName()));
    Throwable problem = Closing.attempt(resource);
    if (problem != null) {
      refusal.addSuppressed(problem);
    }
    return refusal;
  }

  @Override
  public boolean release(AutoCloseable resource) {
    return lifetime.remove(Objects.requireNonNull(resource, "resource"));
  }

  @Override
  public <T extends @Nullable Object> Subscription subscribe(
      Signal<T> signal, Delivery delivery, Consumer<? super Change<T>> subscriber) {
    checkOpen("subscribing in it");
    Subscription subscription = own(signal.subscribe(delivery, subscriber));
    return () -> {
      release(subscription);
      subscription.close();
    };
  }

  @Override
  public Subscription onClose(Runnable action) {
    Objects.requireNonNull(action, "action");
    AutoCloseable closer =
        action::run; // an object of its own, so that an action may be added twice
    if (!lifetime.add(closer)) {
      action.run();
    }
    return () -> lifetime.remove(closer);
  }

  @Override
  public Cancellation cancellation() {
    return new ScopeCancellation(this);
  }

  @Override
  public boolean isClosed() {
    return lifetime.hasEnded();
  }

  void checkOpen(String attempted) {
    if (isClosed()) {
      throw closed(attempted);
    }
  }

  private ClosedException closed(String attempted) {
    return new ClosedException(
        toString(), attempted, "Open a new one, or close this one later than its users.");
  }

  @Override
  public void close() {
    Transaction.refuseInside(() -> "close of scope '%s'".formatted(path()));
    List<Ended> subtree = end();
    if (parent != null) {
      parent.lifetime.remove(this);
    }
    Closing closing = new Closing(this);
    subtree.forEach(ended -> ended.scope.closeAll(ended.owned, closing));
    closing.end();
  }

  /** A scope of which nothing can be opened any more, and what was open in it. */
  private record Ended(TreeScope scope, List<AutoCloseable> owned) {}

  /** Ends this scope and all below, and returns them bottom up, later ones before earlier ones. */
  private List<Ended> end() {
    List<Ended> ended = new ArrayList<>();
    Deque<TreeScope> pending = new ArrayDeque<>();
    pending.push(this);
    while (!pending.isEmpty()) { // a loop, since trees may be deeper than stacks
      TreeScope scope = pending.pop();
      Lifetime.Contents contents = scope.lifetime.end();
      if (contents != null) {
        ended.add(new Ended(scope, contents.owned()));
        Collections.reverse(contents.children());
        contents.children().forEach(pending::push);
      }
    }
    Collections.reverse(ended);
    return ended;
  }

  private void closeAll(List<AutoCloseable> owned, Closing closing) {
    Map<ScopeKey<?>, Lookup<?>> ending = lookups.get();
    if (ending != null) {
      ending.values().forEach(Lookup::end);
    }
    owned.forEach(resource -> closing.close(this, resource));
    Provisions closingToo = provisions.get();
    if (closingToo != null) {
      closingToo.close();
    }
  }

  @Override
  public String toString() {
    return "Scope '" + path() + "'";
  }
}
