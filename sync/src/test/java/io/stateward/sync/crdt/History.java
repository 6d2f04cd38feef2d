package io.stateward.sync.crdt;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A history of replicas that change a value and exchange what they have, beside the naive model of
 * it: every change with the set of changes that its replica had seen.
 *
 * @param <S> the type of the value
 */
public final class History<S extends Replicated<S>> {

  static final int REPLICAS = 4;

  /**
   * What a replica does: it changes its value, or takes in what another one has.
   *
   * @param replica which one
   * @param kind which change, or which way of taking in
   * @param key what it is about
   * @param amount how much
   * @param other of whom it takes in; -1 if it changes its value
   */
  public record Step(int replica, int kind, int key, int amount, int other) {}

  /**
   * A change, with those that its replica had seen before it.
   *
   * @param id its number among all changes
   * @param replica who made it
   * @param step which change
   * @param past the changes that were seen
   */
  public record Event(int id, String replica, Step step, BitSet past) {
    /**
     * Tells whether a later one had seen this.
     *
     * @param later the later one
     * @return whether it had
     */
    public boolean isPastOf(Event later) {
      return later.past().get(id);
    }
  }

  /**
   * A kind of value: how it is changed, and what is to be seen of it.
   *
   * @param <S> the type of the value
   */
  public interface Subject<S extends Replicated<S>> {
    /**
     * Returns the empty value.
     *
     * @return the value
     */
    S empty();

    /**
     * Makes a change.
     *
     * @param value the value
     * @param replica who makes it
     * @param step which change
     * @param id its number among all changes
     * @return the changed value
     */
    S changed(S value, String replica, Step step, int id);

    /**
     * Returns what is to be seen of a value.
     *
     * @param value the value
     * @return what is compared
     */
    Object observed(S value);

    /**
     * Returns what is to be seen after some changes.
     *
     * @param seen the changes
     * @return what is compared
     */
    Object expected(List<Event> seen);
  }

  private final Subject<S> subject;
  final List<Event> events = new ArrayList<>();
  final List<S> states = new ArrayList<>(); // all that ever were, in the order of their making
  private final List<BitSet> known = new ArrayList<>(); // what each of them has seen
  final List<Integer> current = new ArrayList<>(); // of each replica: the index of its state

  History(Subject<S> subject) {
    this.subject = subject;
    for (int i = 0; i < REPLICAS; i++) {
      current.add(add(subject.empty(), new BitSet()));
    }
  }

  private int add(S state, BitSet seen) {
    states.add(state);
    known.add(seen);
    return states.size() - 1;
  }

  static String name(int replica) {
    return "replica-" + replica;
  }

  /** Takes one step, and returns the state that it led to. */
  S take(Step step) {
    int here = current.get(step.replica());
    S state = states.get(here);
    BitSet seen = (BitSet) known.get(here).clone();
    S next;
    if (step.other() < 0) {
      int id = events.size();
      events.add(new Event(id, name(step.replica()), step, (BitSet) seen.clone()));
      next = subject.changed(state, name(step.replica()), step, id);
      seen.set(id);
    } else {
      int from = step.kind() < 4 ? current.get(step.other()) : step.key() * here / 8; // or old
      S news = states.get(from);
      next = state.merge(step.kind() % 2 == 0 ? news : news.since(state));
      seen.or(known.get(from));
    }
    current.set(step.replica(), add(next, seen));
    return next;
  }

  S state(int replica) {
    return states.get(current.get(replica));
  }

  Object expected(int replica) {
    BitSet seen = known.get(current.get(replica));
    return subject.expected(events.stream().filter(event -> seen.get(event.id())).toList());
  }

  /**
   * Returns random histories.
   *
   * @return the steps of each
   */
  public static Arbitrary<List<Step>> histories() {
    Arbitrary<Integer> replicas = Arbitraries.integers().between(0, REPLICAS - 1);
    return Combinators.combine(
            replicas,
            Arbitraries.integers().between(0, 7),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(1, 9),
            Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, Arbitraries.just(-1)),
                net.jqwik.api.Tuple.of(2, replicas)))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }
}
