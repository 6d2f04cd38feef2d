package io.stateward.statemachine.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The moves of a chart by what they answer to; made when first asked for. What is held of a large
 * chart is bounded: what is more is made each time anew.
 *
 * <p>What is held is immutable and reached through final fields, so that whoever sees a reference
 * to it sees all of it: two threads may make the same, and either will do.
 */
final class Rows {

  /** How many kinds of events of an open space have a row that is kept. */
  private static final int KEPT = 4_096;

  /** How many cells the kept rows may have together, filled or not. */
  private static final int CELLS = 4_000_000;

  /** How many cells are filled; those of small charts always are. */
  private static final int FILLED = 400_000;

  /** How many moves are direct in a large chart. */
  private static final int DIRECT = 40_000;

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
  private final Map<Long, Move> direct = new ConcurrentHashMap<>();
  private final @Nullable Move[] general; // by transition; racy as rows are
  private final AtomicLong held = new AtomicLong();
  private final AtomicInteger filled = new AtomicInteger();
  private final Row empty;
  private final Row always;

  Rows(Chart chart) {
    this.chart = chart;
    EventSpace events = chart.events();
    this.kinds = new Row[events.open() ? KEPT : events.size()];
    this.general = new Move[chart.arcs.length];
    this.empty = new Row(this, Moves.NO_ARCS);
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
      if (keeps(row)) {
        kinds[kind] = row;
      }
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

  /** For what nothing answers to. */
  Row none() {
    return empty;
  }

  /** The moves for a timer, or for an ending of work, of a state. */
  Row of(Trigger trigger) {
    return other(trigger, () -> arc -> arc.trigger.equals(trigger));
  }

  /**
   * The moves for the end of a state: those that name it, and those for the event that tells it.
   */
  Row done(Node node, @Nullable Object event) {
    return other(node, () -> ending(node, event));
  }

  private Row other(Object key, Supplier<Predicate<Arc>> matches) {
    Row row = others.get(key);
    if (row == null) {
      row = build(matches.get());
      if (keeps(row)) {
        others.put(key, row);
      }
    }
    return row;
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
    Arc[] arcs = Arrays.stream(chart.arcs).filter(matches).toArray(Arc[]::new);
    return arcs.length == 0 ? empty : new Row(this, arcs);
  }

  private boolean keeps(Row row) {
    if (held.addAndGet(row.size()) <= CELLS) {
      return true;
    }
    held.addAndGet(-row.size());
    return false;
  }

  boolean small() {
    return chart.features.small;
  }

  /** Whether one more cell may be held. */
  boolean keeps() {
    return small() || (filled.get() < FILLED && filled.incrementAndGet() <= FILLED);
  }

  /** Makes the cell of a leaf, from the transitions that answer. */
  Cell cell(int leaf, Arc[] arcs) {
    Node node = chart.nodes[leaf];
    if (!node.leaf() || node.terminal()) {
      return Cell.NONE;
    }
    List<Move> moves = new ArrayList<>();
    for (Node each = node; each != null; each = each.parent) {
      for (Arc arc : arcs) {
        if (arc.source == each) {
          moves.add(move(arc, node));
        }
      }
    }
    return moves.isEmpty() ? Cell.NONE : new Cell(moves.toArray(Move[]::new));
  }

  private Move move(Arc arc, Node leaf) {
    long key = ((long) arc.number << 32) | leaf.number;
    Move move = direct.get(key);
    if (move != null) {
      return move;
    }
    Move made = small() || direct.size() < DIRECT ? Moves.of(chart, arc, leaf) : null;
    if (made == null) {
      return general(arc);
    }
    Move before = direct.putIfAbsent(key, made);
    return before == null ? made : before;
  }

  /** The one move of a transition that takes the general way, from whichever leaf. */
  private Move general(Arc arc) {
    Move move = general[arc.number];
    if (move == null) {
      move = new Move(arc);
      general[arc.number] = move;
    }
    return move;
  }
}
