package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Recorded sessions, which have to end with the text that the recorder saw. */
final class TextLogTraceTest {

  @Test
  void add_automergePaper_endsInTheRecordedText() {
    EventTrace trace = EventTrace.read("automerge-paper");

    StoredText stored = replay(trace);

    assertThat(trace.events()).hasSize(259_778);
    assertThat(stored.text().toString()).isEqualTo(trace.endContent());
    assertThat(stored.log().length()).isEqualTo(104_852);
    assertThat(stored.encode()).hasSizeLessThan(100_000);
  }

  @Test
  void add_friendsForever_endsInTheRecordedText() {
    EventTrace trace = EventTrace.read("friendsforever");

    StoredText stored = replay(trace);

    assertThat(trace.events()).hasSize(26_078);
    assertThat(stored.text().toString()).isEqualTo(trace.endContent());
    assertThat(stored.encode()).hasSizeLessThan(35_000);
    for (int from : new int[] {100, 10_000, 26_000}) {
      int[] version = stored.log().versionAt(from);
      Text then = Text.empty().apply(upTo(trace, from).changeSince(new int[0]));
      assertThat(then.apply(stored.log().changeSince(version))).isEqualTo(stored.text());
    }
  }

  /**
   * Whatever else is in the folder: each ends with the text that it says, and is stored with it.
   */
  @TestFactory
  Stream<DynamicTest> add_anyRecordedSession_endsInTheRecordedText() throws IOException {
    return EventTrace.names().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      EventTrace trace = EventTrace.read(name);

                      StoredText stored = replay(trace);

                      assertThat(stored.text().toString()).isEqualTo(trace.endContent());
                      StoredText again = StoredText.decode(stored.encode());
                      assertThat(again.text()).isEqualTo(stored.text());
                    }));
  }

  private static StoredText replay(EventTrace trace) {
    var log = TextLog.create();
    Text text = Text.empty();
    for (RandomHistory.Event event : trace.events()) {
      text = text.apply(log.add(event.agent(), event.parents(), event.operation()).change());
    }
    return new StoredText(log, text);
  }

  private static TextLog upTo(EventTrace trace, int last) {
    return Logs.log(trace.events().subList(0, last + 1));
  }
}
