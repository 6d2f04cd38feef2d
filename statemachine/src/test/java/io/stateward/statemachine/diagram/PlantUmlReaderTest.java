package io.stateward.statemachine.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.ChartMachine;
import io.stateward.statemachine.internal.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.sourceforge.plantuml.FileFormat;
import net.sourceforge.plantuml.FileFormatOption;
import net.sourceforge.plantuml.SourceStringReader;
import net.sourceforge.plantuml.core.Diagram;
import net.sourceforge.plantuml.statediagram.StateDiagram;
import org.junit.jupiter.api.Test;

/** PlantUML itself takes what is drawn. */
final class PlantUmlReaderTest {

  static {
    System.setProperty("java.awt.headless", "true");
  }

  @Property(seed = "5150", tries = 250)
  void plantUml_readsRandomCharts(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    Machine<?, ?> machine = RandomCharts.make(seed, RandomCharts.Sort.EVERYTHING);
    Chart chart = ((ChartMachine<?, ?>) machine).chart();
    Highlight all =
        new Highlight(
            new HashSet<>(chart.nodes().stream().map(Node::name).toList()),
            new HashSet<>(chart.arcs().stream().map(it -> it.label()).toList()));

    String text = Sketch.draw(chart, all, new PlantUmlDialect(), new Ids(chart));

    assertThat(read(text)).as(text).isInstanceOf(StateDiagram.class);
  }

  @Test
  void plantUml_readsTheMachines() {
    Map<String, String> texts = GoldenTest.texts();
    texts.keySet().removeIf(name -> !name.endsWith(".puml"));

    assertThat(texts).hasSize(6);
    assertThat(texts.values())
        .allSatisfy(it -> assertThat(read(it)).isInstanceOf(StateDiagram.class));
  }

  /** A check that takes everything would prove nothing. */
  @Test
  void plantUml_refusesWhatIsNotEscaped() {
    assertThat(read("@startuml\nstate \"a\"b\" as c {\n@enduml\n"))
        .isNotInstanceOf(StateDiagram.class);
  }

  @Test
  void plantUml_showsNamesAsTheyAre() throws IOException {
    for (String name : RandomCharts.NAMES) {
      String text =
          "@startuml\n!pragma layout smetana\nstate \"%s\" as x\n@enduml\n"
              .formatted(PlantUmlDialect.escape(name));
      String letters = Unicode.clean(name).replaceAll("[^A-Za-z0-9]+", " ").strip();

      assertThat(shown(text)).as(name).contains(letters.split(" "));
    }
  }

  /** The texts of the picture, without what is marked up. */
  private static String shown(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SourceStringReader(text).outputImage(out, new FileFormatOption(FileFormat.SVG));
    String svg = out.toString(StandardCharsets.UTF_8);
    StringBuilder shown = new StringBuilder();
    java.util.regex.Matcher each =
        java.util.regex.Pattern.compile("<text[^>]*>([^<]*)</text>").matcher(svg);
    while (each.find()) {
      shown.append(each.group(1));
    }
    return shown.toString();
  }

  private static Diagram read(String text) {
    return new SourceStringReader(text).getBlocks().get(0).getDiagram();
  }
}
