package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import org.junit.jupiter.api.Test;

/** The text of a paper as it was typed, character by character. */
final class TextTraceTest {

  // Not the logger of the library, whose log of tests is a file: the build itself is to say it.
  private static final System.Logger LOG = System.getLogger(TextTraceTest.class.getName());

  @Test
  void aPaperTyped_endsAsItDid() throws IOException {
    Trace trace = Trace.read("automerge-paper");

    long fastest = Long.MAX_VALUE;
    Text text = Text.empty();
    for (int round = 0; round < Integer.getInteger("stateward.traceRounds", 3); round++) {
      long start = System.nanoTime();
      text = Text.empty();
      for (TextDelta edit : trace.edits()) {
        text = text.apply(edit);
      }
      fastest = Math.min(fastest, System.nanoTime() - start);
    }

    assertThat(text).hasToString(trace.end());
    TextShape.check(text);
    LOG.log(
        Level.INFO, "{0} edits were applied in {1} ms", trace.edits().size(), fastest / 1_000_000);
  }
}
