package io.stateward.statemachine.scxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cases of the SCION test framework, each a document and a script of events with the configuration
 * that follows: the folder {@code scxml} of the system property {@code stateward.vectors}. Where
 * that is not set they are skipped; where it is, there must be some.
 */
final class ConformanceTest {

  private static final Logger LOG = LoggerFactory.getLogger(ConformanceTest.class);

  @TestFactory
  Stream<DynamicNode> cases_ofScion_allPass() throws IOException {
    String vectors = System.getProperty("stateward.vectors", "");
    assumeThat(vectors).as("the system property stateward.vectors").isNotBlank();
    List<Path> scripts = scripts(Path.of(vectors, "scxml"));
    assertThat(scripts).as("the cases in " + vectors + "/scxml").isNotEmpty();

    AtomicInteger passed = new AtomicInteger();
    Stream<DynamicNode> cases =
        scripts.stream()
            .map(
                script ->
                    DynamicTest.dynamicTest(
                        name(script),
                        () -> {
                          run(script);
                          passed.incrementAndGet();
                        }));
    // A warning, as that is what the log of tests shows.
    DynamicNode report =
        DynamicTest.dynamicTest(
            "all",
            () -> {
              LOG.warn("{} SCXML cases ran, {} passed", scripts.size(), passed);
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
