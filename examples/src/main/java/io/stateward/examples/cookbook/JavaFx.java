package io.stateward.examples.cookbook;

import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import javafx.application.Platform;
import javafx.scene.text.Text;

/** The JavaFX thread. Compiled only: running it needs a screen and JavaFX for the platform. */
final class JavaFx {

  private JavaFx() {}

  // tag: javafx
  static Subscription show(Signal<String> title, Text text) {
    return title.subscribe(
        Delivery.latest().withCurrent().on(Platform::runLater),
        change -> text.setText(change.now()));
  }
  // end
}
