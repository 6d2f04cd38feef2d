package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Writes random histories with the texts they lead to, as JSON lines, for whoever writes the merge
 * again in another language: {@code target/text-histories.jsonl}, of which each line is {@code
 * {"events":[{"agent":"a","parents":[0],"operation":[1,"x"],"change":[1,"x"]}],"text":"..."}}.
 */
final class TextLogExportTest {

  private static final Path FILE = Path.of("target", "text-histories.jsonl");

  @Test
  void export_randomHistories_canBeReadAndReplayed() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int seed = 0; seed < 300; seed++) {
      lines.add(line(RandomHistory.of(seed)));
    }
    Files.createDirectories(FILE.getParent());
    Files.write(FILE, lines);

    assertThat(Files.readAllLines(FILE)).hasSize(300).allSatisfy(TextLogExportTest::replay);
  }

  private static String line(List<RandomHistory.Event> events) {
    var log = TextLog.create();
    List<Tree> written = new ArrayList<>();
    for (RandomHistory.Event event : events) {
      TextDelta change = log.add(event.agent(), event.parents(), event.operation()).change();
      written.add(
          Tree.object()
              .with("/agent", Tree.of(event.agent()))
              .with("/parents", numbers(event.parents()))
              .with("/operation", event.operation().toTree())
              .with("/change", change.toTree()));
    }
    return Tree.object()
        .with("/events", Tree.array(written))
        .with("/text", Tree.of(Logs.oracle(events).text()))
        .toJson();
  }

  private static Tree numbers(int[] values) {
    return Tree.array(Arrays.stream(values).mapToObj(Tree::of).toList());
  }

  private static void replay(String line) {
    Tree history = Tree.parse(line);
    String text = "";
    for (Tree event : history.at("/events").asArray().elements()) {
      text = TextDelta.fromTree(event.at("/change")).apply(text);
    }
    assertThat(text).isEqualTo(history.at("/text").asString());
  }
}
