package io.stateward.cache;

import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is reported as failed. The testkit's own cannot be used: it knows this module. */
final class Failures implements AutoCloseable {

  private final List<Probe.Failed> failed = new CopyOnWriteArrayList<>();
  private final Subscription probe;

  private Failures(String name) {
    probe =
        Probe.attach(
            event -> {
              if (event instanceof Probe.Failed failure && failure.where().contains(name)) {
                failed.add(failure);
              }
            });
  }

  /** Records what fails in something that has a name, from now on. */
  static Failures about(String name) {
    return new Failures(name);
  }

  List<Probe.Failed> list() {
    return List.copyOf(failed);
  }

  @Override
  public void close() {
    probe.close();
  }
}
