package io.stateward.benchmarks.sync;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import io.stateward.sync.text.TextDelta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A recorded editing session: what was typed, by whom, after what.
 *
 * <p>The recordings are those of the project editing-traces (CC BY 4.0), which is not part of this
 * one: {@code -Dstateward.vectors} or the variable {@code STATEWARD_VECTORS} says in whose folder
 * {@code traces} they are.
 *
 * @param edits what was typed
 * @param end the text in the end
 */
record Session(List<Edit> edits, String end) {

  private static final JsonLimits LIMITS = JsonLimits.standard().withSize(1 << 28);
  private static final String FOLDER = "stateward.vectors";

  /**
   * One edit.
   *
   * @param agent who made it
   * @param parents the edits that it was made after, by their place in the session
   * @param position where, in code points
   * @param deleted how many code points went
   * @param inserted what came
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Edit(String agent, int[] parents, int position, int deleted, String inserted) {

    TextDelta delta() {
      return TextDelta.replace(position, deleted, inserted);
    }
  }

  /** Returns where the recordings are. */
  static Path folder() {
    String variable = System.getenv().getOrDefault("STATEWARD_VECTORS", "../shared/vectors");
    Path folder = Path.of(System.getProperty(FOLDER, variable), "traces").toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(
          "There are no recorded sessions in %s; -D%s or STATEWARD_VECTORS says where."
              .formatted(folder, FOLDER));
    }
    return folder;
  }

  static Session read(String name) {
    Tree trace;
    try (var file = Files.newInputStream(folder().resolve(name + ".json.gz"));
        var json = new GZIPInputStream(file)) {
      trace = Tree.parse(json.readAllBytes(), LIMITS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Edit> edits = new ArrayList<>();
    List<Integer> last = new ArrayList<>(); // edit of each transaction
    for (Tree transaction : trace.at("/txns").asArray().elements()) {
      int[] parents = parents(transaction, last, edits.size());
      String agent = transaction.find("/agent").map(Tree::toJson).orElse("0");
      for (Tree patch : transaction.at("/patches").asArray().elements()) {
        List<Tree> parts = patch.asArray().elements();
        edits.add(
            new Edit(
                agent,
                parents,
                parts.get(0).asInt(),
                parts.get(1).asInt(),
                parts.get(2).asString()));
        parents = new int[] {edits.size() - 1};
      }
      last.add(edits.size() - 1);
    }
    return new Session(List.copyOf(edits), trace.at("/endContent").asString());
  }

  private static int[] parents(Tree transaction, List<Integer> last, int size) {
    int[] before = size == 0 ? new int[0] : new int[] {size - 1};
    return transaction
        .find("/parents")
        .map(all -> all.asArray().elements().stream().mapToInt(p -> last.get(p.asInt())).toArray())
        .orElse(before);
  }
}
