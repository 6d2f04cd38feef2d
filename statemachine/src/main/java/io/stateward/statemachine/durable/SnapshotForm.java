package io.stateward.statemachine.durable;

import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeObject;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.Parts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tree of a snapshot. */
final class SnapshotForm {

  private final Chart chart;
  private final Types types;

  SnapshotForm(Chart chart, Types types) {
    this.chart = chart;
    this.types = types;
  }

  Tree toTree(Parts parts) {
    return Tree.object()
        .plus("machine", chart.name())
        .plus("version", chart.version())
        .plus("structure", chart.structure())
        .plus("states", array(parts.leaves(), Tree::of))
        .plus("data", object(parts.data(), name -> name, types::data))
        .plus("contexts", object(parts.contexts(), types::context, types::data))
        .plus("history", object(parts.histories(), name -> name, kept -> array(kept, this::toTree)))
        .plus("timers", array(parts.timers(), this::toTree))
        .plus("invocations", array(parts.invocations(), this::toTree))
        .plus("deferred", array(parts.deferred(), types::event))
        .plus("next", parts.next())
        .plus("time", parts.time() == null ? Tree.ofNull() : Tree.of(parts.time().toString()))
        .plus("ended", parts.ended());
  }

  private Tree toTree(Parts.Kept kept) {
    return Tree.object().plus("state", kept.state()).plus("data", types.data(kept.data()));
  }

  private Tree toTree(PendingTimer timer) {
    return Tree.object()
        .plus("state", timer.state())
        .plus("name", timer.name())
        .plus("number", timer.number())
        .plus("deadline", timer.deadline().toString())
        .plus("event", types.event(timer.event()));
  }

  private Tree toTree(Invocation invocation) {
    return Tree.object()
        .plus("state", invocation.state())
        .plus("name", invocation.name())
        .plus("number", invocation.number())
        .plus("data", types.data(invocation.data()));
  }

  static <T> TreeArray array(List<T> list, Function<? super T, ? extends Tree> form) {
    TreeArray.Builder builder = TreeArray.builder();
    list.forEach(each -> builder.add(form.apply(each)));
    return builder.build();
  }

  private static <K, T> TreeObject object(
      Map<K, T> map, Function<? super K, String> name, Function<? super T, ? extends Tree> form) {
    TreeObject object = Tree.object();
    for (Map.Entry<K, T> each : map.entrySet()) {
      object = object.plus(name.apply(each.getKey()), form.apply(each.getValue()));
    }
    return object;
  }

  Parts parts(Tree tree) {
    Map<String, Object> data = new LinkedHashMap<>();
    members(tree, "data").forEach((name, value) -> put(data, name, types.data(value)));
    Map<String, List<Parts.Kept>> histories = new LinkedHashMap<>();
    members(tree, "history").forEach((name, kept) -> histories.put(name, list(kept, this::kept)));
    Tree time = tree.at("/time");
    return new Parts(
        list(tree.at("/states"), Tree::asString),
        data,
        contexts(tree),
        histories,
        list(tree.at("/timers"), this::timer),
        list(tree.at("/invocations"), this::invocation),
        list(tree.at("/deferred"), event -> Objects.requireNonNull(types.event(event))),
        tree.at("/next").asLong(),
        time.isNull() ? null : Instant.parse(time.asString()),
        tree.at("/ended").asBoolean());
  }

  private Map<Class<?>, Object> contexts(Tree tree) {
    Map<Class<?>, Object> contexts = new LinkedHashMap<>();
    Map<String, Tree> stored = members(tree, "contexts");
    for (ChartSpec.ContextSpec context : chart.contexts()) {
      Tree value = stored.get(types.context(context.type()));
      if (value == null) {
        throw new IllegalArgumentException(
            "it has no context '%s'; add it in a migration"
                .formatted(types.context(context.type())));
      }
      put(contexts, context.type(), types.data(value));
    }
    return contexts;
  }

  private static <K> void put(Map<K, Object> map, K key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  private Parts.Kept kept(Tree tree) {
    return new Parts.Kept(tree.at("/state").asString(), types.data(tree.at("/data")));
  }

  private PendingTimer timer(Tree tree) {
    return new PendingTimer(
        tree.at("/state").asString(),
        tree.at("/name").asString(),
        tree.at("/number").asLong(),
        Instant.parse(tree.at("/deadline").asString()),
        types.event(tree.at("/event")));
  }

  private Invocation invocation(Tree tree) {
    return new Invocation(
        tree.at("/state").asString(),
        tree.at("/name").asString(),
        tree.at("/number").asLong(),
        types.data(tree.at("/data")));
  }

  private static Map<String, Tree> members(Tree tree, String name) {
    return tree.at("/" + name).asObject().members();
  }

  static <T> List<T> list(Tree tree, Function<? super Tree, ? extends T> form) {
    List<T> list = new ArrayList<>();
    for (Tree each : tree.asArray().elements()) {
      list.add(form.apply(each));
    }
    return list;
  }

  /** Reads, and says of what cannot be read that it is of another shape. */
  <T> T shaped(String schema, Tree tree, Function<? super Tree, T> reading) {
    try {
      return reading.apply(tree);
    } catch (CodecException | IncompatibleSnapshotException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CodecException(
          schema, "The snapshot was refused: %s.".formatted(e.getMessage()), e);
    }
  }
}
