package io.stateward.examples.cookbook;

import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.util.function.Consumer;

/** Watching the library itself. */
final class Watching {

  private Watching() {}

  // tag: watch
  static Subscription watch(Consumer<String> line) {
    return Probe.attach(
        event -> {
          if (event instanceof Probe.Committed commit) {
            line.accept("%s took version %d".formatted(commit.store(), commit.version()));
          } else if (event instanceof Probe.Delivered delivery) {
            line.accept("%s told %d".formatted(delivery.store(), delivery.notified()));
          } else if (event instanceof Probe.Evaluated run) {
            line.accept("%s ran, %s".formatted(run.signal(), run.changed() ? "new" : "as before"));
          } else if (event instanceof Probe.Failed failure) {
            line.accept("%s: %s".formatted(failure.where(), failure.problem()));
          }
        });
  }
  // end
}
