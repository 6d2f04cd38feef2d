package io.stateward.sync.client;

import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import java.util.Objects;

/**
 * What has changed in a text as it is seen here.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param was the text before
 * @param delta what changed in it
 * @param now the text after
 * @param origin whose change it is
 * @param revision counts the changes seen here, from 1; 0 for the text before all of them
 * @since 0.1
 */
public record TextChange(Text was, TextDelta delta, Text now, Origin origin, long revision) {

  private static final TextChange NONE =
      new TextChange(Text.empty(), TextDelta.empty(), Text.empty(), Origin.correction(), 0);

  /**
   * Checks that all of it is there.
   *
   * @param was the text before
   * @param delta what changed in it
   * @param now the text after
   * @param origin whose change it is
   * @param revision counts the changes seen here, from 1; 0 for the text before all of them
   */
  public TextChange {
    Objects.requireNonNull(was, "was");
    Objects.requireNonNull(delta, "delta");
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(origin, "origin");
  }

  static TextChange none() {
    return NONE;
  }

  /** Compares the number alone: the changes of one document on one client have different ones. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TextChange that && revision == that.revision && now == that.now;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(revision);
  }
}
