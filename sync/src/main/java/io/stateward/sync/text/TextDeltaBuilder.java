package io.stateward.sync.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TextDelta} in the making: its parts are added from the start of the text to its end.
 *
 * <pre>{@code
 * TextDelta.builder().retain(2).insert("new").delete(3).build();   // [2,"new",{"d":3}]
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time. What was built is immutable.
 *
 * @since 0.1
 */
public final class TextDeltaBuilder {

  private int[] lengths;
  private @Nullable String[] texts;
  private int size;
  private @Nullable StringBuilder joined; // the last part's text, while others are joined to it
  private long inputLength;
  private long change;

  TextDeltaBuilder() {
    this(4);
  }

  TextDeltaBuilder(int capacity) {
    lengths = new int[capacity];
    texts = new @Nullable String[capacity];
  }

  /**
   * Adds a part that stays.
   *
   * @param count how many code points; 0 adds nothing
   * @return this builder
   * @throws IllegalArgumentException if the count is below zero or the edit becomes too long
   */
  public TextDeltaBuilder retain(int count) {
    requireCount(count, "retain");
    if (count > 0) {
      consume(count);
      if (size > 0 && isRetain(size - 1)) {
        lengths[size - 1] += count;
      } else {
        add(count, null);
      }
    }
    return this;
  }

  /**
   * Adds a text that is put in.
   *
   * @param text what to insert; nothing adds nothing
   * @return this builder
   * @throws IllegalArgumentException if the text has a surrogate without its other half, or if the
   *     edit becomes too long
   */
  public TextDeltaBuilder insert(String text) {
    return insert(text, CodePoints.count(text));
  }

  /** Adds a text that is known to be well-formed and of that many code points. */
  TextDeltaBuilder insert(String text, int count) {
    if (count > 0) {
      change += count;
      requireInt(change + inputLength);
      if (size > 0 && texts[size - 1] != null) {
        join(text, count);
      } else {
        add(count, text);
      }
    }
    return this;
  }

  /**
   * Adds a part that is taken out.
   *
   * @param count how many code points; 0 adds nothing
   * @return this builder
   * @throws IllegalArgumentException if the count is below zero or the edit becomes too long
   */
  public TextDeltaBuilder delete(int count) {
    requireCount(count, "delete");
    if (count > 0) {
      change -= count;
      consume(count);
      if (size > 0 && lengths[size - 1] < 0) {
        lengths[size - 1] -= count;
      } else {
        add(-count, null);
      }
    }
    return this;
  }

  /**
   * Returns the edit.
   *
   * @return the edit of the parts added so far; the builder can be used on
   */
  public TextDelta build() {
    finishJoin();
    int used = size > 0 && isRetain(size - 1) ? size - 1 : size;
    if (used == 0) {
      return TextDelta.empty();
    }
    long input = used == size ? inputLength : inputLength - lengths[size - 1];
    return new TextDelta(
        Arrays.copyOf(lengths, used), Arrays.copyOf(texts, used), (int) input, (int) change);
  }

  private boolean isRetain(int part) {
    return lengths[part] > 0 && texts[part] == null;
  }

  private void add(int length, @Nullable String text) {
    finishJoin();
    if (size == lengths.length) {
      lengths = Arrays.copyOf(lengths, size * 2);
      texts = Arrays.copyOf(texts, size * 2);
    }
    lengths[size] = length;
    texts[size++] = text;
  }

  private void join(String text, int count) {
    if (joined == null) {
      joined = new StringBuilder().append(texts[size - 1]);
    }
    joined.append(text);
    lengths[size - 1] += count;
  }

  private void finishJoin() {
    if (joined != null) {
      texts[size - 1] = joined.toString();
      joined = null;
    }
  }

  private void consume(int count) {
    inputLength += count;
    requireInt(Math.max(inputLength, inputLength + change));
  }

  private static void requireInt(long length) {
    if (length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "The edit is about a text of %d code points, but a text has at most %d."
              .formatted(length, Integer.MAX_VALUE));
    }
  }

  private static void requireCount(int count, String what) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "An edit cannot %s %d code points; give 0 or more.".formatted(what, count));
    }
  }
}
