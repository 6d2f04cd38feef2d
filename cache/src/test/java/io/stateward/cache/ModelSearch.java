package io.stateward.cache;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all schedules of a setting, breadth first, on the real layer in memory, and looks
 * for an old value wherever all is over.
 */
final class ModelSearch {

  private final ModelClock clock = new ModelClock();
  private final MemoryLayer layer =
      MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(clock).buckets(1).log(100));
  private final ModelWorld initial;
  private final Set<String> seen = new HashSet<>();
  private final ArrayDeque<Node> open = new ArrayDeque<>();
  private int ends;

  ModelSearch(ModelSetting setting) {
    initial = new ModelWorld(setting, clock, layer, new MemoryWeather(layer));
  }

  /**
   * Walks at random instead.
   *
   * @param random decides
   * @param walks how many, each until all is over
   * @return the schedule to an old value; null if there is none on these ways
   */
  @Nullable String walk(Random random, int walks) {
    Node start = new Node(initial, layer.dump(), clock.nanos, connections(), null, "");
    for (int walk = 0; walk < walks; walk++) {
      restore(start);
      ModelWorld world = initial.copy();
      List<String> steps = new ArrayList<>();
      while (!world.quiet()) {
        List<String> enabled = world.enabled();
        steps.add(enabled.get(random.nextInt(enabled.size())));
        world.step(steps.get(steps.size() - 1));
      }
      String old = old(world);
      if (old != null) {
        return old + " after " + String.join(", ", steps);
      }
    }
    return null;
  }

  /** A state of everything, and how it came about. */
  private record Node(
      ModelWorld world,
      Map<String, MemoryState> layer,
      long nanos,
      long[] connections,
      @Nullable Node before,
      String step) {}

  /**
   * Searches.
   *
   * @param most how many states at most
   * @return the schedule to an old value; null if there is none in these states
   */
  @Nullable String search(int most) {
    visit(initial, null, "");
    while (!open.isEmpty() && seen.size() < most) {
      Node node = open.removeFirst();
      for (String step : node.world.enabled()) {
        ModelWorld next = node.world.copy();
        restore(node);
        next.step(step);
        Node found = visit(next, node, step);
        String old = found == null || !next.quiet() ? null : old(next);
        if (old != null) {
          return old + " after " + path(Objects.requireNonNull(found));
        }
      }
    }
    return null;
  }

  int ends() {
    return ends;
  }

  boolean exhausted() {
    return open.isEmpty();
  }

  private @Nullable String old(ModelWorld world) {
    ends++;
    return world.copy().old();
  }

  private void restore(Node node) {
    layer.restore(node.layer);
    clock.nanos = node.nanos;
    for (int i = 0; i < 2; i++) {
      long number = node.connections[i];
      MemoryLayer.withConnection(initial.session(i), connection -> connection.number = number);
    }
  }

  /** Returns the node of a state that was not seen before, which is the present one. */
  private @Nullable Node visit(ModelWorld world, @Nullable Node before, String step) {
    long[] connections = connections();
    if (!seen.add(key(world, connections))) {
      return null;
    }
    Node node = new Node(world, layer.dump(), clock.nanos, connections, before, step);
    open.addLast(node);
    return node;
  }

  private long[] connections() {
    return new long[] {number(0), number(1)};
  }

  private long number(int session) {
    long[] number = new long[1];
    MemoryLayer.withConnection(
        initial.session(session), connection -> number[0] = connection.number);
    return number[0];
  }

  /** Describes a state so that those that differ by the names of tokens alone are one. */
  private String key(ModelWorld world, long[] connections) {
    String text =
        world.describe() + layer.dump() + clock.nanos + " " + connections[0] + " " + connections[1];
    Map<String, String> names = new HashMap<>();
    StringBuilder key = new StringBuilder(text.length());
    int from = 0;
    for (int to = 0; to <= text.length(); to++) {
      if (to == text.length() || !word(text.charAt(to))) {
        String word = text.substring(from, to);
        key.append(given(word) ? names.computeIfAbsent(word, w -> "#" + names.size()) : word);
        if (to < text.length()) {
          key.append(text.charAt(to));
        }
        from = to + 1;
      }
    }
    return key.toString();
  }

  /** Whether a word is a token or an epoch: no name of anything, nor a time, which is shorter. */
  private static boolean given(String word) {
    return word.indexOf('-') > 0 || word.length() > 14;
  }

  private static boolean word(char c) {
    return Character.isLetterOrDigit(c) || c == '-';
  }

  private static String path(Node end) {
    List<String> steps = new ArrayList<>();
    for (Node node = end; node.before != null; node = node.before) {
      steps.add(0, node.step);
    }
    return String.join(", ", steps);
  }
}
