package io.stateward.sync.text;

/**
 * An edit of a text: which parts stay, what is put in, what is taken out.
 *
 * @since 0.1
 */
public final class TextDelta {
  private TextDelta() {}
}
