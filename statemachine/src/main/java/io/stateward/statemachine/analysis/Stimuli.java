package io.stateward.statemachine.analysis;

import io.stateward.codec.Tree;
import io.stateward.flow.Outcome;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may come to a machine: samples of events, and how invoked work may end. */
final class Stimuli<S, E> {

  private final Machine<S, E> machine;
  private final Chart chart;
  private final List<E> events = new ArrayList<>();
  private final Map<String, List<Outcome<?>>> endings = new HashMap<>();
  private @Nullable Object input;

  Stimuli(Machine<S, E> machine) {
    this.machine = machine;
    this.chart = Analysis.chart(machine);
    for (int kind = 0; !chart.events().open() && kind < chart.events().size(); kind++) {
      if (chart.events().key(kind) instanceof Enum<?> constant) {
        @SuppressWarnings("unchecked") // the constants of a machine's space are its events
        E event = (E) constant;
        events.add(event);
      }
    }
  }

  void input(@Nullable Object value) {
    input = value;
  }

  void event(E event) {
    if (chart.events().kindOf(event) < 0) {
      throw new IllegalArgumentException(
          "%s is no event of %s, which takes %s."
              .formatted(event, machine.name(), chart.events().label()));
    }
    if (!events.contains(event)) {
      events.add(event);
    }
  }

  void ending(String work, Outcome<?> ending) {
    if (works().noneMatch(work::equals)) {
      throw new IllegalArgumentException(
          "No state of %s invokes %s; there are %s."
              .formatted(machine.name(), work, works().toList()));
    }
    endings.computeIfAbsent(work, it -> new ArrayList<>()).add(ending);
  }

  private java.util.stream.Stream<String> works() {
    return chart.nodes().stream().flatMap(node -> node.invokes().stream()).map(it -> it.name());
  }

  @SuppressWarnings("NullAway") // work may have no result, which the type cannot say here
  static Outcome<?> done(@Nullable Object result) {
    return new Outcome.Done<>(result);
  }

  Chart chart() {
    return chart;
  }

  /** Returns the kinds of events and the work that no sample was given for. */
  List<String> missing() {
    Set<String> missing = new LinkedHashSet<>();
    for (int kind = 0; !chart.events().open() && kind < chart.events().size(); kind++) {
      int number = kind;
      if (events.stream().noneMatch(event -> chart.events().kindOf(event) == number)) {
        missing.add(chart.events().name(kind));
      }
    }
    for (Node node : chart.nodes()) {
      node.invokes().stream()
          .map(it -> it.name())
          .filter(name -> !endings.containsKey(name))
          .forEach(missing::add);
    }
    return List.copyOf(missing);
  }

  /** Returns what may come while an instance stands somewhere, given the timers that may be due. */
  List<Stimulus> at(Snapshot<S> snapshot, List<PendingTimer> due) {
    List<Stimulus> stimuli = new ArrayList<>();
    if (snapshot.isDone()) {
      return stimuli;
    }
    events.forEach(event -> stimuli.add(new Stimulus.Event(event)));
    due.forEach(timer -> stimuli.add(new Stimulus.Timer(timer.state(), timer.name())));
    for (Invocation work : snapshot.invocations()) {
      for (Outcome<?> ending : endings.getOrDefault(work.name(), List.of())) {
        stimuli.add(ended(work.state(), work.name(), ending));
      }
    }
    return stimuli;
  }

  private static Stimulus ended(String state, String work, Outcome<?> ending) {
    return ending instanceof Outcome.Done<?> done
        ? new Stimulus.Done(state, work, done.value())
        : new Stimulus.Failed(state, work, cause(ending));
  }

  private static Throwable cause(Outcome<?> ending) {
    if (ending instanceof Outcome.Failed<?> failed) {
      return failed.cause();
    }
    throw new IllegalArgumentException("%s is neither a result nor a failure.".formatted(ending));
  }

  Step<S> begin() {
    return machine.begin(input, Instant.EPOCH);
  }

  /** Returns what a stimulus leads to, or null if it is for a timer or work that is not there. */
  @Nullable Step<S> apply(Snapshot<S> snapshot, Stimulus stimulus) {
    if (stimulus instanceof Stimulus.Event it) {
      @SuppressWarnings("unchecked") // the machine checks it
      E event = (E) it.event();
      return machine.step(snapshot, event, Instant.EPOCH);
    }
    if (stimulus instanceof Stimulus.Timer it) {
      return snapshot.timers().stream()
          .filter(timer -> timer.state().equals(it.state()) && timer.name().equals(it.name()))
          .min(Comparator.comparing(PendingTimer::deadline)) // of two that were sent by one name
          .map(timer -> machine.fire(snapshot, timer, Instant.EPOCH))
          .orElse(null);
    }
    if (stimulus instanceof Stimulus.Done it) {
      return complete(snapshot, it.state(), it.work(), done(it.result()));
    }
    Stimulus.Failed it = (Stimulus.Failed) stimulus;
    return complete(snapshot, it.state(), it.work(), new Outcome.Failed<>(it.cause()));
  }

  private @Nullable Step<S> complete(
      Snapshot<S> snapshot, String state, String name, Outcome<?> ending) {
    for (Invocation work : snapshot.invocations()) {
      if (work.state().equals(state) && work.name().equals(name)) {
        return machine.complete(snapshot, work, ending, Instant.EPOCH);
      }
    }
    return null;
  }

  /** Returns the stimulus that a stored path names. */
  Stimulus parse(Tree tree) {
    Optional<Tree> event = tree.find("/event");
    if (event.isPresent()) {
      return events.stream()
          .<Stimulus>map(Stimulus.Event::new)
          .filter(it -> it.label().equals(event.get().asString()))
          .findFirst()
          .orElseThrow(() -> unknown(tree));
    }
    String state = tree.at("/state").asString();
    if (tree.find("/timer").isPresent()) {
      return new Stimulus.Timer(state, tree.at("/timer").asString());
    }
    String work = tree.at("/work").asString();
    for (Outcome<?> ending : endings.getOrDefault(work, List.of())) {
      Stimulus stimulus = ended(state, work, ending);
      if (stimulus.label().equals(label(tree, state, work))) {
        return stimulus;
      }
    }
    throw unknown(tree);
  }

  private static String label(Tree tree, String state, String work) {
    String how = tree.find("/done").isPresent() ? "done" : "failed";
    return "%s of %s %s: %s".formatted(work, state, how, tree.at("/" + how).asString());
  }

  private IllegalArgumentException unknown(Tree tree) {
    return new IllegalArgumentException(
        "The path names %s, but there is no such sample; add it, as when the path was made."
            .formatted(tree));
  }
}
