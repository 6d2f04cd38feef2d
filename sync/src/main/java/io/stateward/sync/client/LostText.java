package io.stateward.sync.client;

import io.stateward.sync.text.Text;
import java.util.Objects;

/**
 * What a text was and is where the hub does not know any more what happened in between.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param document the id of the document
 * @param base the text on which was edited here
 * @param mine the text with what was edited here
 * @param theirs the text as the hub has it
 * @since 0.1
 */
public record LostText(String document, Text base, Text mine, Text theirs) {

  /**
   * Checks that nothing is missing.
   *
   * @param document the id of the document
   * @param base the text on which was edited here
   * @param mine the text with what was edited here
   * @param theirs the text as the hub has it
   */
  public LostText {
    Objects.requireNonNull(document, "document");
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(mine, "mine");
    Objects.requireNonNull(theirs, "theirs");
  }
}
