package io.stateward.sync.protocol;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * What a connection carries at once: a frame, or an array of frames, each of which counts as if it
 * had come alone.
 *
 * <pre>{@code
 * Iterator<Frame.OfHub> frames = Messages.ofHub("[{\"t\":\"ping\",\"n\":1},{\"t\":\"pong\",\"n\":7}]", limits);
 * }</pre>
 *
 * <p>The depth that is allowed is that of a frame; the array around it does not count.
 *
 * <p><b>Thread safety.</b> It has no state; what it returns is for one thread at a time.
 *
 * @since 0.1
 */
public final class Messages {

  private Messages() {}

  /**
   * Returns the frames that a client sent, each read when it is asked for.
   *
   * @param text the JSON
   * @param limits how deep a frame may be, and how long all of them together
   * @return at least one; the iterator throws {@link ProtocolException} at what is no frame of a
   *     client
   * @throws ProtocolException if it is neither a frame nor an array of some
   */
  public static Iterator<Frame.OfClient> ofClient(String text, JsonLimits limits) {
    return all(text, limits, Frames::ofClient);
  }

  /**
   * Returns the frames that a hub sent, each read when it is asked for.
   *
   * @param text the JSON
   * @param limits how deep a frame may be, and how long all of them together
   * @return at least one; the iterator throws {@link ProtocolException} at what is no frame of a
   *     hub
   * @throws ProtocolException if it is neither a frame nor an array of some
   */
  public static Iterator<Frame.OfHub> ofHub(String text, JsonLimits limits) {
    return all(text, limits, Frames::ofHub);
  }

  private static <F> Iterator<F> all(String text, JsonLimits limits, Function<Tree, F> read) {
    Tree message = parse(text, limits);
    if (!(message instanceof TreeArray several)) {
      return List.of(read.apply(message)).iterator();
    }
    if (several.elements().isEmpty()) {
      throw new ProtocolException("malformed", "There is no frame in the message.");
    }
    Iterator<? extends Tree> unread = several.elements().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return unread.hasNext();
      }

      @Override
      public F next() {
        return read.apply(unread.next());
      }
    };
  }

  private static Tree parse(String text, JsonLimits limits) {
    boolean deeper = isArray(text) && limits.depth() < Tree.MAXIMUM_DEPTH;
    try {
      return Tree.parse(text, deeper ? limits.withDepth(limits.depth() + 1) : limits);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(
          "malformed", "The message cannot be read: %s".formatted(e.getMessage()));
    }
  }

  private static boolean isArray(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) <= ' ') {
      start++;
    }
    return start < text.length() && text.charAt(start) == '[';
  }

  /**
   * Counts the frames of a message without reading them.
   *
   * @param text the JSON; of what is none, the result is any number from 1
   * @return how many frames are in it, at least 1
   */
  public static int count(String text) {
    if (!isArray(text)) {
      return 1;
    }
    int frames = 1;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '"' -> i = end(text, i);
        case '[', '{' -> depth++;
        case ']', '}' -> depth--;
        case ',' -> frames += depth == 1 ? 1 : 0;
        default -> {}
      }
    }
    return frames;
  }

  /** Returns where a string ends that starts somewhere. */
  private static int end(String text, int start) {
    int i = start + 1;
    while (i < text.length() && text.charAt(i) != '"') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }
}
