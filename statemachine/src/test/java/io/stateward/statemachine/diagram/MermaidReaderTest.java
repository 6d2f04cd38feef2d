package io.stateward.statemachine.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.ChartMachine;
import io.stateward.statemachine.internal.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mermaid itself takes what is drawn, and finds the same states, boxes, lines and arrows in it. */
final class MermaidReaderTest {

  private static final int CHARTS = 60;

  @Test
  void mermaid_readsRandomCharts_withAllThatIsInThem() {
    List<Chart> charts =
        IntStream.range(0, CHARTS)
            .mapToObj(seed -> RandomCharts.make(seed, RandomCharts.Sort.EVERYTHING))
            .map(MermaidReaderTest::chart)
            .toList();
    List<String> texts = charts.stream().map(MermaidReaderTest::text).toList();

    List<Tree> answers = read(texts);

    for (int i = 0; i < CHARTS; i++) {
      compare(charts.get(i), texts.get(i), answers.get(i));
    }
    Readers.say("Mermaid read %s random charts", answers.size());
  }

  @Test
  void mermaid_readsTheMachines() {
    List<String> texts =
        GoldenTest.texts().entrySet().stream()
            .filter(it -> it.getKey().endsWith(".mmd"))
            .map(Map.Entry::getValue)
            .toList();

    List<Tree> answers = read(texts);

    assertThat(answers).hasSize(6).noneMatch(it -> it.find("/problem").isPresent());
    Readers.say("Mermaid read %s machines", answers.size());
  }

  private static List<Tree> read(List<String> texts) {
    return Readers.read(
        texts.stream().map(it -> Map.<String, Object>of("reader", "mermaid", "text", it)).toList());
  }

  private static Chart chart(Machine<?, ?> machine) {
    return ((ChartMachine<?, ?>) machine).chart();
  }

  /** With everything highlighted, for whose marks there is to be room. */
  private static String text(Chart chart) {
    Ids ids = new Ids(chart);
    Highlight all =
        new Highlight(
            new java.util.HashSet<>(chart.nodes().stream().map(Node::name).toList()),
            new java.util.HashSet<>(chart.arcs().stream().map(it -> it.label()).toList()));
    return Sketch.draw(chart, all, new MermaidDialect(chart, all, ids), ids);
  }

  private static void compare(Chart chart, String text, Tree answer) {
    assertThat(answer.find("/problem")).as(text).isEmpty();
    Map<String, Tree> nodes = new HashMap<>();
    answer.at("/nodes").asArray().elements().forEach(it -> nodes.put(it.at("/id").asString(), it));
    Ids ids = new Ids(chart);
    boolean boxed = Sketch.rootActs(chart);
    for (Node node : chart.nodes()) {
      if (node.parent() != null || boxed) {
        Tree read = nodes.get(ids.of(node));
        assertThat(read).as("%s in\n%s", node, text).isNotNull();
        compare(node, Objects.requireNonNull(read), nodes, ids, boxed, text);
      }
    }
    long arrows = text.lines().filter(it -> it.matches(" *(\\w+|\\[\\*]) --> .*")).count();
    long notes = text.lines().filter(it -> it.matches(" *note right of .*")).count();
    assertThat(edges(answer)).as(text).hasSize((int) (arrows + notes));
    chart.arcs().stream()
        .filter(arc -> arc.targets().size() == 1 && Labels.trigger(arc).equals(Labels.of(arc)))
        .forEach(arc -> arrow(text, answer, ids.of(arc.source()), arc, ids));
  }

  private static void arrow(
      String text, Tree answer, String from, io.stateward.statemachine.internal.Arc arc, Ids ids) {
    boolean choice =
        arc.source().arcs().stream().filter(it -> it.trigger() == arc.trigger()).count() > 1;
    if (!choice) {
      String label = ("▶ " + Unicode.clean(Labels.of(arc))).strip();
      assertThat(edges(answer))
          .as(text)
          .contains(List.of(from, ids.of(arc.targets().get(0)), label));
    }
  }

  private static List<List<String>> edges(Tree answer) {
    List<List<String>> edges = new ArrayList<>();
    for (Tree edge : answer.at("/edges").asArray().elements()) {
      edges.add(
          List.of(
              edge.at("/from").asString(),
              edge.at("/to").asString(),
              edge.at("/label").asString().strip()));
    }
    return edges;
  }

  private static void compare(
      Node node, Tree read, Map<String, Tree> nodes, Ids ids, boolean boxed, String text) {
    if (!node.pseudo() && !Unicode.clean(node.name()).isEmpty()) {
      assertThat(read.at("/label").asString()).as(text).isEqualTo(Unicode.clean(node.name()));
      assertThat(read.at("/classes").asString())
          .as(text)
          .contains(node.leaf() ? "active" : "around");
    }
    if (node.leaf()) {
      List<String> lines =
          read.at("/lines").asArray().elements().stream().map(it -> it.asString().strip()).toList();
      assertThat(lines)
          .as(text)
          .containsExactlyElementsOf(
              Labels.inside(node).stream().map(it -> Unicode.clean(it).strip()).toList());
    }
    Node parent = node.parent();
    String expected = parent == null || (parent.parent() == null && !boxed) ? "" : ids.of(parent);
    assertThat(parent(read, nodes)).as("%s in\n%s", node, text).isEqualTo(expected);
  }

  /** The box around a state; what stands between two lines is none. */
  private static String parent(Tree read, Map<String, Tree> nodes) {
    String id = read.at("/parent").asString();
    Tree parent = nodes.get(id);
    return parent != null && parent.at("/shape").asString().equals("divider")
        ? parent(parent, nodes)
        : id;
  }
}
