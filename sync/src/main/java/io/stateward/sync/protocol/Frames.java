package io.stateward.sync.protocol;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.codec.TreeString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of frames: an object whose member {@code t} says which kind it is.
 *
 * <p>What a reader does not know it leaves alone: members that are not of this version are skipped,
 * so a later version may add some. What a connection carries at once may be several frames: see
 * {@link Messages}.
 *
 * <p><b>Thread safety.</b> It has no state.
 *
 * @since 0.1
 */
public final class Frames {

  /** The subprotocol of WebSocket that both sides agree on in the handshake. */
  public static final String SUBPROTOCOL = "stateward.sync.1";

  private static final int LONGEST_NAME = 512;

  private Frames() {}

  /**
   * Returns the text of a frame.
   *
   * @param frame the frame
   * @return its JSON
   */
  public static String encode(Frame frame) {
    return FrameWriter.tree(frame).toJson();
  }

  /**
   * Reads a frame that a client sent.
   *
   * @param text the JSON
   * @param limits how deep and how long it may be
   * @return the frame
   * @throws ProtocolException if it is no frame of a client
   */
  public static Frame.OfClient ofClient(String text, JsonLimits limits) {
    return expectOfClient(decode(text, limits));
  }

  static Frame.OfClient ofClient(Tree tree) {
    return expectOfClient(decode(tree));
  }

  private static Frame.OfClient expectOfClient(Frame frame) {
    if (frame instanceof Frame.OfClient expected) {
      return expected;
    }
    throw new ProtocolException("malformed", "A client does not send %s.".formatted(kind(frame)));
  }

  /**
   * Reads a frame that a hub sent.
   *
   * @param text the JSON
   * @param limits how deep and how long it may be
   * @return the frame
   * @throws ProtocolException if it is no frame of a hub
   */
  public static Frame.OfHub ofHub(String text, JsonLimits limits) {
    return expectOfHub(decode(text, limits));
  }

  static Frame.OfHub ofHub(Tree tree) {
    return expectOfHub(decode(tree));
  }

  private static Frame.OfHub expectOfHub(Frame frame) {
    if (frame instanceof Frame.OfHub expected) {
      return expected;
    }
    throw new ProtocolException("malformed", "A hub does not send %s.".formatted(kind(frame)));
  }

  /**
   * Reads a frame.
   *
   * @param text the JSON
   * @param limits how deep and how long it may be
   * @return the frame
   * @throws ProtocolException if it is none
   */
  public static Frame decode(String text, JsonLimits limits) {
    Tree tree;
    try {
      tree = Tree.parse(text, limits);
    } catch (IllegalArgumentException e) {
      throw unreadable(e);
    }
    return decode(tree);
  }

