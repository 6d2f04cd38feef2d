package io.stateward.scope;

import io.stateward.signal.ClosedException;
import io.stateward.signal.internal.Probes;
import io.stateward.signal.internal.Transaction;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one kind of family. Its roster says who is a member and who has to go; here their values are
 * made and closed, with no lock held.
 */
final class KeyedFamily<K, V> implements Family<K, V> {

  private final String name;
  private final Function<? super K, ? extends V> factory;
  private final Eviction eviction;
  private final Roster<K, V> roster;
  private final Sweeper sweeper;

  KeyedFamily(String name, Function<? super K, ? extends V> factory, Eviction eviction) {
    this.name = Objects.requireNonNull(name, "name");
    this.factory = Objects.requireNonNull(factory, "factory");
    this.eviction = eviction;
    this.roster = new Roster<>(eviction);
    this.sweeper = new Sweeper(eviction.timekeeper(), this::sweep);
  }

  @Override
  public V get(K key) {
    Member<K, V> member = join(key);
    try {
      return member.await();
    } finally {
      giveBack(member);
    }
  }

  @Override
  public Lease<V> lease(K key) {
    Member<K, V> member = join(key);
    try {
      return new Held(member, member.await());
    } catch (Throwable t) {
      giveBack(member);
      throw t;
    }
  }

  private Member<K, V> join(K key) {
    Objects.requireNonNull(key, "key");
    Roster.Joined<K, V> joined = roster.join(name, key, eviction.now());
    if (joined == null) {
      throw closed(key);
    }
    closeAll(joined.gone());
    if (joined.isNew()) {
      make(joined.member());
      arm(); // an age is reached under a lease as well
    }
    return joined.member();
  }

  /** Runs the factory. What comes of it is for the caller and for everyone who waits. */
  private void make(Member<K, V> member) {
    V value;
    try {
      value = factory.apply(member.key);
      if (value == null) {
        throw new NullPointerException(
            "The factory of family '%s' returned null for key '%s', so nothing is kept. Return a value, for example a signal that holds null."
                .formatted(name, member.key));
      }
    } catch (Throwable t) { // whatever it is, nobody may wait for ever
      roster.forget(member);
      member.finish(t);
      throw t;
    }
    if (roster.enter(member, value)) {
      member.finish(null);
    } else { // the family was closed meanwhile
      closeEvicted(member, value);
      member.finish(closed(member.key));
    }
  }

  private ClosedException closed(K key) {
    return new ClosedException(
        toString(),
        "the use of key '%s'".formatted(key),
        "Create a new one, or close this one later than its users.");
  }

  private void giveBack(Member<K, V> member) {
    closeAll(roster.giveBack(member, eviction.now()));
    arm();
  }

  @Override
  public void evict(K key) {
    closeAll(roster.evict(Objects.requireNonNull(key, "key")));
  }

  private void sweep() {
    closeAll(roster.evictDue(eviction.now()));
    arm();
  }

  private void arm() {
    if (!eviction.isTimed() || sweeper.isArmed()) {
      return;
    }
    Long nanos = roster.nanosUntilDue(eviction.now());
    if (nanos == null) {
      return;
    }
    try {
      sweeper.arm(nanos);
    } catch (RuntimeException e) {
      Probes.report(
          toString(),
          "Its timekeeper refused a task, so values that nobody uses stay until they are asked for, or the family is closed.",
          e);
    }
  }

  private void closeAll(List<Member<K, V>> gone) {
    for (Member<K, V> member : gone) {
      closeEvicted(member, member.value());
    }
  }

  private void closeEvicted(Member<K, V> member, @Nullable Object value) {
    if (value instanceof AutoCloseable closeable) {
      Throwable problem = Closing.attempt(closeable);
      if (problem != null) { // who caused the eviction has nothing to do with it
        Probes.report(member.toString(), "Its value threw as it was closed; it is gone.", problem);
      }
    }
  }

  @Override
  public int size() {
    return roster.size();
  }

  @Override
  public boolean isClosed() {
    return roster.hasEnded();
  }

  @Override
  public void close() {
    Transaction.refuseInside(() -> "close of family '%s'".formatted(name));
    List<Member<K, V>> all = roster.end();
    sweeper.end();
    Closing closing = new Closing(this);
    for (Member<K, V> member : all) {
      if (member.value() instanceof AutoCloseable closeable) {
        closing.close(member, closeable);
      }
    }
    closing.end();
  }

  @Override
  public String toString() {
    return "Family '" + name + "'";
  }

  /** A class and not a record: two leases on one value are two. */
  private final class Held implements Lease<V> {
    private final AtomicReference<@Nullable Member<K, V>> member;
    private final V value;

    Held(Member<K, V> member, V value) {
      this.member = new AtomicReference<>(member);
      this.value = value;
    }

    @Override
    public V value() {
      if (member.get() == null) {
        throw new ClosedException(
            "A lease of family '%s'".formatted(name),
            "reading its value",
            "Take a new lease, and close this one after the last use.");
      }
      return value;
    }

    @Override
    public void close() {
      Member<K, V> held = member.getAndSet(null);
      if (held != null) {
        giveBack(held);
      }
    }
  }
}
