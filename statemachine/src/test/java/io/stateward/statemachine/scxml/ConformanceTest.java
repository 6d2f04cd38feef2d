package io.stateward.statemachine.scxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Cases of the SCION test framework, each a document and a script of events with the configuration
 * that follows: the folder {@code scxml} of the system property {@code stateward.vectors}. Where
 * that is not set they are skipped; where it is, there must be some.
 */
final class ConformanceTest {

  // Not the logger of the library, whose log of tests is a file: the build itself is to say it.
  private static final System.Logger LOG = System.getLogger(ConformanceTest.class.getName());

  @TestFactory
  Stream<DynamicNode> cases_ofScion_allPass() throws IOException {
    String vectors = System.getProperty("stateward.vectors", "");
    if (vectors.isBlank()) {
      return Stream.of(dynamicTest("none", () -> abort("stateward.vectors is not set.")));
    }
    List<Path> scripts = scripts(Path.of(vectors, "scxml"));
    assertThat(scripts).as("the cases in " + vectors + "/scxml").isNotEmpty();

    AtomicInteger passed = new AtomicInteger();
    Stream<DynamicNode> cases =
        scripts.stream()
            .map(
                script ->
                    dynamicTest(
                        name(script),
                        () -> {
                          run(script);
                          passed.incrementAndGet();
                        }));
    DynamicNode report =
        dynamicTest(
            "all",
            () -> {
              LOG.log(Level.INFO, "{0} SCXML cases ran, {1} passed", scripts.size(), passed);
              assertThat(passed).hasValue(scripts.size());
            });
    return Stream.concat(cases, Stream.of(report));
  }

  private static List<Path> scripts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static String name(Path script) {
    return script.getParent().getFileName() + "/" + script.getFileName();
  }

  private static void run(Path script) throws IOException {
    Tree expected = Tree.parse(Files.readAllBytes(script));
    Path document =
        script.resolveSibling(script.getFileName().toString().replace(".json", ".scxml"));

    Session session = Session.of(Scxml.read(document));

    assertThat(session.state()).isEqualTo(configuration(expected.at("/initialConfiguration")));
    int number = 0;
    for (Tree step : expected.at("/events").asArray().elements()) {
      session.advance(step.find("/after").map(Tree::asLong).orElse(0L));
      session.send(event(step.at("/event").asObject()));
      assertThat(session.state())
          .as("after event %d, %s", ++number, step.at("/event"))
          .isEqualTo(configuration(step.at("/nextConfiguration")));
    }
  }

  private static ScxmlEvent event(TreeObject event) {
    return new ScxmlEvent(event.at("/name").asString(), event.members().get("data"));
  }

  private static Set<String> configuration(Tree names) {
    return names.asArray().elements().stream().map(Tree::asString).collect(Collectors.toSet());
  }
}
