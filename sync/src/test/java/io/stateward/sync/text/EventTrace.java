package io.stateward.sync.text;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A recorded editing session, of one or of several at once: its edits, each as one event, and the
 * text it ends with. A file of the folder {@code traces} of the system property {@code
 * stateward.vectors}.
 */
record EventTrace(List<RandomHistory.Event> events, String endContent) {

  private static final String SUFFIX = ".json.gz";
  private static final JsonLimits LIMITS = JsonLimits.standard().withSize(1 << 28).withDepth(16);

  private static Path folder() {
    String vectors = System.getProperty("stateward.vectors", "");
    assumeTrue(!vectors.isBlank(), "stateward.vectors is not set.");
    return Path.of(vectors, "traces");
  }

  /** The names of all that are there. */
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  static EventTrace read(String name) {
    Tree trace;
    try (var file = Files.newInputStream(folder().resolve(name + SUFFIX));
        var json = new GZIPInputStream(file)) {
      trace = Tree.parse(json.readAllBytes(), LIMITS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<RandomHistory.Event> events = new ArrayList<>();
    List<int[]> after = new ArrayList<>(); // of each transaction: the versions that it leads to
    String start = trace.find("/startContent").map(Tree::asString).orElse("");
    if (!start.isEmpty()) {
      events.add(new RandomHistory.Event("", new int[0], TextDelta.insert(0, start)));
    }
    int[] beginning = events.isEmpty() ? new int[0] : new int[] {0};
    for (Tree transaction : trace.at("/txns").asArray().elements()) {
      after.add(addTransaction(transaction, events, after, beginning));
    }
    return new EventTrace(events, trace.at("/endContent").asString());
  }

  private static int[] addTransaction(
      Tree transaction, List<RandomHistory.Event> events, List<int[]> after, int[] beginning) {
    String agent = "%05d".formatted(transaction.find("/agent").map(Tree::asInt).orElse(0));
    int[] version =
        transaction
            .find("/parents")
            .map(all -> parents(all, after, beginning))
            .orElseGet(() -> after.isEmpty() ? beginning : after.get(after.size() - 1));
    for (Tree patch : transaction.at("/patches").asArray().elements()) {
      List<Tree> parts = patch.asArray().elements();
      TextDelta operation =
          TextDelta.replace(parts.get(0).asInt(), parts.get(1).asInt(), parts.get(2).asString());
      events.add(new RandomHistory.Event(agent, version, operation));
      version = new int[] {events.size() - 1};
    }
    return version;
  }

  private static int[] parents(Tree all, List<int[]> after, int[] beginning) {
    List<Tree> transactions = all.asArray().elements();
    return transactions.isEmpty()
        ? beginning
        : transactions.stream()
            .flatMapToInt(each -> Arrays.stream(after.get(each.asInt())))
            .distinct()
            .toArray();
  }
}
