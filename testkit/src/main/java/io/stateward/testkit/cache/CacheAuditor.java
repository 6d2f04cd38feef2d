package io.stateward.testkit.cache;

import io.stateward.cache.Finder;
import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.Invalidation;
import io.stateward.signal.Probe;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the instances of a cache would serve with the source, and finds entries that stay
 * stale.
 *
 * <pre>{@code
 * CacheAuditor<Long, User> auditor = CacheAuditor.of(db::findUser)
 *     .instance("a", here).instance("b", there)        // layered caches, or any other
 *     .bound(Duration.ofSeconds(3)).checksPerSecond(50)
 *     .keys(lately::sample)
 *     .onStale(stale -> log.error("{}", stale))
 *     .start();
 * auditor.add(7L);                                     // has just been written
 * assertThat(auditor.report().get().stale()).isZero();
 * }</pre>
 *
 * <p>A key is looked at in each instance between two reads of the source. An entry that differs
 * from both is suspicious, and looked at again after the bound, then after twice the bound, and so
 * on; it is found if it is still the same entry then, differs again, and was first stale longer ago
 * than the bound. So a write that is under way is never taken for a stale entry. An entry that is
 * stored anew, be it as stale, is another one, whose time begins then: what is reported is right,
 * and is not all that there is.
 *
 * <p>The idea is that of Polaris (Meta, "Cache made consistent", 2022).
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Failure.</b> A check in which the source or an instance throws is void, counted, and
 * reported; a listener that throws is reported.
 *
 * <p><b>Cost.</b> One check at a time, on the executor; two reads of the source for each, whatever
 * the number of instances.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
public final class CacheAuditor<K, V> implements AutoCloseable {

  /*
   * Why no report is wrong. Let an entry be seen at a time p between two reads of the source, the
   * first that ends before p, the second that begins after it and ends at t, and let its value
   * differ from both.
   *
   *   read     look      read            bound          read    look    read
   *   [--B--]   p:A     [--B--]t <-------------------> [--B--]  q:A    [--B--]
   *
   * A single check proves nothing: the entry may have been loaded from a value that the source had
   * only between the two reads (B, A, B), or its invalidation is on its way. But an entry with the
   * same mark at q > p was there all the time from p to q, so it was loaded before p; and the
   * source, which differs at t, has had a commit since it had A. That entry was not removed until q,
   * although that commit is at least q - t old: q - t is a lower bound of how long it is stale. If
   * the source came back to A in between, each of these commits should have removed the entry all
   * the same.
   *
   * t is taken after the second read has ended and q before the look begins, so the time of slow
   * reads never counts.
   */

  private static final Duration MARGIN = Duration.ofMillis(1); // stale for longer than the bound
  private static final int LONGEST_WAIT = 32; // times the bound

  private final AuditorBuilder<K, V> settings;
  private final AuditQueue<K> queue;
  private final Store<AuditReport> report = Store.of("cache audit", AuditReport.NOTHING);
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile @Nullable Timer timer;
  private volatile boolean closed;

  CacheAuditor(AuditorBuilder<K, V> settings) {
    this.settings = settings;
    this.queue = new AuditQueue<>(settings.queue);
  }

  /**
   * Begins an auditor.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param source reads the source itself; never through a cache, nor from a replica that lags
   * @return its settings
   */
  public static <K, V> AuditorBuilder<K, V> of(Finder<K, V> source) {
    return new AuditorBuilder<>(source);
  }

  /**
   * Adds a key to those that are looked at.
   *
   * @param key the key, for example one that was just written
   * @return whether it is; false if the queue is full
   */
  public boolean add(K key) {
    return queue.add(Objects.requireNonNull(key, "key"));
  }

  /**
   * Adds each key that is invalidated, from now on.
   *
   * @param backplane where invalidations are told
   * @param cache the name of the cache
   * @param keys what a key is, of its text
   * @return ends the listening
   */
  public Subscription listen(
      Backplane backplane, String cache, Function<? super String, ? extends K> keys) {
    return backplane.listen(
        cache,
        message -> {
          if (message.invalidation() instanceof Invalidation.Key one) {
            add(keys.apply(one.key()));
          }
        });
  }

  /**
   * Returns what was seen so far.
   *
   * @return the figures, which move after each check
   */
  public Signal<AuditReport> report() {
    return report;
  }

  void scheduleTick() {
    if (!closed) {
      long nanos = (long) (1e9 / settings.checksPerSecond);
      timer = settings.timekeeper.schedule(Duration.ofNanos(nanos), this::tick);
    }
  }

  private void tick() {
    scheduleTick();
    if (busy.compareAndSet(false, true)) {
      try {
        settings.executor.execute(this::work);
      } catch (RuntimeException e) { // the host's executor
        busy.set(false);
        Probe.report(toString(), "The executor refused a check.", e);
      }
    }
  }

  private void work() {
    try {
      Suspect<K> suspect = closed ? null : next();
      if (suspect != null) {
        check(suspect);
      }
    } finally {
      busy.set(false);
    }
  }

  private @Nullable Suspect<K> next() {
    long now = settings.timekeeper.nanoTime();
    Suspect<K> waiting = queue.take(now);
    if (waiting != null) {
      return waiting;
    }
    try {
      settings.keys.get().forEach(queue::add);
    } catch (Throwable t) { // foreign code
      Probe.report(toString(), "It could not be said which keys to look at.", t);
    }
    return queue.take(now);
  }

  private void check(Suspect<K> suspect) {
    AuditCheck<K, V> check = new AuditCheck<>(settings, suspect);
    boolean keep;
    try {
      check.run();
      keep = check.judge();
    } catch (Throwable t) { // foreign code
      if (t instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      Probe.report(toString(), "The check of '%s' is void.".formatted(suspect.key), t);
      check.failed = 1;
      keep = !suspect.suspicions.isEmpty();
    }
    wait(suspect, check.fresh);
    queue.done(suspect, keep);
    report.update(was -> sum(was, check));
    check.found.forEach(this::tell);
  }

  private void wait(Suspect<K> suspect, boolean fresh) {
    long first = settings.bound.plus(MARGIN).toNanos();
    suspect.waitNanos =
        fresh || suspect.waitNanos == 0
            ? first
            : Math.min(2 * suspect.waitNanos, LONGEST_WAIT * first);
    suspect.dueNanos = settings.timekeeper.nanoTime() + suspect.waitNanos;
  }

  private AuditReport sum(AuditReport was, AuditCheck<K, V> check) {
    return new AuditReport(
        was.checks() + 1,
        queue.suspects(),
        was.stale() + check.found.size(),
        was.staleNow() + check.found.size() - check.healed,
        was.longest().compareTo(check.longest) < 0 ? check.longest : was.longest(),
        queue.skipped(),
        was.failed() + check.failed);
  }

  private void tell(StaleEntry<K, V> stale) {
    if (closed) {
      return;
    }
    try {
      settings.onStale.accept(stale);
    } catch (Throwable t) { // of whoever listens
      Probe.report(toString(), "The listener to stale entries threw.", t);
    }
  }

  /** Ends it: no check begins after this. Its report can still be read. */
  @Override
  public void close() {
    closed = true;
    Timer next = timer;
    if (next != null) {
      next.cancel();
    }
  }

  @Override
  public String toString() {
    return "Auditor of " + settings.instances.keySet();
  }
}
