package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.sync.spi.Mutation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The naive model of a record: its fields, and who has changed it last at which place. Paths have
 * one step.
 *
 * @param fields what is in it; null if there is no record
 * @param changes the place of the last change of each client
 */
record NaiveRecord(@Nullable Map<String, Tree> fields, Map<String, Long> changes) {

  static final NaiveRecord UNWRITTEN = new NaiveRecord(null, Map.of());

  /** What became of a change: the record after it, or the code of a refusal. */
  record Result(NaiveRecord after, @Nullable String refusal) {}

  Result apply(Mutation mutation) {
    return apply(mutation.change().asObject(), mutation.client(), mutation.sequence());
  }

  private Result apply(TreeObject change, String client, long sequence) {
    String op = change.at("/op").asString();
    if (op.equals("all")) {
      return all(change.at("/changes").asArray().elements(), client, sequence);
    } else if (isOutdated(change, op, client, sequence)) {
      return new Result(this, "conflict");
    } else if (op.equals("put")) {
      return written(change.at("/value").asObject().members(), client, sequence);
    } else if (op.equals("delete")) {
      return written(null, client, sequence);
    } else if (fields == null && !changes.isEmpty()) {
      return new Result(this, "gone");
    }
    Map<String, Tree> next = new TreeMap<>(fields == null ? Map.of() : fields);
    String field = change.at("/path").asString().substring(1);
    Tree now = part(change, op, next.get(field));
    if (now == null) {
      return new Result(this, null);
    }
    next.put(field, now);
    return written(next, client, sequence);
  }

  /** Whether it was made for a version after which somebody else changed it, or for one to come. */
  private boolean isOutdated(TreeObject change, String op, String client, long sequence) {
    Long expected = change.find("/expected").map(Tree::asLong).orElse(null);
    if (expected == null || (op.equals("delete") && fields == null)) {
      return false;
    }
    return expected >= sequence || lastOfOthersThan(client) > expected;
  }

  private long lastOfOthersThan(String client) {
    return changes.entrySet().stream()
        .filter(each -> !each.getKey().equals(client))
        .mapToLong(Map.Entry::getValue)
        .max()
        .orElse(0);
  }

  private Result all(List<Tree> all, String client, long sequence) {
    NaiveRecord now = this;
    for (Tree each : all) {
      Result result = now.apply(each.asObject(), client, sequence);
      if (result.refusal != null) {
        return new Result(this, result.refusal);
      }
      now = result.after;
    }
    return new Result(now, null);
  }

  private Result written(@Nullable Map<String, Tree> next, String client, long sequence) {
    Map<String, Tree> sorted = next == null ? null : new TreeMap<>(next);
    if (Objects.equals(sorted, fields)) {
      return new Result(this, null);
    }
    Map<String, Long> then = new TreeMap<>(changes);
    then.put(client, sequence);
    return new Result(new NaiveRecord(sorted, then), null);
  }

  /** Returns what a field is after a change; null if it is left out. */
  private static @Nullable Tree part(TreeObject change, String op, @Nullable Tree before) {
    switch (op) {
      case "set":
        return change.at("/value");
      case "increment":
        BigDecimal by = change.at("/by").asNumber().toDecimal();
        return Tree.of(before == null ? by : by.add(before.asNumber().toDecimal()));
      case "include":
        List<Tree> with = elements(before);
        if (!with.contains(change.at("/element"))) {
          with.add(change.at("/element"));
        }
        return Tree.array(with);
      case "exclude":
        List<Tree> without = elements(before);
        without.removeIf(change.at("/element")::equals);
        return before == null ? null : Tree.array(without);
      default:
        throw new IllegalArgumentException(op);
    }
  }

  private static List<Tree> elements(@Nullable Tree array) {
    return array == null ? new ArrayList<>() : new ArrayList<>(array.asArray().elements());
  }

  /** Returns it in the form in which a hub tells it. */
  Tree told() {
    long version = changes.values().stream().mapToLong(n -> n).max().orElse(0);
    String author =
        changes.entrySet().stream()
            .filter(each -> each.getValue() == version)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("");
    TreeObject told =
        Tree.object()
            .plus("version", version)
            .plus("author", author)
            .plus("others", lastOfOthersThan(author));
    return fields == null ? told : told.plus("value", Tree.object(fields));
  }
}
