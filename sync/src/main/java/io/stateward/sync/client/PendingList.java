package io.stateward.sync.client;

import io.stateward.codec.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one document that are not settled, in order, and their numbers.
 *
 * <p>Thread safety: guarded by the lock of its document.
 */
final class PendingList {

  /*
   * Numbers. A hub takes the numbers of a client without a gap, and a refused change has used its
   * number up. With `reached` as the highest number that the hub can have got in this subscription:
   *
   *     1 ... settled ... | sent ............... | unsent ................
   *                         <= reached             > reached, dense
   *
   * Refused r. What follows r and was sent will be refused too (superseded), because it was made
   * without knowing of r; so all that follows r gets numbers after `reached`, and `rejected` becomes
   * `reached`, which is the last refusal that the hub will have made by then.
   *
   * Resumed with (last, refused). `last` is what the hub has got for certain; what was sent after it
   * on a lost connection never will arrive. So what comes after `last` is numbered anew from
   * last + 1. What is not after `last` was judged: above `refused` it was accepted, and its place
   * comes with the updates; up to `refused` it may have been either, so it is sent again, which has
   * no second effect and brings the answer again ("repeat").
   *
   * What this process never sent cannot have been judged, whatever its number: numbers above those
   * that were stored are used again if the outbox lost its end, or was put back to an older one.
   *
   * Reset by a snapshot. What was accepted is in the state; what may have been refused is asked for
   * in the same way, but is no longer pending in the replica ("doubtful"). One of which is heard then
   * that it was superseded becomes a dead letter, and is not made again: it would come behind what
   * was made after it.
   */

  private final Deque<Pending> sent = new ArrayDeque<>();
  private final Deque<Pending> unsent = new ArrayDeque<>();
  private final Deque<Pending> repeats = new ArrayDeque<>();
  private final Map<Long, Pending> doubtful = new LinkedHashMap<>();
  private final LongSupplier stored;
  private long next = 1;
  private long rejected;
  private long reached;
  private int flying;
  private int unresolved; // repeats among those sent that have no answer yet

  PendingList(LongSupplier stored) {
    this.stored = stored;
  }

  /**
   * A refusal, and what it means for what follows.
   *
   * @param refused what was refused; no longer in the list
   * @param followers what follows it, still in the list
   * @param from the first number for them
   * @param after the refusal that they know of
   */
  record Refusal(Pending refused, List<Pending> followers, long from, long after) {}

  /** Makes the next change, not yet in the list. */
  Pending next(Tree change, long base) {
    return new Pending(next, base, rejected, change, stored);
  }

  /** Takes in what {@link #next} made. */
  void add(Pending made) {
    unsent.add(made);
    next = made.id + 1;
  }

  /** Takes in what was stored, before anything else. */
  void restore(
      Collection<Pending> pending, Collection<Pending> unknown, long following, long last) {
    unsent.addAll(pending);
    unknown.forEach(each -> doubtful.put(each.id, each));
    next = following;
    rejected = last;
  }

  /** The hub had got so many by then, as a record says. */
  void reached(long id) {
    reached = id;
  }

  int size() {
    return sent.size() + unsent.size() + doubtful.size();
  }

  /** All that is pending in the replica, in order. */
  List<Pending> all() {
    List<Pending> all = new ArrayList<>(sent.size() + unsent.size());
    all.addAll(sent);
    all.addAll(unsent);
    return all;
  }

  Collection<Pending> doubtful() {
    return doubtful.values();
  }

  long nextId() {
    return next;
  }

  long rejected() {
    return rejected;
  }

  /** Whether something was sent, or asked for, that the hub has not settled. */
  boolean awaits() {
    return !sent.isEmpty() || !doubtful.isEmpty();
  }

  /** How many are not in the outbox. */
  int unsaved() {
    int count = 0;
    for (Pending each : unsent) {
      count += each.isSaved() ? 0 : 1;
    }
    return count;
  }

  /** Takes the next one to send, if one may be sent now. */
  @Nullable Pending send(int window) {
    if (flying >= window) {
      return null;
    }
    Pending repeated = repeats.poll();
    if (repeated != null) {
      return fly(repeated);
    }
    Pending first = unsent.peek();
    if (first == null || unresolved > 0 || first.ticket > stored.getAsLong()) {
      return null;
    }
    unsent.remove();
    sent.add(first);
    first.sent = true;
    first.uncertain = true;
    reached = first.id;
    return fly(first);
  }

  private Pending fly(Pending pending) {
    pending.flying = true;
    flying++;
    return pending;
  }

  private void land(Pending pending) {
    if (pending.repeat && !pending.flying) {
      repeats.remove(pending); // it is known before it was asked for, and nobody would answer
    }
    if (pending.flying) {
      pending.flying = false;
      flying--;
    }
    if (pending.repeat) {
      pending.repeat = false;
      unresolved--;
    }
  }

  /** Finds one that was sent. */
  @Nullable Pending sent(long id) {
    for (Pending each : sent) {
      if (each.id == id) {
        return each;
      }
    }
    return null;
  }

  /** The oldest that was sent. */
  @Nullable Pending first() {
    return sent.peek();
  }

