package io.stateward.store;

import io.stateward.signal.StatewardException;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by the work of an {@link AsyncAction} to say no with a value that the host understands,
 * such as the fields that were filled in wrongly.
 *
 * <pre>{@code
 * if (!problems.isEmpty()) {
 *   throw new RejectedException(problems);
 * }
 * FormProblems shown = failed.rejection(FormProblems.class);
 * }</pre>
 *
 * @since 0.1
 */
public final class RejectedException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Object value;

  /**
   * Creates the exception.
   *
   * @param value why not, as a value
   */
  public RejectedException(Object value) {
    super("Rejected: " + Objects.requireNonNull(value, "value"));
    this.value = value;
  }

  /**
   * Returns the value.
   *
   * @return why not
   */
  public Object value() {
    return value;
  }

  /**
   * Returns the value if it is of a type.
   *
   * @param <R> the type
   * @param type its class
   * @return the value; null if it is of another type
   */
  public <R> @Nullable R valueAs(Class<R> type) {
    return type.isInstance(value) ? type.cast(value) : null;
  }
}
