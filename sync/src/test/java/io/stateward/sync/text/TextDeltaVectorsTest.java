package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stateward.codec.Tree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * What ot-text-unicode makes of the same edits: the folder {@code ot} of the system property {@code
 * stateward.vectors}. Where that is not set these tests are skipped.
 */
final class TextDeltaVectorsTest {

  // Not the logger of the library, whose log of tests is a file: the build itself is to say it.
  private static final System.Logger LOG = System.getLogger(TextDeltaVectorsTest.class.getName());

  @Test
  void apply_agreesWithOtTextUnicode() throws IOException {
    run(
        "apply",
        1_438,
        vector -> {
          String before = vector.at("/str").asString();
          String after = vector.at("/result").asString();
          TextDelta delta = delta(vector, "/op");

          assertThat(delta.apply(before)).isEqualTo(after);
          assertThat(delta.invert(before).apply(after)).isEqualTo(before);
        });
  }

  @Test
  void transform_agreesWithOtTextUnicode() throws IOException {
    run(
        "transform",
        1_502,
        vector -> {
          boolean left = vector.at("/side").asString().equals("left");

          TextDelta transformed =
              delta(vector, "/op")
                  .transform(delta(vector, "/otherOp"), left ? Side.LEFT : Side.RIGHT);

          assertThat(transformed.toTree()).isEqualTo(vector.at("/result"));
        });
  }

  @Test
  void compose_agreesWithOtTextUnicode() throws IOException {
    run(
        "compose",
        471,
        vector ->
            assertThat(delta(vector, "/op1").compose(delta(vector, "/op2")).toTree())
                .isEqualTo(vector.at("/result")));
  }

  private static TextDelta delta(Tree vector, String path) {
    TextDelta delta = TextDelta.fromTree(vector.at(path));
    assertThat(delta.toTree()).as("the form is kept").isEqualTo(vector.at(path));
    return delta;
  }

  /** Runs a file, which may grow but not shrink: a file read in part would hide what fails. */
  private static void run(String name, int atLeast, Consumer<Tree> check) throws IOException {
    String vectors = System.getProperty("stateward.vectors", "");
    assumeTrue(!vectors.isBlank(), "stateward.vectors is not set.");
    List<String> lines = lines(Path.of(vectors, "ot", name + ".jsonl.gz"));
    for (String line : lines) {
      try {
        check.accept(Tree.parse(line));
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("The case " + line + " fails: " + failure.getMessage(), failure);
      }
    }
    LOG.log(Level.INFO, "{0} cases of ot-text-unicode ran: {1}", lines.size(), name);
    assertThat(lines).hasSizeGreaterThanOrEqualTo(atLeast);
  }

  private static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
