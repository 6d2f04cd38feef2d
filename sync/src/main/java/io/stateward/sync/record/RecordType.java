package io.stateward.sync.record;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.SharedType;
import java.util.Objects;

/**
 * Records as a kind of document on a hub, called {@value #NAME}.
 *
 * <pre>{@code
 * SharedType records = RecordType.standard();
 * SharedType small = RecordType.within(RecordLimits.standard().withSize(64 * 1024));
 * }</pre>
 *
 * <p>What a {@link RecordChange.Merge} comes to is stored and told to others as a {@link
 * RecordChange.Put}. A change that does not take place is refused with the code {@code conflict}
 * and the {@linkplain RecordState record} that stands, or with that of {@link
 * RecordResult.Refused}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Cost.</b> A change follows the size of the record, since that is measured.
 *
 * @since 0.1
 */
public final class RecordType implements SharedType {

  /** What the kind is called. */
  public static final String NAME = "record";

  private static final RecordType STANDARD = new RecordType(RecordLimits.standard());

  private final RecordLimits limits;

  private RecordType(RecordLimits limits) {
    this.limits = limits;
  }

  /**
   * Returns records within the {@linkplain RecordLimits#standard standard limits}.
   *
   * @return the kind
   */
  public static RecordType standard() {
    return STANDARD;
  }

  /**
   * Returns records within limits.
   *
   * @param limits what is too much for a change, and for the record after it
   * @return the kind
   */
  public static RecordType within(RecordLimits limits) {
    return new RecordType(Objects.requireNonNull(limits, "limits"));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SharedState create() {
    return new SharedRecord(RecordState.unwritten(), limits);
  }

  @Override
  public SharedState restore(Tree stored) {
    return new SharedRecord(RecordState.codec().fromTree(stored), limits);
  }
}
