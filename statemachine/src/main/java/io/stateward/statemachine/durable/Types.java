package io.stateward.statemachine.durable;

import io.stateward.codec.Codec;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.TreeObject;
import io.stateward.signal.StatewardException;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.EventSpace;
import io.stateward.statemachine.internal.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The types of what is stored, by names that are the definition's and not the program's: those of
 * states, contexts and events.
 */
final class Types {

  private final Map<String, Class<?>> byName;
  private final Map<Class<?>, String> contexts;
  private final EventSpace events;
  private final Map<String, Integer> kinds = new ConcurrentHashMap<>();
  private final Function<? super Class<?>, ? extends Codec<?>> codecs;
  private final Map<Class<?>, TreeCodec<Object>> known = new ConcurrentHashMap<>();

  private Types(
      Map<String, Class<?>> byName,
      Map<Class<?>, String> contexts,
      EventSpace events,
      Function<? super Class<?>, ? extends Codec<?>> codecs) {
    this.byName = Collections.unmodifiableMap(byName);
    this.contexts = contexts;
    this.events = events;
    this.codecs = codecs;
  }

  static Types of(Chart chart, Function<? super Class<?>, ? extends Codec<?>> codecs) {
    Map<String, Class<?>> byName = new LinkedHashMap<>();
    for (Node node : chart.nodes()) {
      if (node.key() instanceof Class<?> type) {
        byName.put(node.name(), type);
      }
    }
    List<Class<?>> contexts =
        chart.contexts().stream().<Class<?>>map(ChartSpec.ContextSpec::type).toList();
    contexts.forEach(type -> put(byName, type));
    Class<?> input = chart.input();
    if (input != null) {
      put(byName, input);
    }
    return new Types(byName, names(contexts), chart.events(), codecs);
  }

  private static void put(Map<String, Class<?>> byName, Class<?> type) {
    if (!byName.containsValue(type)) {
      String name = type.getSimpleName();
      byName.put(byName.containsKey(name) ? type.getName() : name, type);
    }
  }

  /** Returns the simple names of types, but the whole names of those that share a simple one. */
  private static Map<Class<?>, String> names(List<Class<?>> types) {
    Map<Class<?>, String> names = new LinkedHashMap<>();
    for (Class<?> type : types) {
      long same = types.stream().filter(it -> sameName(it, type)).count();
      names.put(type, same == 1 ? type.getSimpleName() : type.getName());
    }
    return names;
  }

  private static boolean sameName(Class<?> one, Class<?> other) {
    return one.getSimpleName().equals(other.getSimpleName());
  }

  /** Returns by which name a context is stored. */
  String context(Class<?> type) {
    String name = contexts.get(type);
    return name == null ? type.getSimpleName() : name;
  }

  Types plus(Class<?> type) {
    Map<String, Class<?>> more = new LinkedHashMap<>(byName);
    put(more, type);
    return new Types(more, contexts, events, codecs);
  }

  /** Returns the form of data, with the name of its type; null is JSON's null. */
  Tree data(@Nullable Object value) {
    if (value == null) {
      return Tree.ofNull();
    }
    Map.Entry<String, Class<?>> type = typeOf(value);
    return Tree.object()
        .plus("type", type.getKey())
        .plus("value", codec(type.getValue()).toTree(value));
  }

  private Map.Entry<String, Class<?>> typeOf(Object value) {
    Map.Entry<String, Class<?>> wider = null;
    for (Map.Entry<String, Class<?>> each : byName.entrySet()) {
      if (each.getValue() == value.getClass()) {
        return each;
      }
      if (wider == null && each.getValue().isInstance(value) && !each.getValue().isSealed()) {
        wider = each;
      }
    }
    if (wider == null) {
      throw new IllegalArgumentException(
          "%s is a %s, of which the definition says nothing, so it cannot be stored. Add it with MachineCodec.type."
              .formatted(value, value.getClass().getName()));
    }
    return wider;
  }

  @Nullable Object data(Tree tree) {
    if (tree.isNull()) {
      return null;
    }
    String name = tree.at("/type").asString();
    Class<?> type = byName.get(name);
    if (type == null) {
      throw new IllegalArgumentException(
          "it holds a '%s', which the definition does not know; it knows %s"
              .formatted(name, byName.keySet()));
    }
    return codec(type).fromTree(tree.at("/value"));
  }

  /** Returns the form of an event; a constant is its name alone. */
  Tree event(@Nullable Object event) {
    if (event == null) {
      return Tree.ofNull();
    }
    int kind = events.kindOf(event);
    if (kind < 0 || events.open()) {
      return event instanceof Throwable failure
          ? Tree.object().plus("failure", failure.toString())
          : data(event); // the result of work
    }
    TreeObject named = Tree.object().plus("event", eventName(kind));
    return events.key(kind) instanceof Class<?> type
        ? named.plus("value", codec(type).toTree(event))
        : named;
  }

  @Nullable Object event(Tree tree) {
    if (tree.isNull() || tree.find("/type").isPresent()) {
      return data(tree);
    }
    if (tree.find("/failure").isPresent()) {
      return new StatewardException(tree.at("/failure").asString());
    }
    Object key = events.key(kind(tree.at("/event").asString()));
    return key instanceof Class<?> type ? codec(type).fromTree(tree.at("/value")) : key;
  }

  /** Returns what people call a kind, or, if they call another one the same, its whole name. */
  private String eventName(int kind) {
    String name = events.name(kind);
    for (int other = 0; other < events.size(); other++) {
      if (other != kind && events.name(other).equals(name)) {
        return wholeName(events.key(kind));
      }
    }
    return name;
  }

  private static String wholeName(Object key) {
    if (key instanceof Class<?> type) {
      return type.getName();
    }
    return key instanceof Enum<?> constant
        ? constant.getDeclaringClass().getName() + "." + constant.name()
        : key.toString();
  }

  private int kind(String name) {
    if (kinds.isEmpty()) {
      for (int kind = 0; kind < events.size(); kind++) {
        kinds.put(eventName(kind), kind);
      }
    }
    Integer kind = kinds.get(name);
    if (kind == null) {
      throw new IllegalArgumentException(
          "an event '%s' waits in it, which the machine does not take".formatted(name));
    }
    return kind;
  }

  @SuppressWarnings("unchecked") // a codec of a type is given values of it alone
  private TreeCodec<Object> codec(Class<?> type) {
    return known.computeIfAbsent(type, it -> TreeCodec.over((Codec<Object>) codecs.apply(it)));
  }
}
