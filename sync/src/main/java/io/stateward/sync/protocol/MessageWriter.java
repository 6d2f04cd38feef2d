package io.stateward.sync.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Puts frames into a message, as many as belong into one.
 *
 * <pre>{@code
 * MessageWriter message = new MessageWriter(MessageWriter.MOST_CHARACTERS);
 * while (message.add(frames.element())) {
 *   frames.remove();
 * }
 * connection.send(message.text());
 * }</pre>
 *
 * <p>The first frame is always taken, and a message of one frame is that frame; no other makes it
 * longer than its limit.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @since 0.1
 */
public final class MessageWriter {

  /** How many frames a message has at most. */
  public static final int MOST_FRAMES = 256;

  /** How many UTF-16 units a message of several frames has at most, unless said otherwise. */
  public static final int MOST_CHARACTERS = 16 * 1024;

  private final long most;
  private int frames;
  private @Nullable String first;
  private @Nullable StringBuilder several;

  /**
   * Begins a message.
   *
   * @param characters how many UTF-16 units it has at most if it has several frames
   */
  public MessageWriter(long characters) {
    this.most = characters;
  }

  /**
   * Puts in a frame, unless the message would be too long.
   *
   * @param frame its text
   * @return whether it is in
   */
  public boolean add(String frame) {
    String before = first;
    if (before == null) {
      first = frame;
    } else if (isFull() || length() + 1L + frame.length() > most) {
      return false;
    } else if (several == null) {
      several = new StringBuilder().append('[').append(before).append(',').append(frame);
    } else {
      several.append(',').append(frame);
    }
    frames++;
    return true;
  }

  /** With both brackets. */
  private long length() {
    return several == null
        ? frames * 2L + (first == null ? 0 : first.length())
        : several.length() + 1L;
  }

  /**
   * Tells whether not even the shortest frame would go in.
   *
   * @return whether it has all the frames that it may have
   */
  public boolean isFull() {
    return frames >= MOST_FRAMES;
  }

  /**
   * Returns how many frames are in it.
   *
   * @return the number, from 0
   */
  public int frames() {
    return frames;
  }

  /**
   * Returns the message; nothing is put in afterwards.
   *
   * @return its text
   * @throws IllegalStateException if there is no frame in it
   */
  public String text() {
    String one = first;
    if (one == null) {
      throw new IllegalStateException(
          "There is no frame in the message. Add one before it is sent.");
    }
    return several == null ? one : several.append(']').toString();
  }
}
