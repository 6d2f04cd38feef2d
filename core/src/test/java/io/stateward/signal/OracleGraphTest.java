package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.GraphUnderTest.Node;
import io.stateward.signal.GraphUnderTest.Shape;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Random graphs and random operations on them, against a model that evaluates everything anew.
 *
 * <p>Claimed, with one thread: every value is what the model says; functions never see inputs of
 * different moments; no function of several inputs runs twice between two commits, and none at all
 * for a commit that nobody reads; a subscriber is told every change of the model's value, once, as
 * a joined chain.
 *
 * <p>Excluded: that last part for updates made inside callbacks, where signals of several stores
 * may skip what is overtaken; there the chain must join and end at the model's value.
 */
final class OracleGraphTest {

  private static final int STORES = 3;

  /** Something that is done to a graph; numbers are taken modulo what there is. */
  sealed interface Operation {
    /** Writes one store. */
    record Write(int store, int value) implements Operation {}

    /** Writes two stores at once, reads a node in between, and may give up. */
    record Atomic(int one, int other, int value, int read, boolean givesUp) implements Operation {}

    /** Writes a store, and another one from a callback of the first, which reads a node too. */
    record Nested(int outer, int inner, int value, int read) implements Operation {}

    /** Reads a node. */
    record Read(int node) implements Operation {}

    /** Subscribes to a node. */
    record Subscribe(int node) implements Operation {}

    /** Closes a subscription. */
    record Close(int subscription) implements Operation {}
  }

  @Property(seed = "20260401", tries = 1_500)
  void randomGraph_underRandomOperations_agreesWithTheModel(
      @ForAll("shapes") List<Shape> shapes, @ForAll("operations") List<Operation> operations) {
    GraphUnderTest graph = new GraphUnderTest(STORES, shapes);

    for (Operation operation : operations) {
      apply(graph, operation);
      graph.verifySubscribers();
    }

    graph.verifyValues();
    graph.closeAll();
    graph.writeAlone(0, 1);
    graph.writeAlone(1, 2);
    graph.verifyValues();
  }

  private static void apply(GraphUnderTest graph, Operation operation) {
    if (operation instanceof Operation.Write write) {
      graph.expectExactly(() -> graph.writeAlone(write.store(), write.value()));
    } else if (operation instanceof Operation.Atomic atomic) {
      graph.expectExactly(() -> atomically(graph, atomic));
    } else if (operation instanceof Operation.Nested nested) {
      graph.writeNested(nested.outer(), nested.inner(), nested.value(), graph.node(nested.read()));
    } else if (operation instanceof Operation.Read read) {
      graph.verify(graph.node(read.node()));
    } else if (operation instanceof Operation.Subscribe subscribe) {
      graph.expectExactly(() -> graph.subscribe(graph.node(subscribe.node())));
    } else if (operation instanceof Operation.Close close) {
      graph.expectExactly(() -> graph.close(close.subscription()));
    }
  }

  private static void atomically(GraphUnderTest graph, Operation.Atomic atomic) {
    Node read = graph.node(atomic.read());
    if (atomic.givesUp()) {
      assertThatThrownBy(() -> graph.writeAtomically(atomic, read, true))
          .isInstanceOf(GraphUnderTest.GivenUp.class);
    } else {
      graph.writeAtomically(atomic, read, false);
    }
    assertThat(graph.isTorn()).isFalse();
  }

  @Provide
  Arbitrary<List<Shape>> shapes() {
    Arbitrary<Integer> index = Arbitraries.integers().between(0, 30);
    return Combinators.combine(Arbitraries.of(Shape.Kind.class), index, index, index)
        .as(Shape::new)
        .list()
        .ofMinSize(3)
        .ofMaxSize(14);
  }

  @Provide
  Arbitrary<List<Operation>> operations() {
    Arbitrary<Integer> store = Arbitraries.integers().between(0, STORES - 1);
    Arbitrary<Integer> value = Arbitraries.integers().between(0, 4);
    Arbitrary<Integer> node = Arbitraries.integers().between(0, 30);
    Arbitrary<Operation> write = Combinators.combine(store, value).as(Operation.Write::new);
    Arbitrary<Operation> atomic =
        Combinators.combine(store, store, value, node, Arbitraries.of(true, false))
            .as(Operation.Atomic::new);
    Arbitrary<Operation> nested =
        Combinators.combine(store, store, value, node).as(Operation.Nested::new);
    return Arbitraries.frequencyOf(
            Tuple.of(6, write),
            Tuple.of(2, atomic),
            Tuple.of(2, nested),
            Tuple.of(2, node.map(Operation.Read::new)),
            Tuple.of(4, node.map(Operation.Subscribe::new)),
            Tuple.of(2, node.map(Operation.Close::new)))
        .list()
        .ofMinSize(5)
        .ofMaxSize(40);
  }
}