  private static Frame decode(Tree tree) {
    if (!(tree instanceof TreeObject from)) {
      throw new ProtocolException("malformed", "A frame is an object.");
    }
    try {
      return read(from);
    } catch (IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private static ProtocolException unreadable(IllegalArgumentException why) {
    return new ProtocolException(
        "malformed", "The frame cannot be read: %s".formatted(why.getMessage()));
  }

  private static String kind(Frame frame) {
    return frame.getClass().getSimpleName();
  }

  private static String kind(TreeObject from) {
    if (from.members().get("t") instanceof TreeString) {
      return text(from, "t");
    }
    throw new ProtocolException("malformed", "A frame says in 't' which kind it is.");
  }

  private static Frame read(TreeObject from) {
    String kind = kind(from);
    return switch (kind) {
      case "hello" -> hello(from);
      case "welcome" ->
          new Frame.Welcome(
              (int) number(from, "version"),
              text(from, "session"),
              number(from, "heartbeat"),
              number(from, "largest"),
              number(from, "frames"),
              number(from, "characters"));
      case "subscribe" ->
          new Frame.Subscribe(
              text(from, "doc"),
              text(from, "type"),
              has(from, "epoch") ? position(from) : null,
              has(from, "anew") && member(from, "anew").asBoolean());
      case "unsubscribe" -> new Frame.Unsubscribe(text(from, "doc"));
      case "snapshot" ->
          new Frame.Snapshot(
              text(from, "doc"),
              position(from),
              number(from, "last"),
              number(from, "refused"),
              member(from, "state"));
      case "resumed" ->
          new Frame.Resumed(
              text(from, "doc"), position(from), number(from, "last"), number(from, "refused"));
      case "mutate" ->
          new Frame.Mutate(
              text(from, "doc"),
              text(from, "epoch"),
              number(from, "id"),
              number(from, "base"),
              has(from, "after") ? number(from, "after") : 0,
              member(from, "change"));
      case "update" -> update(text(from, "doc"), from);
      case "ack" ->
          new Frame.Acknowledged(
              text(from, "doc"),
              number(from, "id"),
              number(from, "seq"),
              level(text(from, "level")),
              tree(from, "change"));
      case "rejected" ->
          new Frame.Rejected(
              text(from, "doc"),
              number(from, "id"),
              text(from, "code"),
              sentence(from),
              tree(from, "current"));
      case "share" -> new Frame.Share(text(from, "doc"), member(from, "state"));
      case "presence" ->
          new Frame.Presence(text(from, "doc"), text(from, "client"), member(from, "state"));
      case "lapsed" ->
          new Frame.Lapsed(
              text(from, "doc"), text(from, "code"), sentence(from), signed(from, "retry"));
      case "ask-history" ->
          new Frame.AskHistory(text(from, "doc"), number(from, "after"), number(from, "until"));
      case "history" -> history(from);
      case "error" ->
          new Frame.Failure(
              has(from, "doc") ? text(from, "doc") : null, text(from, "code"), sentence(from));
      case "ping" -> new Frame.Ping(signed(from, "n"));
      case "pong" -> new Frame.Pong(signed(from, "n"));
      default ->
          throw new ProtocolException(
              "malformed",
              "There is no kind of frame '%s' in version %d.".formatted(kind, Frame.VERSION));
    };
  }

  /** What it may say of a hello that is none is told to logs, so it shows nothing of it. */
  private static Frame.Hello hello(TreeObject from) {
    try {
      return new Frame.Hello(
          versions(from), text(from, "client"), text(from, "key"), tree(from, "with"));
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(
          "malformed",
          "A hello has 'versions', a list of numbers, and 'client' and 'key', which are strings.");
    }
  }

  private static Frame.Update update(String document, TreeObject from) {
    return new Frame.Update(
        document,
        number(from, "seq"),
        text(from, "client"),
        number(from, "id"),
        number(from, "base"),
        member(from, "change"));
  }

  private static Frame.History history(TreeObject from) {
    String document = text(from, "doc");
    List<Frame.Update> events = null;
    if (has(from, "events")) {
      events = new ArrayList<>();
      for (Tree event : member(from, "events").asArray().elements()) {
        events.add(update(document, event.asObject()));
      }
    }
    return new Frame.History(document, number(from, "after"), events);
  }

  private static Position position(TreeObject from) {
    return new Position(text(from, "epoch"), number(from, "seq"));
  }

  private static List<Integer> versions(TreeObject from) {
    return member(from, "versions").asArray().elements().stream().map(Tree::asInt).toList();
  }

  private static Level level(String text) {
    return switch (text) {
      case "applied" -> Level.APPLIED;
      case "durable" -> Level.DURABLE;
      default ->
          throw new ProtocolException("malformed", "There is no level '%s'.".formatted(text));
    };
  }

  private static Tree member(TreeObject from, String name) {
    Tree found = from.members().get(name);
    return found == null ? from.at("/" + name) : found; // which says what is missing
  }

  private static boolean has(TreeObject from, String name) {
    return from.members().containsKey(name);
  }

  private static @Nullable Tree tree(TreeObject from, String name) {
    return from.members().get(name);
  }

  private static String sentence(TreeObject from) {
    return member(from, "reason").asString();
  }

  /** A name: never empty, never long. */
  private static String text(TreeObject from, String name) {
    String text = member(from, name).asString();
    if (text.isEmpty() || text.length() > LONGEST_NAME) {
      throw new ProtocolException(
          "malformed",
          "'%s' has from 1 to %d characters; this has %d."
              .formatted(name, LONGEST_NAME, text.length()));
    }
    return text;
  }

  /** A count: never negative. */
  private static long number(TreeObject from, String name) {
    long number = signed(from, name);
    if (number < 0) {
      throw new ProtocolException(
          "malformed", "'%s' counts from 0; %d is no count.".formatted(name, number));
    }
    return number;
  }

  private static long signed(TreeObject from, String name) {
    return member(from, name).asLong();
  }
}
