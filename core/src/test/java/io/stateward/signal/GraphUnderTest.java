package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A graph of signals, and beside each one what it ought to be, evaluated anew every time. */
final class GraphUnderTest {

  private static final int LARGEST = 5; // few values, so that many are equal

  /** How a node is made of three earlier ones, whose numbers are taken modulo what there is. */
  record Shape(Kind kind, int first, int second, int third) {

    /** The kinds of node. */
    enum Kind {
      SELECT,
      HALVE,
      DISTINCT,
      COMBINE,
      SUM,
      CHOOSE,
      UNTIL_ZERO,
      FAIL
    }
  }

  /** Thrown by functions that fail, and by transactions that give up; without a trace to log. */
  static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GivenUp() {
      super("given up on purpose", null, false, false);
    }
  }

  /** The model of a value: null where the signal fails. */
  @FunctionalInterface
  interface Model {
    @Nullable Integer value();
  }

  /** A signal, its model, and what it is made of. */
  static final class Node {
    private final Signal<Integer> signal;
    private final Model model;
    private final Set<Node> upstream = new HashSet<>();
    private int evaluations;

    Node(Signal<Integer> signal, Model model, List<Node> inputs) {
      this.signal = signal;
      this.model = model;
      for (Node input : inputs) {
        upstream.add(input);
        upstream.addAll(input.upstream);
      }
    }
  }

  /** A subscription, and the chain of what it was told. */
  private final class Follower {
    private final Node node;
    private final Subscription subscription;
    private @Nullable Integer last;
    private int told;

    Follower(Node node) {
      this.node = node;
      this.last = node.model.value();
      this.subscription = node.signal.subscribe(this::take);
    }

    private void take(Change<Integer> change) {
      told++;
      problems.addAll(
          last == null
              ? List.of()
              : change.was().equals(last) && !change.now().equals(last)
                  ? List.of()
                  : List.of("%s after %d of %s".formatted(change, last, node.signal.name())));
      last = change.now();
    }

    private void verify() {
      Integer now = node.model.value();
      if (now != null) {
        assertThat(last).as("last told of %s", node.signal.name()).isEqualTo(now);
      }
    }
  }

  private final List<Store<Integer>> stores = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Follower> followers = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int commits;
  private boolean torn;

  GraphUnderTest(int storeCount, List<Shape> shapes) {
    for (int i = 0; i < storeCount; i++) {
      Store<Integer> store = Store.of("store " + i, i);
      stores.add(store);
      nodes.add(new Node(store.map(n -> n), store::get, List.of()));
    }
    shapes.forEach(shape -> nodes.add(make(shape)));
  }

  private Node make(Shape shape) {
    Node a = node(shape.first());
    Node b = node(shape.second());
    Node c = node(shape.third());
    return switch (shape.kind()) {
      case SELECT -> one(a, n -> (n + 1) % LARGEST);
      case HALVE -> one(a, n -> n / 2);
      case DISTINCT -> new Node(a.signal.distinct(Objects::equals), a.model, List.of(a));
      case FAIL -> one(a, n -> n == 3 ? fail() : n);
      case COMBINE -> two(a, b, (n, m) -> (n * 2 + m) % LARGEST);
      case SUM -> sum(List.of(a, b, c));
      case CHOOSE -> derived(from -> from.of(a) % 2 == 0 ? from.of(b) : from.of(c), a, b, c);
      case UNTIL_ZERO ->
          derived(
              from -> {
                int total = 0;
                for (Node input : List.of(a, b, c, a)) {
                  int n = from.of(input);
                  if (n == 0) {
                    break;
                  }
                  total += n;
                }
                return total % LARGEST;
              },
              a,
              b,
              c);
    };
  }

  private static int fail() {
    throw new GivenUp();
  }

  private static @Nullable Integer orNull(Function<Values, Integer> function) {
    try {
      return function.apply(
          node -> {
            Integer value = node.model.value();
            return value == null ? fail() : value;
          });
    } catch (GivenUp failed) {
      return null;
    }
  }

  /** Where a function's inputs come from: signals, or models. */
  @FunctionalInterface
  private interface Values {
    int of(Node node);
  }

  private Node one(Node input, IntUnaryOperator function) {
    return new Node(
        input.signal.map(function::applyAsInt),
        () -> orNull(values -> function.applyAsInt(values.of(input))),
        List.of(input));
  }

  private Node two(Node a, Node b, IntBinaryOperator function) {
    Evaluated evaluated = new Evaluated();
    return evaluated.node(
        new Node(
            Signal.combine(
                a.signal,
                b.signal,
                (n, m) -> {
                  evaluated.once();
                  check(a, n);
                  check(b, m);
                  return function.applyAsInt(n, m);
                }),
            () -> orNull(values -> function.applyAsInt(values.of(a), values.of(b))),
            List.of(a, b)));
  }

  private Node sum(List<Node> inputs) {
    Evaluated evaluated = new Evaluated();
    return evaluated.node(
        new Node(
            Signal.combineAll(
                inputs.stream().map(input -> input.signal).toList(),
                all -> {
                  evaluated.once();
                  for (int i = 0; i < all.size(); i++) {
                    check(inputs.get(i), all.get(i));
                  }
                  return all.stream().mapToInt(Integer::intValue).sum() % LARGEST;
                }),
            () -> orNull(values -> inputs.stream().mapToInt(values::of).sum() % LARGEST),
            inputs));
  }

  private Node derived(Function<Values, Integer> function, Node... inputs) {
    Evaluated evaluated = new Evaluated();
    return evaluated.node(
        new Node(
            Signal.derive(
                from -> {
                  evaluated.once();
                  return function.apply(
                      node -> {
                        int value = from.get(node.signal);
                        check(node, value);
                        return value;
                      });
                }),
            () -> orNull(function),
            List.of(inputs)));
  }

  /** Counts the evaluations of a node, of which there is at most one between two commits. */
  private final class Evaluated {
    private int atCommit = -1;
    private @Nullable Node node;

    Node node(Node made) {
      node = made;
      return made;
    }

    void once() {
      if (atCommit == commits) {
        problems.add("evaluated twice at commit " + commits);
      }
      atCommit = commits;
      if (node != null) {
        node.evaluations++;
      }
    }
  }

  /** Notes an input that is not what the stores say now. */
  private void check(Node input, int seen) {
    torn |= !Objects.equals(input.model.value(), seen);
  }

  boolean isTorn() {
    return torn;
  }

  Node node(int number) {
    return nodes.get(number % nodes.size());
  }

  void write(int store, int value) {
    commits++;
    stores.get(store).set(value);
  }

  /** Writes, and requires that nothing is evaluated which no subscription needs. */
  void writeAlone(int store, int value) {
    Set<Node> needed = new HashSet<>();
    followers.forEach(follower -> needed.add(follower.node));
    followers.forEach(follower -> needed.addAll(follower.node.upstream));
    List<Node> unneeded = nodes.stream().filter(node -> !needed.contains(node)).toList();
    int before = evaluations(unneeded);
    write(store, value);
    assertThat(evaluations(unneeded)).as("evaluations that nobody needs").isEqualTo(before);
  }

  void writeAtomically(OracleGraphTest.Operation.Atomic atomic, Node read, boolean givesUp) {
    Store<Integer> one = stores.get(atomic.one());
    Store<Integer> other = stores.get(atomic.other());
    try {
      Store.atomically(
          () -> {
            write(atomic.one(), atomic.value());
            verify(read);
            write(atomic.other(), atomic.value());
            verify(read);
            if (givesUp) {
              throw new GivenUp();
            }
            commits++;
          },
          one,
          other);
    } finally {
      commits++;
    }
  }

  void writeNested(int outer, int inner, int value, Node read) {
    List<Runnable> once = new ArrayList<>();
    once.add(
        () -> {
          write(inner, value);
          verify(read);
          write(outer, value / 2);
          verify(read);
        });
    try (Subscription nested =
        stores
            .get(outer)
            .subscribe(
                change -> {
                  if (!once.isEmpty()) {
                    once.remove(0).run();
                  }
                })) {
      write(outer, (value + 1) % LARGEST);
      assertThat(nested).isNotNull();
    }
  }

  /** Runs something after which every follower was told once if its model changed, else nothing. */
  void expectExactly(Runnable action) {
    List<Follower> present = List.copyOf(followers);
    List<@Nullable Integer> before = new ArrayList<>();
    List<Integer> toldBefore = new ArrayList<>();
    for (Follower follower : present) {
      before.add(follower.last);
      toldBefore.add(follower.told);
    }
    action.run();
    for (int i = 0; i < present.size(); i++) {
      Follower follower = present.get(i);
      if (followers.contains(follower)) {
        Integer now = follower.node.model.value();
        boolean expected = now != null && !now.equals(before.get(i));
        assertThat(follower.told - toldBefore.get(i))
            .as("times told of %s", follower.node.signal.name())
            .isEqualTo(expected ? 1 : 0);
      }
    }
  }

  void subscribe(Node node) {
    followers.add(new Follower(node));
  }

  void close(int number) {
    if (!followers.isEmpty()) {
      followers.remove(number % followers.size()).subscription.close();
    }
  }

  void closeAll() {
    while (!followers.isEmpty()) {
      close(0);
    }
  }

  private static int evaluations(List<Node> some) {
    return some.stream().mapToInt(node -> node.evaluations).sum();
  }

  void verifySubscribers() {
    followers.forEach(Follower::verify);
    assertThat(problems).isEmpty();
    assertThat(torn).isFalse();
  }

  void verifyValues() {
    nodes.forEach(this::verify);
    verifySubscribers();
  }

  void verify(Node node) {
    Integer expected = node.model.value();
    if (expected == null) {
      assertThatThrownBy(node.signal::get).isInstanceOf(SignalFailedException.class);
    } else {
      assertThat(node.signal.get()).as(node.signal.name()).isEqualTo(expected);
    }
  }
}
