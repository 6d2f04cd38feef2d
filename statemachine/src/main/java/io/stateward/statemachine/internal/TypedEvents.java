package io.stateward.statemachine.internal;

import io.stateward.statemachine.MachineDefinitionException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Events that are records, other final classes and enums below a sealed type. The kind of an object
 * is found by its class, in an open-addressed table.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class TypedEvents implements EventSpace {

  /** How many classes are looked through, which is quicker than calculating if they are few. */
  private static final int FEW = 8;

  private final Class<?> root;
  private final List<Object> keys = new ArrayList<>();
  private final @Nullable Class<?>[] types;
  private final int[] kinds; // of an enum the complement of the kind of its first constant
  private final int mask;
  private final Class<?>[] few; // those that are no enums, if they are few
  private final int[] fewKinds;

  private TypedEvents(Class<?> root, Set<Class<?>> leaves) {
    this.root = root;
    int classes = 1;
    for (Class<?> leaf : leaves) {
      classes += leaf.isEnum() ? 1 + leaf.getEnumConstants().length : 1;
    }
    int size = Integer.highestOneBit(classes) << 2;
    this.types = new Class<?>[size];
    this.kinds = new int[size];
    this.mask = size - 1;
    leaves.forEach(this::register);
    this.few = keys.size() > FEW ? new Class<?>[0] : classes();
    this.fewKinds = Stream.of(few).mapToInt(type -> kinds[place(type)]).toArray();
  }

  /**
   * The events below a type.
   *
   * @param machine what the machine is called
   * @param root a sealed interface or class, a record, another final class, or an enum
   * @throws MachineDefinitionException if the classes below it are not all known
   */
  public static TypedEvents of(String machine, Class<?> root) {
    Set<Class<?>> leaves = new LinkedHashSet<>();
    List<String> problems = new ArrayList<>();
    collect(root, leaves, problems);
    if (!problems.isEmpty()) {
      throw new MachineDefinitionException(machine, problems);
    }
    return new TypedEvents(root, leaves);
  }

  private static void collect(Class<?> type, Set<Class<?>> leaves, List<String> problems) {
    if (type.isEnum() || Modifier.isFinal(type.getModifiers())) {
      leaves.add(type);
    } else if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted, leaves, problems);
      }
      if (!Modifier.isAbstract(type.getModifiers())) {
        leaves.add(type);
      }
    } else {
      problems.add(
          "Events may be of any subtype of %s; let them be records, other final classes, enums, or sealed types of these."
              .formatted(type.getName()));
    }
  }

  private Class<?>[] classes() {
    return keys.stream().filter(Class.class::isInstance).toArray(Class<?>[]::new);
  }

  private void register(Class<?> leaf) {
    if (!leaf.isEnum()) {
      put(leaf, keys.size());
      keys.add(leaf);
      return;
    }
    int base = keys.size();
    put(leaf, ~base);
    for (Object constant : leaf.getEnumConstants()) {
      // A constant with a body is of a class of its own.
      put(constant.getClass(), ~base);
      keys.add(constant);
    }
  }

  private void put(Class<?> type, int kind) {
    int at = place(type);
    types[at] = type;
    kinds[at] = kind;
  }

  private int place(Class<?> type) {
    int hash = type.hashCode();
    int at = (hash ^ (hash >>> 15)) & mask;
    while (types[at] != null && types[at] != type) {
      at = (at + 1) & mask;
    }
    return at;
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public boolean open() {
    return false;
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // never stored: the number of a kind lives as long as the chart
  public int kindOf(Object event) {
    Class<?> type = event.getClass();
    for (int i = 0; i < few.length; i++) {
      if (few[i] == type) {
        return fewKinds[i];
      }
    }
    int at = place(type);
    if (types[at] == null) {
      return -1;
    }
    int kind = kinds[at];
    return kind >= 0 ? kind : ~kind + ((Enum<?>) event).ordinal();
  }

  @Override
  public Object key(int kind) {
    return keys.get(kind);
  }

  @Override
  public String name(int kind) {
    Object key = keys.get(kind);
    return key instanceof Class<?> type ? type.getSimpleName() : ((Enum<?>) key).name();
  }

  @Override
  public String label() {
    return root.getSimpleName();
  }
}
