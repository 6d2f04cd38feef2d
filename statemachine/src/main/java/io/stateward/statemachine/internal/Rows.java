package io.stateward.statemachine.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The moves of a chart by what they answer to; made when first asked for.
 *
 * <p>A row is immutable and reached through final fields, so that whoever sees a reference to it
 * sees all of it: two threads may make the same row, and either will do.
 */
final class Rows {

  /** How many kinds of events of an open space have a row that is kept. */
  private static final int KEPT = 4_096;

  /** How many cells the kept rows of an open space may have together. */
  private static final int CELLS = 4_000_000;

  /** For what nothing answers to. */
  static final Row EMPTY = new Row(new Move[0][]);

  /** How many cells the table of first moves may have. */
  private static final int FIRST = 1 << 14;

  /**
   * What instances look at first, by kind times the number of states plus leaf: {@link Row#first},
   * once somebody has asked the row; null otherwise. Racy as {@link #kinds} is: a move is
   * immutable.
   */
  final @Nullable Move[] first;

  private final Chart chart;
  private final @Nullable Row[] kinds;
  private final Map<Object, Row> others = new ConcurrentHashMap<>();
  private final Map<Long, Move> moves = new ConcurrentHashMap<>();
  private final Row always;

  Rows(Chart chart) {
    this.chart = chart;
    EventSpace events = chart.events();
    int open = Math.max(64, Math.min(KEPT, CELLS / chart.nodes.length));
    this.kinds = new Row[events.open() ? open : events.size()];
    long cells = events.open() ? 0 : (long) events.size() * chart.nodes.length;
    this.first = new Move[cells > FIRST || chart.strict() ? 0 : (int) cells];
    this.always = build(arc -> arc.trigger instanceof Trigger.Always);
  }

  /** The moves for a kind of event. */
  Row on(int kind) {
    if (kind >= kinds.length) {
      return build(answering(kind));
    }
    Row row = kinds[kind];
    if (row == null) {
      row = build(answering(kind));
      kinds[kind] = row;
    }
    return row;
  }

  /** Returns the first move of a leaf, as {@link Row#first}, and remembers it. */
  @Nullable Move first(int kind, int leaf) {
    Move move = chart.strict() ? null : on(kind).first(leaf);
    int cell = kind * chart.nodes.length + leaf;
    if (cell < first.length) {
      first[cell] = move;
    }
    return move;
  }

  /** The moves that need no trigger. */
  Row always() {
    return always;
  }

  /** The moves for a timer, or for an ending of work, of a state. */
  Row of(Trigger trigger) {
    return others.computeIfAbsent(trigger, key -> build(arc -> arc.trigger.equals(key)));
  }

  /**
   * The moves for the end of a state: those that name it, and those for the event that tells it.
   */
  Row done(Node node, @Nullable Object event) {
    return others.computeIfAbsent(node, key -> build(ending(node, event)));
  }

  private Predicate<Arc> ending(Node node, @Nullable Object event) {
    Predicate<Arc> own = arc -> arc.trigger instanceof Trigger.Done && arc.source == node;
    int kind = event == null ? -1 : chart.events().kindOf(event);
    return kind < 0 ? own : own.or(answering(kind));
  }

  private Predicate<Arc> answering(int kind) {
    Object key = chart.events().key(kind);
    return arc -> arc.trigger instanceof Trigger.On on && on.kinds().test(key);
  }

  private Row build(Predicate<Arc> matches) {
    Arc[][] chains = new Arc[chart.nodes.length][];
    Move[][] cells = new Move[chart.nodes.length][];
    for (Node node : chart.nodes) {
      Arc[] around = node.parent == null ? Moves.NO_ARCS : chains[node.parent.number];
      chains[node.number] = node.terminal() ? Moves.NO_ARCS : chain(node, around, matches);
      cells[node.number] = node.leaf() ? moves(node, chains[node.number]) : Row.NONE;
    }
    return new Row(cells);
  }

  private static Arc[] chain(Node node, Arc[] around, Predicate<Arc> matches) {
    List<Arc> own = Arrays.stream(node.arcs).filter(matches).toList();
    if (own.isEmpty()) {
      return around;
    }
    List<Arc> chain = new ArrayList<>(own);
    chain.addAll(List.of(around));
    return chain.toArray(Arc[]::new);
  }

  private Move[] moves(Node leaf, Arc[] chain) {
    return chain.length == 0
        ? Row.NONE
        : Arrays.stream(chain).map(arc -> move(arc, leaf)).toArray(Move[]::new);
  }

  private Move move(Arc arc, Node leaf) {
    long key = ((long) arc.number << 32) | leaf.number;
    return moves.computeIfAbsent(key, it -> Moves.of(chart, arc, leaf));
  }
}
