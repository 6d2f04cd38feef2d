package io.stateward.statemachine.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Orders;
import io.stateward.statemachine.Players;
import io.stateward.statemachine.scxml.DataModel;
import io.stateward.statemachine.scxml.Scxml;
import io.stateward.statemachine.scxml.ScxmlOptions;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/**
 * Documents are what the W3C says they are, and what is read from them is what was written. The
 * W3C's own schema is asked as well where {@code -Dstateward.scxml.schema} names the file.
 */
final class ScxmlReaderTest {

  private static final ScxmlOptions NAMES = ScxmlOptions.standard().with(new Named());
  private static final List<Schema> SCHEMAS = schemas();

  @Property(seed = "2015", tries = 300)
  void documents_ofRandomCharts_areThoseOfTheSchema(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    check(ScxmlText.of(RandomCharts.make(seed, RandomCharts.Sort.EVERYTHING)).toString());
  }

  @Property(seed = "2016", tries = 300)
  void documents_ofRandomCharts_areReadAsTheyWere(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    Machine<?, ?> machine = RandomCharts.make(seed, RandomCharts.Sort.DOCUMENT);
    String document = ScxmlText.of(machine).toString();
    check(document);

    Machine<?, ?> again = Scxml.read(document);

    assertThat(again.structure()).as(document).isEqualTo(machine.structure());
    assertThat(ScxmlText.of(again)).hasToString(document);
  }

  @Test
  void documents_ofMachines_areThoseOfTheSchema() {
    Map<String, String> texts = GoldenTest.texts();
    texts.keySet().removeIf(name -> !name.endsWith(".scxml"));

    assertThat(texts).hasSize(3);
    texts.values().forEach(ScxmlReaderTest::check);
  }

  @Test
  void documents_ofMachines_areReadAsTheyWere() {
    for (Machine<?, ?> machine : List.of(Orders.ORDER, Players.PLAYER)) {
      String document = ScxmlText.of(machine).toString();

      String again = ScxmlText.of(Scxml.read(document, NAMES)).toString();

      // What the W3C has no word for is not read: that is but the word, and how timers are called.
      assertThat(states(again)).isEqualTo(states(document));
      assertThat(again.lines().filter(it -> it.contains("<transition")).count())
          .isEqualTo(document.lines().filter(it -> it.contains("<transition")).count());
    }
  }

  private static List<String> states(String document) {
    return document
        .lines()
        .filter(it -> it.matches(" *<(state|parallel|final|history) .*"))
        .toList();
  }

  @Test
  void documents_ofTheConformanceCases_areReadAsTheyWere() throws IOException {
    String vectors = System.getProperty("stateward.vectors", "");
    assumeThat(vectors).as("the system property stateward.vectors").isNotBlank();
    List<Path> documents;
    try (Stream<Path> files = Files.walk(Path.of(vectors, "scxml"))) {
      documents = files.filter(it -> it.toString().endsWith(".scxml")).sorted().toList();
    }
    assertThat(documents).isNotEmpty();

    for (Path file : documents) {
      Machine<?, ?> machine = Scxml.read(file);
      String document = ScxmlText.of(machine).toString();
      check(document);
      assertThat(Scxml.read(document, NAMES).structure())
          .as(document)
          .isEqualTo(machine.structure());
    }
    Readers.say("%s SCXML documents were written and read as they were", documents.size());
  }

  private static void check(String document) {
    for (Schema schema : SCHEMAS) {
      try {
        schema.newValidator().validate(new StreamSource(new StringReader(document)));
      } catch (SAXException | IOException e) {
        throw new AssertionError(document, e);
      }
    }
  }

  private static List<Schema> schemas() {
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    Stream<Path> official =
        Stream.of(System.getProperty("stateward.scxml.schema", ""))
            .filter(it -> !it.isEmpty())
            .map(Path::of);
    try {
      Path own =
          Path.of(Objects.requireNonNull(ScxmlReaderTest.class.getResource("scxml.xsd")).toURI());
      return Stream.concat(Stream.of(own), official).map(it -> schema(factory, it)).toList();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Schema schema(SchemaFactory factory, Path file) {
    try {
      return factory.newSchema(file.toFile());
    } catch (SAXException e) {
      throw new IllegalStateException("The schema " + file + " cannot be read.", e);
    }
  }

  /** The language of names: a condition is whatever somebody called it. */
  private static final class Named implements DataModel {

    @Override
    public String name() {
      return "stateward";
    }

    @Override
    public Condition condition(String source) {
      return bindings -> true;
    }

    @Override
    public Expression expression(String source) {
      return bindings -> null;
    }

    @Override
    public Location location(String source) {
      throw new AssertionError("Nothing is assigned to: " + source);
    }
  }
}
