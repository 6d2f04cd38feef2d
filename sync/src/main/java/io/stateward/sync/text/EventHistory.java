package io.stateward.sync.text;

import java.util.Arrays;

/**
 * Questions about histories in an {@link EventGraph}, answered by going back from both versions at
 * once, the latest event first, run by run, until what is left is in both histories.
 */
final class EventHistory {

  static final int LEFT = 1;
  static final int RIGHT = 2;
  private static final int BOTH = 3;

  private final EventGraph graph;
  private long[] heap = new long[16]; // event * 4 + marks, the greatest first
  private int size;
  private int open; // how many in the heap are not marked BOTH

  EventHistory(EventGraph graph) {
    this.graph = graph;
  }

  /** Is told of events from one to another, both inclusive; later ones first. */
  interface Range {
    void accept(int from, int to, int mark);
  }

  /** Tells which events are in the history of the one version but not of the other. */
  void difference(int[] left, int[] right, Range range) {
    size = 0;
    open = 0;
    push(left, LEFT);
    push(right, RIGHT);
    while (open > 0) {
      int event = event(heap[0]);
      int mark = popAll(event);
      if (event < graph.first()) {
        continue; // the start is in every history
      }
      int run = graph.runOf(event);
      int start = graph.runStart(run);
      boolean joins = size > 0 && event(heap[0]) >= start;
      int from = joins ? event(heap[0]) + 1 : start;
      if (mark != BOTH) {
        range.accept(from, event, mark);
      }
      push(joins ? new int[] {from - 1} : graph.runParents(run), mark);
    }
  }

  /** Tells whether an event is in the history of a version, to which it may itself belong. */
  boolean contains(int[] version, int event) {
    if (version.length == 0) {
      return false;
    }
    if (event <= graph.criticalBefore(version[version.length - 1])) {
      return true;
    }
    size = 0;
    push(version, BOTH);
    while (size > 0 && event(heap[0]) >= event) {
      int latest = event(heap[0]);
      popAll(latest);
      int run = graph.runOf(latest);
      if (graph.runStart(run) <= event) {
        return true;
      }
      push(graph.runParents(run), BOTH);
    }
    return false;
  }

  /** Returns the events of which none is in the history of another, in growing order. */
  int[] heads(int[] events) {
    int[] sorted = Arrays.stream(events).sorted().distinct().toArray();
    size = 0;
    open = 0;
    push(sorted, LEFT);
    int[] heads = new int[sorted.length];
    int count = 0;
    while (open > 0) {
      int event = event(heap[0]);
      int marks = popAll(event);
      if (marks == LEFT) {
        heads[count++] = event;
      }
      if (open > 0 && event >= graph.first()) {
        int run = graph.runOf(event);
        boolean joins = size > 0 && event(heap[0]) >= graph.runStart(run);
        push(joins ? new int[] {event(heap[0])} : graph.runParents(run), BOTH);
      }
    }
    int[] result = Arrays.copyOf(heads, count);
    Arrays.sort(result);
    return result;
  }

  private int popAll(int event) {
    int marks = 0;
    while (size > 0 && event(heap[0]) == event) {
      marks |= pop();
    }
    return marks;
  }

  private void push(int[] events, int mark) {
    for (int event : events) {
      push((long) event << 2 | mark);
    }
  }

  private void push(long entry) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    if ((entry & BOTH) != BOTH) {
      open++;
    }
    int at = size++;
    while (at > 0 && heap[(at - 1) >> 1] < entry) {
      heap[at] = heap[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    heap[at] = entry;
  }

  private int pop() {
    int mark = (int) (heap[0] & BOTH);
    if (mark != BOTH) {
      open--;
    }
    long last = heap[--size];
    int at = 0;
    for (int child = 1; child < size; child = at * 2 + 1) {
      if (child + 1 < size && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= last) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return mark;
  }

  private static int event(long entry) {
    return (int) (entry >> 2);
  }
}
