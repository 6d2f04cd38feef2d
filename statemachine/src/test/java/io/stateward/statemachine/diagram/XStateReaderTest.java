package io.stateward.statemachine.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.ChartMachine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** XState itself takes what is written, and goes the same ways. */
final class XStateReaderTest {

  private static final int CHARTS = 250;

  @Test
  void xstate_readsRandomCharts() {
    List<Map<String, Object>> requests = new ArrayList<>();
    for (int seed = 0; seed < CHARTS / 2; seed++) {
      requests.add(request(RandomCharts.make(seed, RandomCharts.Sort.EVERYTHING), List.of()));
    }
    GoldenTest.texts()
        .forEach(
            (name, text) -> {
              if (name.endsWith(".json")) {
                requests.add(Map.of("reader", "xstate", "text", text, "events", List.of()));
              }
            });

    List<Tree> answers = Readers.read(requests);

    for (int i = 0; i < requests.size(); i++) {
      assertThat(answers.get(i).find("/problem")).as("%s", requests.get(i)).isEmpty();
    }
    Readers.say("XState read %s charts", answers.size());
  }

  @Test
  void xstate_goesTheSameWays_whereNothingIsParallel() {
    Random random = new Random(4);
    List<Machine<List<String>, String>> machines = new ArrayList<>();
    List<List<String>> events = new ArrayList<>();
    List<Map<String, Object>> requests = new ArrayList<>();
    for (int seed = 0; seed < CHARTS; seed++) {
      machines.add(RandomCharts.make(seed, RandomCharts.Sort.SEQUENTIAL));
      events.add(
          Stream.generate(() -> List.of("a", "b", "c", "d").get(random.nextInt(4)))
              .limit(12)
              .toList());
      requests.add(request(machines.get(seed), events.get(seed)));
    }

    List<Tree> answers = Readers.read(requests);

    int moves = 0;
    for (int seed = 0; seed < CHARTS; seed++) {
      moves += compare(machines.get(seed), events.get(seed), answers.get(seed));
    }
    Readers.say("XState went the same ways in %s charts, in %s microsteps", CHARTS, moves);
    assertThat(moves).isGreaterThan(CHARTS);
  }

  private static Map<String, Object> request(Machine<?, ?> machine, List<String> events) {
    return Map.of("reader", "xstate", "text", XStateJson.of(machine).toString(), "events", events);
  }

  private static int compare(
      Machine<List<String>, String> machine, List<String> events, Tree answer) {
    String text = XStateJson.of(machine) + "\n" + events;
    assertThat(answer.find("/problem")).as(text).isEmpty();
    Chart chart = ((ChartMachine<?, ?>) machine).chart();
    Ids ids = new Ids(chart);
    Step<List<String>> step = machine.begin();
    List<Tree> theirs = answer.at("/steps").asArray().elements();
    int moves = 0;
    for (int i = 0; i < theirs.size(); i++) {
      if (i > 0) {
        step = machine.step(step.snapshot(), events.get(i - 1));
      }
      String where = "step %d of\n%s".formatted(i, text);
      if (step.outcome() instanceof Outcome.Failed) {
        break; // it goes round for ever; where to stop is nobody's rule
      }
      Set<String> active = new HashSet<>();
      step.snapshot().active().forEach(it -> active.add(ids.of(chart.node(it))));
      active.add(ids.of(chart.root()));
      assertThat(active).as(where).isEqualTo(Set.copyOf(texts(theirs.get(i).at("/active"))));
      assertThat(step.snapshot().isDone())
          .as(where)
          .isEqualTo(theirs.get(i).at("/done").asBoolean());
      if (step.snapshot().isDone()) {
        break; // what is done at the end is done in another order
      }
      assertThat(done(step)).as(where).isEqualTo(texts(theirs.get(i).at("/actions")));
      moves += step.trace().microsteps().size();
    }
    return moves;
  }

  private static List<String> done(Step<?> step) {
    return step.effects().stream()
        .filter(Effect.Run.class::isInstance)
        .map(it -> ((Effect.Run) it).name())
        .toList();
  }

  private static List<String> texts(Tree array) {
    return array.asArray().elements().stream().map(Tree::asString).toList();
  }
}
