package io.stateward.sync.text;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.SharedType;

/**
 * Texts that several people edit, as the hub has them: documents of the type {@value #NAME}.
 *
 * <pre>{@code
 * SyncHub hub = SyncHub.named("notes").types(TextType.upTo(1_000_000)).open();
 * }</pre>
 *
 * <p>Operations that were made at the same time are merged where they are, none is refused for
 * that.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Cost.</b> An edit that nobody was concurrent with costs as much as an append, whatever the
 * length of the text but for a logarithm. One that others were concurrent with costs in proportion
 * to what happened since they had the same text. In memory a document is its text, and its
 * operations since the last trim.
 *
 * @since 0.1
 */
public final class TextType implements SharedType {

  /** The name of the kind. */
  public static final String NAME = "text";

  private static final int STANDARD_LENGTH = 1_000_000;

  private final int longest;

  private TextType(int longest) {
    this.longest = longest;
  }

  /**
   * Makes the kind with a standard limit.
   *
   * @return texts of at most a million code points, which fit the longest frame of the transports
   *     unless most of them are control characters
   */
  public static TextType standard() {
    return new TextType(STANDARD_LENGTH);
  }

  /**
   * Makes the kind with another limit.
   *
   * @param codePoints how long a text may become; an edit that makes it longer is refused with the
   *     code {@code limit}. A client is handed a text in one frame: raise the longest frame of the
   *     transports with it
   * @return texts of at most that length
   * @throws IllegalArgumentException if it is not positive
   */
  public static TextType upTo(int codePoints) {
    if (codePoints < 1) {
      throw new IllegalArgumentException(
          "A text has room for at least 1 code point, not %d.".formatted(codePoints));
    }
    return new TextType(codePoints);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SharedState create() {
    return new TextState(longest, Text.of(""), 0, 0);
  }

  @Override
  public SharedState restore(Tree stored) {
    return TextState.restore(longest, stored);
  }
}
