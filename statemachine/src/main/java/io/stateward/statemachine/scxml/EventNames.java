package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.statemachine.internal.EventSpace;
import io.stateward.statemachine.internal.StepContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of events that a document tells apart. However many names come, kinds are few: two
 * names are of one kind when the same descriptors of the document match them. So a name is looked
 * up token by token in a tree of all descriptors, and its kind is how far it got.
 *
 * <p><b>Thread safety.</b> Immutable once it is built.
 */
final class EventNames implements EventSpace {

  /** A place in the tree of tokens. */
  private static final class Place {
    final int kind;
    final Map<String, Place> next = new HashMap<>();

    Place(int kind) {
      this.kind = kind;
    }
  }

  /** What comes with an end. */
  private record Ending(Payload payload, Surroundings surroundings) {}

  private final Map<String, Ending> ends = new HashMap<>();
  private final Place root = new Place(0);
  private final List<String> prefixes = new ArrayList<>(List.of(""));

  /** Makes the kinds from all descriptors of a document. */
  static EventNames of(List<String> descriptors) {
    EventNames names = new EventNames();
    descriptors.forEach(names::add);
    return names;
  }

  private void add(String descriptor) {
    Place place = root;
    List<String> prefix = new ArrayList<>();
    for (String token : tokens(descriptor)) {
      prefix.add(token);
      Place known = place.next.get(token);
      if (known == null) {
        known = new Place(prefixes.size());
        place.next.put(token, known);
        prefixes.add(String.join(".", prefix));
      }
      place = known;
    }
  }

  /** The tokens of a name or a descriptor; none for the one that matches all. */
  static List<String> tokens(String descriptor) {
    String prefix = descriptor;
    if (prefix.endsWith(".*")) {
      prefix = prefix.substring(0, prefix.length() - 2);
    } else if (prefix.endsWith(".")) {
      prefix = prefix.substring(0, prefix.length() - 1);
    }
    return prefix.equals("*") || prefix.isEmpty()
        ? List.of()
        : Arrays.asList(prefix.split("\\.", -1));
  }

  /** Whether a descriptor matches a key of this space. */
  static boolean matches(List<String> descriptor, Object key) {
    List<String> name = tokens((String) key);
    return name.size() >= descriptor.size()
        && name.subList(0, descriptor.size()).equals(descriptor);
  }

  @Override
  public int size() {
    return prefixes.size();
  }

  /** Names come that the document does not name, though they make no further kinds. */
  @Override
  public boolean open() {
    return true;
  }

  @Override
  public int kindOf(Object event) {
    if (!(event instanceof ScxmlEvent named)) {
      return -1;
    }
    Place place = root;
    String name = named.name();
    int start = 0;
    while (start <= name.length()) {
      int dot = name.indexOf('.', start);
      int end = dot < 0 ? name.length() : dot;
      Place next = place.next.get(name.substring(start, end));
      if (next == null) {
        break;
      }
      place = next;
      start = end + 1;
    }
    return place.kind;
  }

  @Override
  public Object key(int kind) {
    return prefixes.get(kind);
  }

  @Override
  public String name(int kind) {
    return kind == 0 ? "*" : prefixes.get(kind);
  }

  @Override
  public Object done(String state) {
    return ScxmlEvent.platform("done.state." + state, null, null);
  }

  /** Says what comes with the end of the state that a final one is in. */
  void ends(String last, Payload payload, Surroundings surroundings) {
    ends.put(last, new Ending(payload, surroundings));
  }

  @Override
  public Object done(
      String state, @Nullable String last, @Nullable Object event, StepContext context) {
    Ending ending = last == null ? null : ends.get(last);
    if (ending == null) {
      return done(state);
    }
    Tree data = ending.payload().make(new Run(ending.surroundings(), event, context));
    return ScxmlEvent.platform("done.state." + state, data, null);
  }

  @Override
  public Object failed(Throwable failure) {
    return Failure.execution(failure).event();
  }

  @Override
  public String label() {
    return "ScxmlEvent";
  }
}
