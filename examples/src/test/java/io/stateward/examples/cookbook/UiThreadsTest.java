package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.store.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class UiThreadsTest {

  @BeforeAll
  static void needNoScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  @Test
  void swing_change_reachesTheLabelOnItsThread() throws Exception {
    Store<String> title = Store.of("title", "one");
    var label = new AtomicReference<JLabel>();
    SwingUtilities.invokeAndWait(() -> label.set(new JLabel()));

    UiThreads.show(title, label.get());
    title.set("two");

    SwingUtilities.invokeAndWait(() -> assertThat(label.get().getText()).isEqualTo("two"));
  }

  @Test
  void anyUiThread_manyChanges_setsTheViewToTheNewest() {
    Store<String> title = Store.of("title", "one");
    Deque<Runnable> uiThread = new ArrayDeque<>();
    List<String> view = new ArrayList<>();

    UiThreads.show(title, uiThread::add, view::add);
    title.set("two");
    title.set("three");
    while (!uiThread.isEmpty()) {
      uiThread.remove().run();
    }

    assertThat(view).containsExactly("one", "three");
  }
}
