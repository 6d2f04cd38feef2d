package io.stateward.testkit;

import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * What the library reported as failed: subscribers, selectors and closers that threw, queues that
 * overflowed.
 *
 * <pre>{@code
 * try (Failures failures = Failures.record()) {
 *   store.update(app -> app.withFilter("milk"));
 *   assertThat(failures.list()).isEmpty();
 * }
 * }</pre>
 *
 * <p>Failures of the whole process are recorded. Where tests run in parallel, give your stores and
 * subscribers names, and record what is {@linkplain #about about} them.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @since 0.1
 */
public final class Failures implements Subscription {

  private final List<Probe.Failed> failed = new CopyOnWriteArrayList<>();
  private final Predicate<? super Probe.Failed> wanted;
  private final Subscription probe;

  private Failures(Predicate<? super Probe.Failed> wanted) {
    this.wanted = wanted;
    this.probe = Probe.attach(this::on);
  }

  /**
   * Records every failure from now on.
   *
   * @return the failures, to be closed when the test ends
   */
  public static Failures record() {
    return new Failures(failure -> true);
  }

  /**
   * Records the failures of something that has a name, from now on.
   *
   * @param name part of what {@link Probe.Failed#where()} says, for example the name of a store
   * @return the failures, to be closed when the test ends
   */
  public static Failures about(String name) {
    Objects.requireNonNull(name, "name");
    return new Failures(failure -> failure.where().contains(name));
  }

  private void on(Probe.Event event) {
    if (event instanceof Probe.Failed failure && wanted.test(failure)) {
      failed.add(failure);
    }
  }

  /**
   * Returns what has failed so far.
   *
   * @return a copy, in the order of the reports
   */
  public List<Probe.Failed> list() {
    return List.copyOf(failed);
  }

  /**
   * Tells whether nothing has failed so far.
   *
   * @return whether {@link #list()} is empty
   */
  public boolean none() {
    return failed.isEmpty();
  }

  /** Stops recording. What was recorded can still be read. */
  @Override
  public void close() {
    probe.close();
  }
}
