package io.stateward.statemachine.internal;

/**
 * Events that are the constants of one enum.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class EnumEvents implements EventSpace {

  private final Class<?> type;
  private final Enum<?>[] constants;

  private EnumEvents(Class<?> type, Enum<?>[] constants) {
    this.type = type;
    this.constants = constants;
  }

  /**
   * The events of an enum.
   *
   * @param type the enum
   * @throws IllegalArgumentException if it is none
   */
  public static EnumEvents of(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    if (constants == null) {
      throw new IllegalArgumentException("The type %s is no enum.".formatted(type.getName()));
    }
    return new EnumEvents(type, (Enum<?>[]) constants);
  }

  @Override
  public int size() {
    return constants.length;
  }

  @Override
  public boolean open() {
    return false;
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // never stored: the number of a kind lives as long as the chart
  public int kindOf(Object event) {
    if (event instanceof Enum<?> constant) {
      int ordinal = constant.ordinal();
      if (ordinal < constants.length && constants[ordinal] == constant) {
        return ordinal;
      }
    }
    return -1;
  }

  @Override
  public Object key(int kind) {
    return constants[kind];
  }

  @Override
  public String name(int kind) {
    return constants[kind].name();
  }

  @Override
  public String label() {
    return type.getSimpleName();
  }
}
