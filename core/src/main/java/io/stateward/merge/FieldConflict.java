package io.stateward.merge;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that both sides changed and no rule decides: where it is, and its three versions.
 *
 * <pre>{@code
 * conflict.path();     // "assignee.name", "labels[red]", "tasks[7].title"; "" is the whole value
 * conflict.theirs();   // what the merge's best effort has there
 * }</pre>
 *
 * <p>A part of a record is named, and named after a dot if it is inside another; what is in a map,
 * a table or a list has its key or id in brackets.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the values are.
 *
 * @param path where it is in the value that was merged
 * @param base what both sides started from; null if it was not there
 * @param mine what this side made of it; null if this side removed it
 * @param theirs what the other side made of it; null if the other side removed it
 * @since 0.1
 */
public record FieldConflict(
    String path, @Nullable Object base, @Nullable Object mine, @Nullable Object theirs) {

  /**
   * Checks the path.
   *
   * @param path where it is
   * @param base what both sides started from
   * @param mine what this side made of it
   * @param theirs what the other side made of it
   */
  public FieldConflict {
    Objects.requireNonNull(path, "path");
  }

  /**
   * Returns the same conflict as it is called in the value around this one: for a merge that asks
   * others about the parts of its value.
   *
   * @param part the path of the part in the value around it, such as {@code "assignee"} or {@code
   *     "[7]"}
   * @return the conflict with the longer path
   */
  public FieldConflict under(String part) {
    return new FieldConflict(Paths.joined(part, path), base, mine, theirs);
  }
}
