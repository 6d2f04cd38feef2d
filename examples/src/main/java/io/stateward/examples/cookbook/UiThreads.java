package io.stateward.examples.cookbook;

import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;

/** Telling user interfaces on their own threads. */
final class UiThreads {

  private UiThreads() {}

  // tag: swing
  static Subscription show(Signal<String> title, JLabel label) {
    return title.subscribe(
        Delivery.latest().withCurrent().on(SwingUtilities::invokeLater),
        change -> label.setText(change.now()));
  }

  // end

  // tag: any
  static Subscription show(Signal<String> title, Executor uiThread, Consumer<String> view) {
    return title.subscribe(
        Delivery.latest().withCurrent().on(uiThread), change -> view.accept(change.now()));
  }
  // end
}
