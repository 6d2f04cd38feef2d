package io.stateward.sync.text;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.sync.browser.Node;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The twin of {@link TextLog} in the browser's client makes the same of the same events. */
final class TextLogInJavaScriptTest {

  private static final int HISTORIES = 2_000;
  private static final int LONG_HISTORIES = 60; // of several views, and trees of some depth

  @TempDir private Path folder;

  @Test
  void histories_ofSeveralPeople_haveTheSameTextAndTheSameChangesInNode() throws Exception {
    Path histories = folder.resolve("histories.jsonl");
    try (BufferedWriter writer = Files.newBufferedWriter(histories)) {
      for (int seed = 0; seed < HISTORIES; seed++) {
        writer.write(history(RandomHistory.of(seed)).toJson());
        writer.newLine();
      }
      for (int seed = 0; seed < LONG_HISTORIES; seed++) {
        var shape = new RandomHistory.Shape(2 + seed % 5, 500, seed % 3 > 0, 1 + seed % 40);
        writer.write(history(RandomHistory.of(seed, shape)).toJson());
        writer.newLine();
      }
    }

    Node.passes(
        "text-log.test.mjs",
        folder,
        Map.of(
            "STATEWARD_HISTORIES", histories.toString(),
            "STATEWARD_HISTORIES_COUNT", String.valueOf(HISTORIES + LONG_HISTORIES)),
        7);
  }

  @Test
  void edits_inNode_obeyTheirLaws() throws IOException, InterruptedException {
    String vectors = System.getProperty("stateward.vectors", "");
    Map<String, String> settings =
        vectors.isEmpty() ? Map.of() : Map.of("STATEWARD_VECTORS", vectors);

    Node.passes("delta.test.mjs", folder, settings, vectors.isEmpty() ? 3 : 6);
  }

  /** One line: the events, with what each changes in the text so far, and the text in the end. */
  private static Tree history(List<RandomHistory.Event> events) {
    TextLog log = TextLog.create();
    Text text = Text.empty();
    TreeArray.Builder lines = TreeArray.builder();
    for (RandomHistory.Event event : events) {
      TextDelta change = log.add(event.agent(), event.parents(), event.operation()).change();
      text = text.apply(change);
      lines.add(
          Tree.object()
              .plus("agent", event.agent())
              .plus("parents", Tree.array(parents(event)))
              .plus("op", event.operation().toTree())
              .plus("change", change.toTree()));
    }
    return Tree.object().plus("events", lines.build()).plus("text", text.toString());
  }

  private static List<Tree> parents(RandomHistory.Event event) {
    return Arrays.stream(event.parents()).<Tree>mapToObj(parent -> Tree.of((long) parent)).toList();
  }
}
