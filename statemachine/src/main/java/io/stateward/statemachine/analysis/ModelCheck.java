package io.stateward.statemachine.analysis;

import io.stateward.flow.Outcome;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.UnhandledEventException;
import io.stateward.statemachine.analysis.Vertex.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs a machine in every way that samples of events allow, and checks what must hold.
 *
 * <pre>{@code
 * Verdict<Payment> verdict = ModelCheck.of(PAYMENT)
 *     .events(new Start(order), new Retry(), new Cancel())
 *     .result("validate", token).failure("validate", new IOException("down"))
 *     .result("charge", receipt).failure("charge", new IOException("declined"))
 *     .never("four attempts", payment -> payment.state() instanceof Failed it && it.attempt() > 3)
 *     .check();
 * assertThat(verdict.holds()).as(verdict.toString()).isTrue();
 * }</pre>
 *
 * <p>In each state it can be in, the machine gets each sample, each timer that no other is surely
 * due before, and each scripted end of the work under way. The constants of enums are samples by
 * themselves. No action is performed and no work is done: this is {@link Machine#step} alone.
 *
 * <p>Data that grows makes endless states: {@link #abstracting} says what of it matters, {@link
 * #bound} how many states are enough.
 *
 * <p>A run goes on for as long as something can change the state; a property that waits for
 * something is broken by a run that ends before, or that goes round without it. Beyond the bound
 * nothing is known, and nothing is called broken.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * <p><b>Failure.</b> A macrostep that fails breaks the property {@code no step fails}, which is
 * always checked. What a property throws reaches the caller.
 *
 * <p><b>Cost.</b> A macrostep for each state and sample; all states are held in memory.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @since 0.1
 */
public final class ModelCheck<S, E> {

  private static final String NO_FAILURE = "no step fails";

  /** What must follow what; {@code from} is null for the beginning. */
  private record Response<S>(
      String name, @Nullable Predicate<Snapshot<S>> from, Predicate<Snapshot<S>> to) {}

  /** What must always hold. */
  private record Invariant<S>(String name, Predicate<Snapshot<S>> holds) {}

  private final Stimuli<S, E> stimuli;
  private final List<Invariant<S>> invariants = new ArrayList<>();
  private final List<Response<S>> responses = new ArrayList<>();
  private @Nullable Function<? super Snapshot<S>, ?> abstraction;
  private int bound = 10_000;

  private ModelCheck(Machine<S, E> machine) {
    stimuli = new Stimuli<>(machine);
  }

  /**
   * Begins the check of a machine.
   *
   * @param <S> the type of the state
   * @param <E> the type of the events
   * @param machine the machine
   * @return the check, to be continued
   */
  public static <S, E> ModelCheck<S, E> of(Machine<S, E> machine) {
    return new ModelCheck<>(machine);
  }

  /**
   * Adds events that may come at any time.
   *
   * @param samples one or more of each kind
   * @return this
   * @throws IllegalArgumentException if one is no event of the machine
   */
  @SafeVarargs
  public final ModelCheck<S, E> events(E... samples) {
    for (E sample : samples) {
      stimuli.event(sample);
    }
    return this;
  }

  /**
   * Says what the machine is started with.
   *
   * @param input its parameter
   * @return this
   */
  public ModelCheck<S, E> input(Object input) {
    stimuli.input(input);
    return this;
  }

  /**
   * Adds a way in which invoked work may end.
   *
   * @param work what it is called, in whichever states
   * @param result its result
   * @return this
   * @throws IllegalArgumentException if no state invokes it
   */
  public ModelCheck<S, E> result(String work, @Nullable Object result) {
    stimuli.ending(work, Stimuli.done(result));
    return this;
  }

  /**
   * Adds a way in which invoked work may fail.
   *
   * @param work what it is called, in whichever states
   * @param cause why; a {@link java.util.concurrent.TimeoutException} if it takes too long
   * @return this
   * @throws IllegalArgumentException if no state invokes it
   */
  public ModelCheck<S, E> failure(String work, Throwable cause) {
    stimuli.ending(work, new Outcome.Failed<>(cause));
    return this;
  }

  /**
   * Says what of the data matters: of snapshots with the same active states, those for which this
   * is equal are taken for one, however often an event waits.
   *
   * @param relevant what matters, with an equality of its own
   * @return this
   */
  public ModelCheck<S, E> abstracting(Function<? super Snapshot<S>, ?> relevant) {
    abstraction = Objects.requireNonNull(relevant, "relevant");
    return this;
  }

  /**
   * Says how many states are enough.
   *
   * @param states at least 1; 10,000 unless it is said
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public ModelCheck<S, E> bound(int states) {
    if (states < 1) {
      throw new IllegalArgumentException("A bound of %d states is less than 1.".formatted(states));
    }
    bound = states;
    return this;
  }

  /**
   * Adds what must hold in each state.
   *
   * @param name what it is called
   * @param holds tells whether it holds
   * @return this
   */
  public ModelCheck<S, E> invariant(String name, Predicate<? super Snapshot<S>> holds) {
    Objects.requireNonNull(holds, "holds");
    invariants.add(new Invariant<>(Objects.requireNonNull(name, "name"), holds::test));
    return this;
  }

  /**
   * Adds what must hold in no state.
   *
   * @param name what it is called
   * @param holds tells whether it holds
   * @return this
   */
  public ModelCheck<S, E> never(String name, Predicate<? super Snapshot<S>> holds) {
    Objects.requireNonNull(holds, "holds");
    return invariant(name, snapshot -> !holds.test(snapshot));
  }

  /**
   * Adds what each run must come to.
   *
   * @param name what it is called
   * @param holds tells whether it has come to it
   * @return this
   */
  public ModelCheck<S, E> eventually(String name, Predicate<? super Snapshot<S>> holds) {
    Objects.requireNonNull(holds, "holds");
    responses.add(new Response<>(Objects.requireNonNull(name, "name"), null, holds::test));
    return this;
  }

  /**
   * Adds what each run must come to after something else.
   *
   * @param name what it is called
   * @param from tells whether it is due from here on
   * @param to tells whether it has come to it; may be at once
   * @return this
   */
  public ModelCheck<S, E> leadsTo(
      String name, Predicate<? super Snapshot<S>> from, Predicate<? super Snapshot<S>> to) {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    responses.add(new Response<>(Objects.requireNonNull(name, "name"), from::test, to::test));
    return this;
  }

  /**
   * Runs the machine in every way.
   *
   * @return what came of it
   */
  public Verdict<S> check() {
    Explorer<S> explorer = new Explorer<>(stimuli, abstraction, bound);
    Invariant<S> broken = broken(explorer.first().snapshot);
    if (explorer.first().arrival.outcome() instanceof io.stateward.statemachine.Outcome.Failed) {
      return violated(NO_FAILURE, Runs.of(explorer.first(), List.of()));
    }
    if (broken != null) {
      return violated(broken.name(), Runs.of(explorer.first(), List.of()));
    }
    Hop<S> bad = explorer.until(hop -> fails(hop) || broken(hop.to().snapshot) != null);
    if (bad != null) {
      Invariant<S> which = fails(bad) ? null : broken(bad.to().snapshot);
      List<Hop<S>> way = new ArrayList<>(bad.from().way());
      way.add(bad);
      return violated(which == null ? NO_FAILURE : which.name(), Runs.of(explorer.first(), way));
    }
    return answered(explorer);
  }

  private Verdict<S> answered(Explorer<S> explorer) {
    Progress<S> progress = new Progress<>(explorer);
    for (Response<S> response : responses) {
      Predicate<Snapshot<S>> from = response.from();
      Counterexample<S> run =
          progress.refute(
              vertex -> from == null ? vertex == explorer.first() : from.test(vertex.snapshot),
              vertex -> response.to().test(vertex.snapshot));
      if (run != null) {
        return violated(response.name(), run);
      }
    }
    return new Verdict.Holds<>(
        explorer.vertices().size(), explorer.steps(), explorer.complete(), stimuli.missing());
  }

  private Verdict<S> violated(String name, Counterexample<S> run) {
    return new Verdict.Violated<>(name, run);
  }

  private @Nullable Invariant<S> broken(Snapshot<S> snapshot) {
    for (Invariant<S> each : invariants) {
      if (!each.holds().test(snapshot)) {
        return each;
      }
    }
    return null;
  }

  /** A machine that is told to refuse what it does not know does not fail by that. */
  private static <S> boolean fails(Hop<S> hop) {
    return hop.step().outcome() instanceof io.stateward.statemachine.Outcome.Failed failed
        && !(failed.cause() instanceof UnhandledEventException);
  }
}
