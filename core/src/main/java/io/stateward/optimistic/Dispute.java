package io.stateward.optimistic;

import io.stateward.merge.FieldConflict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conflict between a mutation and what the server has, as it is put to whoever decides.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the values are.
 *
 * @param <T> the type of what the mutation is about
 * @param id the mutation
 * @param name what its command is called
 * @param base what both sides started from; null if it was not there
 * @param mine what the mutation made of it; null if it removed it
 * @param theirs what the server has
 * @param suggestion what a merge made of it, as far as it could; theirs if there was none
 * @param fields what the merge left undecided; empty if there was none
 * @since 0.1
 */
public record Dispute<T>(
    MutationId id,
    String name,
    @Nullable T base,
    @Nullable T mine,
    T theirs,
    T suggestion,
    List<FieldConflict> fields) {

  /**
   * Copies the fields.
   *
   * @param id the mutation
   * @param name what its command is called
   * @param base what both sides started from
   * @param mine what the mutation made of it
   * @param theirs what the server has
   * @param suggestion what a merge made of it
   * @param fields what the merge left undecided
   */
  public Dispute {
    fields = List.copyOf(fields);
  }
}
