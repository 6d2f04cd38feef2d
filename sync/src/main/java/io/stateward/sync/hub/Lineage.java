package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * The epochs of a document: the one that is now, and those before it with the sequence at which
 * each ended here.
 *
 * <p>Whoever opens a document begins an epoch. So a position that somebody was told by a process
 * whose state was lost, or put back to an older one, lies after the end of its epoch, however many
 * changes were made since; while every other position is still known for what it is.
 *
 * <p>Thread safety: confined to the turn of its document.
 */
final class Lineage {

  private static final int MOST = 64;

  private record Ended(String epoch, long end) {}

  private final List<Ended> before = new ArrayList<>();
  private String epoch;
  private String opener;

  Lineage(String epoch, String opener) {
    this.epoch = epoch;
    this.opener = opener;
  }

  String epoch() {
    return epoch;
  }

  /** Tells whether the epoch was begun by a hub; it need not begin another then. */
  boolean isOf(String hub) {
    return opener.equals(hub);
  }

  void begin(String next, String by, long sequence) {
    before.add(new Ended(epoch, sequence));
    if (before.size() > MOST) {
      before.remove(0);
    }
    epoch = next;
    opener = by;
  }

  /** Tells whether a position is one of this history, when it has come to a sequence. */
  boolean contains(Position position, long now) {
    if (position.epoch().equals(epoch)) {
      return position.sequence() <= now;
    }
    return before.stream()
        .anyMatch(
            each -> each.epoch().equals(position.epoch()) && position.sequence() <= each.end());
  }

  Tree store() {
    List<Tree> ended = new ArrayList<>();
    before.forEach(each -> ended.add(Tree.array(Tree.of(each.epoch()), Tree.of(each.end()))));
    return Tree.object()
        .plus("epoch", epoch)
        .plus("opener", opener)
        .plus("before", Tree.array(ended));
  }

  static Lineage restore(Tree stored) {
    Lineage lineage = new Lineage(stored.at("/epoch").asString(), stored.at("/opener").asString());
    for (Tree each : stored.at("/before").asArray().elements()) {
      List<Tree> both = each.asArray().elements();
      lineage.before.add(new Ended(both.get(0).asString(), both.get(1).asLong()));
    }
    return lineage;
  }
}
