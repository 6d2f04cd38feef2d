package io.stateward.sync.record;

import io.stateward.codec.TreeCodec;
import io.stateward.signal.StatewardException;
import io.stateward.sync.spi.Mutation;

/**
 * What a change that a hub has accepted makes of a record, on the hub when it loads the document
 * and on every client.
 *
 * <p><b>Thread safety.</b> It has no state.
 *
 * @since 0.1
 */
public final class RecordReplay {

  private static final TreeCodec<RecordChange> CHANGES =
      RecordChange.codec(RecordLimits.unlimited());

  private RecordReplay() {}

  /**
   * Takes in a change that took place.
   *
   * @param state the record before it
   * @param mutation the change, with what the hub accepted, and its place
   * @return the record after it
   * @throws StatewardException if it cannot have taken place on this record
   */
  public static RecordState next(RecordState state, Mutation mutation) {
    RecordContext context =
        new RecordContext(mutation.client(), mutation.sequence(), RecordLimits.unlimited());
    return state
        .apply(CHANGES.fromTree(mutation.change()), context)
        .fold(
            RecordResult.Changed::state,
            conflict -> {
              throw impossible(state, mutation, "others have changed " + conflict.paths());
            },
            refused -> {
              throw impossible(state, mutation, refused.reason());
            });
  }

  private static StatewardException impossible(RecordState state, Mutation mutation, String why) {
    return new StatewardException(
        "Change %d of client '%s' was accepted as number %d, and does not fit the record at version %d: %s. What is here is not what the hub had; begin with its snapshot."
            .formatted(
                mutation.id(), mutation.client(), mutation.sequence(), state.version(), why));
  }
}
