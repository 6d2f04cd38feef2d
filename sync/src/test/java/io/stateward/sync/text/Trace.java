package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * What people typed, one after the other: a file of the folder {@code traces} of the system
 * property {@code stateward.vectors}.
 */
record Trace(List<TextDelta> edits, String end) {

  /** Reads a trace, or has the test skipped where there are none. */
  static Trace read(String name) throws IOException {
    String vectors = System.getProperty("stateward.vectors", "");
    assumeTrue(!vectors.isBlank(), "stateward.vectors is not set.");
    Path file = Path.of(vectors, "traces", name + ".json.gz");
    try (InputStream content = new GZIPInputStream(Files.newInputStream(file))) {
      Tree trace = Tree.parse(content.readAllBytes(), JsonLimits.standard().withSize(100_000_000));
      assertThat(trace.at("/startContent").asString()).isEmpty();
      return new Trace(edits(trace), trace.at("/endContent").asString());
    }
  }

  private static List<TextDelta> edits(Tree trace) {
    List<TextDelta> edits = new ArrayList<>();
    for (Tree transaction : trace.at("/txns").asArray().elements()) {
      for (Tree patch : transaction.at("/patches").asArray().elements()) {
        edits.add(
            TextDelta.replace(
                patch.at("/0").asInt(), patch.at("/1").asInt(), patch.at("/2").asString()));
      }
    }
    return edits;
  }
}