  /** The hub has accepted it. */
  void applied(Pending pending) {
    pending.applied = true;
    land(pending);
  }

  /** The oldest has its place, for good. */
  Pending confirm() {
    Pending first = sent.isEmpty() ? unsent.remove() : sent.remove();
    land(first);
    return first;
  }

  /** Takes one away of which the answer was asked for. */
  @Nullable Pending resolve(long id) {
    Pending known = doubtful.remove(id);
    if (known != null) {
      repeats.remove(known);
      land(known);
    }
    return known;
  }

  /**
   * Takes away what was refused by the hub, or is refused here before it is sent.
   *
   * @return what that means, or null if it is not in the list
   */
  @Nullable Refusal refuse(long id, boolean here) {
    Pending refused = null;
    List<Pending> followers = new ArrayList<>();
    for (Pending each : all()) {
      if (each.id == id) {
        refused = each;
      } else if (refused != null) {
        followers.add(each);
      }
    }
    if (refused == null) {
      return null;
    }
    land(refused);
    remove(refused);
    if (here) {
      reached = Math.min(reached, id - 1);
      return new Refusal(refused, followers, id, rejected);
    }
    long burnt = Math.max(reached, id);
    return new Refusal(refused, followers, burnt + 1, burnt);
  }

  private void remove(Pending pending) {
    repeats.remove(pending);
    if (!sent.remove(pending)) {
      unsent.remove(pending);
    }
  }

  /** Puts others, or the same, in the place of what followed a refusal. */
  void rewrite(Refusal refusal, List<Pending> replacement) {
    for (Pending follower : refusal.followers) {
      land(follower);
      repeats.remove(follower);
      if (unsent.pollLast() == null) { // they are the last ones of both
        sent.removeLast();
      }
      follower.recall();
      follower.uncertain &= refusal.from <= refusal.refused.id; // the hub refuses what it got
    }
    rejected = refusal.after;
    reached = Math.max(reached, refusal.from - 1);
    number(replacement, refusal.from);
  }

  private void number(List<Pending> pending, long from) {
    next = from;
    for (Pending each : pending) {
      each.id = next++;
      each.after = rejected;
      unsent.add(each);
    }
  }

  /** Returns the number of the last change that the hub has judged, if it judged up to some id. */
  long arrived(long last) {
    long arrived = 0;
    for (Pending each : all()) {
      arrived = each.uncertain && each.id <= last ? each.id : arrived;
    }
    return arrived;
  }

  /**
   * The hub goes on from where this client is.
   *
   * @param arrived the number up to which it has got the changes: what {@link #arrived} said
   * @return whether something has another number now, or knows of another refusal
   */
  boolean resume(long last, long refused, long arrived) {
    List<Pending> all = all();
    begin(last);
    List<Pending> rest = new ArrayList<>();
    for (Pending each : all) {
      each.recall();
      if (each.id <= arrived) {
        judged(each, refused);
      } else {
        rest.add(each);
      }
    }
    repeats.addAll(doubtful.values());
    // Where a refusal is still to be heard of, it will put all of the rest after it.
    rejected = unresolved > 0 ? Math.min(rejected, refused) : refused;
    boolean changed = false;
    long number = last + 1;
    for (Pending each : rest) {
      changed |= each.id != number++ || each.after != rejected;
    }
    number(rest, last + 1);
    return changed;
  }

  private void begin(long last) {
    sent.clear();
    unsent.clear();
    repeats.clear();
    doubtful.values().forEach(Pending::recall);
    flying = 0;
    unresolved = 0;
    reached = last;
  }

  private void judged(Pending pending, long refused) {
    pending.sent = true;
    pending.uncertain = true;
    sent.add(pending);
    if (pending.id > refused) {
      pending.applied = true;
    } else {
      pending.repeat = true;
      unresolved++;
      repeats.add(pending);
    }
  }

  /**
   * The hub begins anew with a state.
   *
   * @param settled takes those that are in the state for certain
   * @return those that are not in the state, taken out of the list
   */
  List<Pending> reset(long last, long refused, List<Pending> settled) {
    List<Pending> all = all();
    begin(last);
    List<Pending> rest = new ArrayList<>();
    for (Pending each : all) {
      boolean arrived = each.uncertain && each.id <= last;
      each.recall();
      if (!arrived) {
        rest.add(each);
      } else if (each.id > refused) {
        settled.add(each);
      } else {
        doubtful.put(each.id, each);
      }
    }
    repeats.addAll(doubtful.values());
    rejected = refused;
    next = last + 1;
    return rest;
  }

  /** Takes away all of which the hub may have got any, now that it cannot tell any more. */
  List<Pending> forget() {
    List<Pending> lost = new ArrayList<>(doubtful.values());
    List<Pending> rest = new ArrayList<>();
    all().forEach(each -> (each.uncertain ? lost : rest).add(each));
    doubtful.clear();
    begin(0);
    rejected = 0;
    number(rest, 1);
    return lost;
  }

  /** Puts what is pending on top of a state. */
  void put(List<Pending> pending) {
    number(pending, next);
  }
}
