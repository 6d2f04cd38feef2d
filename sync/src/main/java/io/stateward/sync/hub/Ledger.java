package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The clients that a document knows.
 *
 * <p>Thread safety: confined to the turn of its document.
 */
final class Ledger {

  private final Map<String, Member> members = new LinkedHashMap<>();
  private long forgottenAt; // no forgotten client had a mutation judged after this sequence

  @Nullable Member find(String client) {
    return members.get(client);
  }

  /**
   * Returns the client of a stored entry, which says whose it is where nobody knew the client: if
   * the record does, it was forgotten after that, and somebody came anew.
   */
  Member of(String client, @Nullable String owner, long lease, long nowNanos) {
    Member known = members.get(client);
    if (owner == null && known != null) {
      return known;
    } else if (owner == null) {
      throw new IllegalArgumentException(
          "Client '%s' changed the document, and whose it is nobody has said.".formatted(client));
    }
    if (known != null) {
      forget(known);
    }
    Member member = new Member(client, owner, lease, nowNanos);
    member.isStored = true;
    enter(member);
    return member;
  }

  /** Remembers a client from now on. */
  void enter(Member member) {
    members.put(member.client, member);
  }

  /**
   * Tells whether a client that is not known may have been, and may have mutations pending that
   * were judged: it shows a position from before the last change of somebody who was forgotten.
   */
  boolean mayHaveForgotten(long position) {
    return position < forgottenAt;
  }

  /** Returns the sequence after which somebody who is remembered needs the events. */
  long leastLease(long now) {
    return members.values().stream().mapToLong(each -> each.lease).min().orElse(now);
  }

  /**
   * Forgets who has been away for too long; and if there are too many, first those of whom nothing
   * was accepted, then those away for longest.
   */
  void forget(long retentionMillis, int most, long nowNanos, Predicate<String> isHere) {
    List<Member> away = new ArrayList<>();
    for (Member each : members.values()) {
      if (isHere.test(each.client)) {
        each.seen(nowNanos);
      } else {
        away.add(each);
      }
    }
    Comparator<Member> awayFor = Comparator.comparingLong(each -> each.awayMillis(nowNanos));
    away.sort(Comparator.comparing(Member::hasWritten).thenComparing(awayFor.reversed()));
    for (Member each : away) {
      if (each.awayMillis(nowNanos) > retentionMillis || members.size() > most) {
        forget(each);
      }
    }
  }

  private void forget(Member member) {
    members.remove(member.client);
    forgottenAt = Math.max(forgottenAt, member.judgedAt);
  }

  Tree store(long nowNanos) {
    List<Tree> stored = new ArrayList<>();
    members.values().forEach(each -> stored.add(each.store(nowNanos)));
    return Tree.object().plus("forgotten", forgottenAt).plus("members", Tree.array(stored));
  }

  static Ledger restore(Tree stored, long nowNanos) {
    Ledger ledger = new Ledger();
    ledger.forgottenAt = stored.at("/forgotten").asLong();
    for (Tree each : stored.at("/members").asArray().elements()) {
      Member member = Member.restore(each.asObject(), nowNanos);
      ledger.members.put(member.client, member);
    }
    return ledger;
  }
}
