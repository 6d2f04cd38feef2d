package io.stateward.cache;

import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is reported about something with a name, while a test listens. */
final class Reported implements Subscription {

  private final List<Probe.Failed> failed = new CopyOnWriteArrayList<>();
  private final Subscription probe;

  private Reported(String name) {
    probe =
        Probe.attach(
            event -> {
              if (event instanceof Probe.Failed failure && failure.where().contains(name)) {
                failed.add(failure);
              }
            });
  }

  static Reported about(String name) {
    return new Reported(name);
  }

  List<Probe.Failed> list() {
    return List.copyOf(failed);
  }

  @Override
  public void close() {
    probe.close();
  }
}
