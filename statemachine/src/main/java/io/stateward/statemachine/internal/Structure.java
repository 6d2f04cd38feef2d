package io.stateward.statemachine.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of what a chart is made of, by name: states, kinds, transitions, timers, work. */
final class Structure {

  private Structure() {}

  static String digest(Node[] nodes) {
    StringBuilder text = new StringBuilder();
    for (Node node : nodes) {
      describe(text, node);
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
    }
  }

  /** Writes a line for a state and one for each of its parts; the name of the root is left out. */
  private static void describe(StringBuilder text, Node node) {
    String parent = node.parent == null || node.parent.number == 0 ? "" : node.parent.name;
    line(text, "state", node.number == 0 ? "" : node.name, node.kind.name(), parent);
    if (node.initial != null) {
      line(text, "initial", String.join(" ", node.initial.label.targets()));
    }
    for (TimerSpec timer : node.timers) {
      line(text, "timer", timer.name());
    }
    for (InvokeSpec invoke : node.invokes) {
      line(text, "invoke", invoke.name());
    }
    for (Arc arc : node.arcs) {
      String guard = arc.guard == null ? "" : arc.guard.name();
      String targets = String.join(" ", arc.label.targets());
      line(text, "on", arc.label.trigger(), guard, targets, arc.reaction.name(), arc.external + "");
    }
  }

  /** Writes parts with their lengths, so that no two lists of parts look the same. */
  private static void line(StringBuilder text, String... parts) {
    for (String part : parts) {
      text.append(part.length()).append(':').append(part).append(' ');
    }
    text.append('\n');
  }
}
