package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.TreeObject;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event of a machine that was read from a document: a name of tokens with dots between them, and
 * data.
 *
 * <pre>{@code
 * ScxmlEvent plain = ScxmlEvent.of("order.paid");
 * ScxmlEvent full = ScxmlEvent.of("order.paid", Tree.object().plus("amount", 12));
 * }</pre>
 *
 * <p>The other parts are what expressions see as {@code _event}; whoever sends an event from
 * outside leaves them as they are.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param name what transitions select it by
 * @param data what comes with it, or null for nothing
 * @param type where it is from
 * @param sendId the id of the {@code <send>} that it is from, or null for none
 * @param origin the address that it was sent from, or null if it is from outside
 * @since 0.1
 */
public record ScxmlEvent(
    String name, @Nullable Tree data, Type type, @Nullable String sendId, @Nullable String origin) {

  /** Where an event is from. */
  public enum Type {
    /** From the host, or sent by a machine. */
    EXTERNAL,
    /** Raised within a macrostep. */
    INTERNAL,
    /** Made by the machine itself: a failure, or the end of a state. */
    PLATFORM
  }

  /**
   * Checks the parts.
   *
   * @param name what transitions select it by
   * @param data what comes with it, or null
   * @param type where it is from
   * @param sendId the id of the {@code <send>} that it is from, or null
   * @param origin the address that it was sent from, or null
   */
  public ScxmlEvent {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /**
   * An event from outside.
   *
   * @param name what transitions select it by
   * @param data what comes with it, or null for nothing
   */
  public ScxmlEvent(String name, @Nullable Tree data) {
    this(name, data, Type.EXTERNAL, null, null);
  }

  /**
   * Returns an event from outside, without data.
   *
   * @param name what transitions select it by
   * @return the event
   */
  public static ScxmlEvent of(String name) {
    return new ScxmlEvent(name, null);
  }

  /**
   * Returns an event from outside.
   *
   * @param name what transitions select it by
   * @param data what comes with it
   * @return the event
   */
  public static ScxmlEvent of(String name, Tree data) {
    return new ScxmlEvent(name, Objects.requireNonNull(data, "data"));
  }

  static ScxmlEvent raised(String name) {
    return new ScxmlEvent(name, null, Type.INTERNAL, null, null);
  }

  static ScxmlEvent platform(String name, @Nullable Tree data, @Nullable String sendId) {
    return new ScxmlEvent(name, data, Type.PLATFORM, sendId, null);
  }

  /**
   * Returns a codec, for snapshots that hold events which are still to come.
   *
   * @return the codec; schema {@code scxml-event}
   */
  public static TreeCodec<ScxmlEvent> codec() {
    return TreeCodec.of("scxml-event", ScxmlEvent::toTree, ScxmlEvent::fromTree);
  }

  private Tree toTree() {
    TreeObject tree = Tree.object().plus("name", name);
    if (data != null) {
      tree = tree.plus("data", data);
    }
    if (type != Type.EXTERNAL) {
      tree = tree.plus("type", type.name().toLowerCase(Locale.ROOT));
    }
    if (sendId != null) {
      tree = tree.plus("sendId", sendId);
    }
    return origin == null ? tree : tree.plus("origin", origin);
  }

  private static ScxmlEvent fromTree(Tree tree) {
    Tree type = tree.find("/type").orElse(null);
    return new ScxmlEvent(
        tree.at("/name").asString(),
        tree.find("/data").orElse(null),
        type == null ? Type.EXTERNAL : Type.valueOf(type.asString().toUpperCase(Locale.ROOT)),
        tree.find("/sendId").map(Tree::asString).orElse(null),
        tree.find("/origin").map(Tree::asString).orElse(null));
  }
}
