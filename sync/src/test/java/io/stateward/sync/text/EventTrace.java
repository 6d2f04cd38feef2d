package io.stateward.sync.text;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A recorded editing session, of one or of several at once: its edits, each as one event, and the
 * text it ends with. A file of the folder {@code traces} of the system property {@code
 * stateward.vectors}.
 */
record EventTrace(List<RandomHistory.Event> events, String endContent) {

  private static final JsonLimits LIMITS = JsonLimits.standard().withSize(1 << 28).withDepth(16);

  private static Path folder() {
    return Path.of(System.getProperty("stateward.vectors", ""), "traces");
  }

  static EventTrace read(String name) {
    String vectors = System.getProperty("stateward.vectors", "");
    assumeTrue(!vectors.isBlank(), "stateward.vectors is not set.");
    Tree trace;
    try (var file = Files.newInputStream(folder().resolve(name + ".json.gz"));
        var json = new GZIPInputStream(file)) {
      trace = Tree.parse(json.readAllBytes(), LIMITS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<RandomHistory.Event> events = new ArrayList<>();
    List<Integer> lastOf = new ArrayList<>(); // the last event of each transaction
    for (Tree transaction : trace.at("/txns").asArray().elements()) {
      addTransaction(transaction, events, lastOf);
    }
    return new EventTrace(events, trace.at("/endContent").asString());
  }

  private static void addTransaction(
      Tree transaction, List<RandomHistory.Event> events, List<Integer> lastOf) {
    String agent = transaction.find("/agent").map(Tree::toJson).orElse("0");
    int[] parents =
        transaction
            .find("/parents")
            .map(
                all ->
                    all.asArray().elements().stream()
                        .mapToInt(p -> lastOf.get(p.asInt()))
                        .toArray())
            .orElseGet(() -> events.isEmpty() ? new int[0] : new int[] {events.size() - 1});
    for (Tree patch : transaction.at("/patches").asArray().elements()) {
      List<Tree> parts = patch.asArray().elements();
      TextDelta operation =
          TextDelta.replace(parts.get(0).asInt(), parts.get(1).asInt(), parts.get(2).asString());
      events.add(new RandomHistory.Event(agent, parents, operation));
      parents = new int[] {events.size() - 1};
    }
    lastOf.add(events.size() - 1);
  }
}
