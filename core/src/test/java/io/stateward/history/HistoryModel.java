package io.stateward.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A history as a plain list of states, in which every rule is applied to the whole list. */
final class HistoryModel {

  /** A state and the step that led to it. */
  record Entry(int state, @Nullable String name, @Nullable Object joining, long atMillis) {}

  private final int mostSteps;
  private final long mostRetained;
  private final long windowMillis;
  private List<Entry> entries = new ArrayList<>();
  private int present;
  private boolean paused;
  private boolean sealed = true;

  HistoryModel(int initial, int mostSteps, long mostRetained, long windowMillis) {
    this.mostSteps = mostSteps;
    this.mostRetained = mostRetained;
    this.windowMillis = windowMillis;
    entries.add(new Entry(initial, null, null, 0));
  }

  /** What a step costs in the property: so that some are free and some are dear. */
  static long sizeOf(int older, int newer) {
    return older;
  }

  int state() {
    return entries.get(present).state;
  }

  List<Integer> states() {
    return entries.stream().map(Entry::state).toList();
  }

  int present() {
    return present;
  }

  boolean isPaused() {
    return paused;
  }

  @Nullable String undoName() {
    return present > 0 ? entries.get(present).name : null;
  }

  @Nullable String redoName() {
    return present + 1 < entries.size() ? entries.get(present + 1).name : null;
  }

  long retained() {
    long sum = 0;
    for (int i = 1; i < entries.size(); i++) {
      sum += sizeOf(entries.get(i - 1).state, entries.get(i).state);
    }
    return sum;
  }

  /** A change; joining is a String key, or the identity of a group, or null. */
  void change(int to, @Nullable String name, @Nullable Object joining, long now) {
    Entry was = entries.get(present);
    if (was.state == to) {
      return;
    }
    if (paused) {
      unrecorded(to);
      return;
    }
    entries = new ArrayList<>(entries.subList(0, present + 1));
    boolean joins =
        !sealed
            && joining != null
            && joining.equals(was.joining)
            && (!(joining instanceof String) || now - was.atMillis <= windowMillis);
    Entry made = new Entry(to, name, joining, now);
    if (joins) {
      entries.set(present, made);
      bound();
      dropStepsThatLeadNowhere();
    } else {
      entries.add(made);
      present++;
      sealed = false;
      bound();
    }
  }

  void unrecorded(int to) {
    Entry was = entries.get(present);
    if (was.state != to) {
      entries.set(present, new Entry(to, was.name, was.joining, was.atMillis));
      bound();
      dropStepsThatLeadNowhere();
    }
  }

  boolean move(int by) {
    int target = present + by;
    if (target < 0 || target >= entries.size()) {
      return false;
    }
    present = target;
    sealed = true;
    return true;
  }

  void pause(boolean now) {
    paused = now;
  }

  void clear() {
    entries = new ArrayList<>(List.of(new Entry(state(), null, null, 0)));
    present = 0;
    sealed = true;
  }

  private void dropStepsThatLeadNowhere() {
    if (present > 0 && entries.get(present - 1).state == entries.get(present).state) {
      entries.remove(present);
      present--;
      sealed = true;
    }
    if (present + 1 < entries.size()
        && entries.get(present + 1).state == entries.get(present).state) {
      entries.remove(present + 1);
      sealed = true;
    }
  }

  private void bound() {
    while (entries.size() > 1 && (entries.size() - 1 > mostSteps || retained() > mostRetained)) {
      if (present > 0) {
        entries.remove(0);
        present--;
      } else {
        entries.remove(entries.size() - 1);
      }
    }
  }
}
