package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what becomes of each mutation, and collects what is to be stored.
 *
 * <p>Thread safety: confined to the turn of its document.
 */
final class Judge {

  private static final int DENIALS = 100; // in a row, of somebody who is known

  private final HubSetting setting;
  private final String document;
  private final Content content;
  private final Recent recent;
  private final Audience audience;
  private Batch batch = new Batch();
  private long published;

  Judge(HubSetting setting, String document, Content content, Recent recent, Audience audience) {
    this.setting = setting;
    this.document = document;
    this.content = content;
    this.recent = recent;
    this.audience = audience;
    this.published = content.sequence;
  }

  /** Returns what was judged since the last one was stored. */
  Batch batch() {
    return batch;
  }

  /** All that was judged is durable. */
  void stored() {
    batch = new Batch();
    published = content.sequence;
  }

  /**
   * Judges one. If it throws, the state may have taken in half of it, and the batch has all that
   * was judged, with its refusal: store that, and load the document anew.
   */
  void judge(Item.Change change) {
    Subscription subscription = change.subscription();
    if (!audience.isCurrent(subscription) || subscription.denials > DENIALS) {
      return; // what comes after a lapse comes again when it has subscribed again
    }
    Frame.Mutate frame = change.frame();
    Member member = Objects.requireNonNull(subscription.member);
    if (frame.id() <= member.last) {
      repeat(subscription, member, frame.id());
    } else if (frame.id() > member.last + 1) {
      audience.lapse(
          subscription,
          "gap",
          "After mutation %d there came %d; those between are missing."
              .formatted(member.last, frame.id()));
    } else if (change.denied() != null && !isKnown(member)) {
      refuseInPassing(subscription, member, change);
    } else {
      enter(member);
      next(subscription, member, change);
    }
  }

  private void next(Subscription subscription, Member member, Item.Change change) {
    Frame.Mutate frame = change.frame();
    if (!isOurs(frame) || frame.base() < content.floor) {
      member.needsSnapshot = true;
      audience.lapse(
          subscription,
          isOurs(frame) ? "lagging" : "epoch",
          "Mutation %d was made after change %d of epoch '%s', which is not held any more."
              .formatted(frame.id(), frame.base(), frame.epoch()));
    } else {
      countDenials(subscription, change);
      settle(subscription, member, change);
    }
  }

  private boolean isOurs(Frame.Mutate frame) {
    return frame.epoch().equals(content.lineage.epoch())
        || content.lineage.contains(new Position(frame.epoch(), frame.base()), published);
  }

  // Who may not write

  private boolean isKnown(Member member) {
    return content.ledger.find(member.client) == member;
  }

  /**
   * Refuses a mutation of somebody who is not known, without an entry: who may only read fills
   * neither the journal nor the ledger. When it has subscribed again its ids begin anew.
   */
  private void refuseInPassing(Subscription subscription, Member member, Item.Change change) {
    Refusal refusal =
        new Refusal(
            change.frame().id(),
            content.sequence,
            Objects.requireNonNull(objection(member, change)));
    noteRefused(member, refusal);
    subscription.answer(refusal.after(), refusal.frame(document));
  }

  /** Remembers a client from its first mutation on, with what was refused to it in passing. */
  private void enter(Member member) {
    if (isKnown(member)) {
      return;
    }
    Refusal last = member.lastRefusal();
    if (last != null) { // stands for those before as well
      batch.add(new Entry.Refused(member.client, member.takeOwner(), member.lease, last));
    }
    content.ledger.enter(member);
  }

  /** Each denial is stored, so there are not to be many: who goes on has to connect anew. */
  private void countDenials(Subscription subscription, Item.Change change) {
    subscription.denials = change.denied() == null ? 0 : subscription.denials + 1;
    if (subscription.denials > DENIALS) {
      Session session = subscription.session;
      String reason = "%d changes in a row are not allowed.".formatted(DENIALS);
      session.put(() -> session.end(CloseCode.FLOOD, reason));
    }
  }

  private void settle(Subscription subscription, Member member, Item.Change change) {
    Frame.Mutate frame = change.frame();
    int before = batch.entries.size();
    try {
      settle(subscription, member, frame, verdict(member, change));
    } catch (Throwable t) { // foreign code: of the state, and in what it answered
      if (batch.entries.size() == before) {
        refuse(
            member,
            frame,
            new Verdict.Refused("failed", "The document could not take it in.", null));
      } else { // its entry is in there, and its event perhaps not: all of it comes again
        batch = new Batch();
      }
      throw t;
    }
  }

  // One that came before

  private void repeat(Subscription subscription, Member member, long id) {
    setting.counters().repeated.increment();
    if (batch.has(member.client, id)) {
      return; // it is told when it is durable
    }
    Refusal refusal = member.refusal(id);
    if (refusal != null) {
      subscription.answer(refusal.after(), refusal.frame(document));
    } else if (member.wasRefused(id)) {
      refuseAgain(subscription, id, "refused", "It was refused; why is not known any more.");
    } else if (member.hasForgotten(id)) {
      refuseAgain(
          subscription,
          id,
          "forgotten",
          "It was judged long ago; whether it took place is not known any more.");
    } else {
      repeatAccepted(subscription, member, id);
    }
  }

  private void refuseAgain(Subscription subscription, long id, String code, String reason) {
    Verdict.Refused verdict = new Verdict.Refused(code, reason, null);
    subscription.answer(published, new Refusal(id, published, verdict).frame(document));
  }

  private void repeatAccepted(Subscription subscription, Member member, long id) {
    Event event = recent.of(member.client, id);
    if (event == null) {
      Frame.Acknowledged longAgo = new Frame.Acknowledged(document, id, 0, Level.DURABLE, null);
      subscription.answer(published, longAgo);
    } else if (event.sequence() <= subscription.sent()) {
      subscription.answer(event.sequence(), event.acknowledgement());
    } // else its acknowledgement is on its way
  }

  // A new one

  private Verdict verdict(Member member, Item.Change change) {
    Verdict.Refused objection = objection(member, change);
    if (objection != null) {
      return objection;
    }
    Mutation mutation = mutation(member.client, change.frame(), change.frame().change());
    return Objects.requireNonNull(content.state.judge(mutation), "verdict");
  }

  /** Returns why a mutation is refused whatever it is, or null. */
  private Verdict.@Nullable Refused objection(Member member, Item.Change change) {
    Frame.Mutate frame = change.frame();
    if (frame.afterRejection() < member.lastRefused) {
      return new Verdict.Refused(
          "superseded",
          "It was made before its author knew that mutation %d was refused."
              .formatted(member.lastRefused),
          null);
    } else if (frame.base() > published) {
      return new Verdict.Refused(
          "base",
          "It claims to be made after change %d, but there are %d."
              .formatted(frame.base(), published),
          null);
    } else if (change.denied() != null) {
      return new Verdict.Refused(change.denied().code(), change.denied().reason(), null);
    }
    return null;
  }

  private Mutation mutation(String client, Frame.Mutate frame, Tree change) {
    return new Mutation(client, frame.id(), frame.base(), content.sequence + 1, change);
  }

  private void settle(
      Subscription subscription, Member member, Frame.Mutate frame, Verdict verdict) {
    member.changed(Math.min(frame.base(), published), setting.nanos());
    if (verdict instanceof Verdict.Accepted is) {
      accept(subscription, member, frame, is.change());
    } else {
      refuse(member, frame, (Verdict.Refused) verdict);
    }
  }

  private void accept(Subscription subscription, Member member, Frame.Mutate frame, Tree change) {
    Mutation mutation = mutation(member.client, frame, change);
    boolean rewritten = !change.equals(frame.change());
    byte[] bytes = batch.add(new Entry.Accepted(mutation, member.takeOwner(), rewritten));
    batch.events.add(new Event(document, mutation, rewritten, bytes.length));
    content.sequence = mutation.sequence();
    member.accepted(frame.id(), content.sequence);
    subscription.applied(frame.id(), content.sequence);
    setting.counters().accepted.increment();
  }

  private void refuse(Member member, Frame.Mutate frame, Verdict.Refused verdict) {
    Refusal refusal = new Refusal(frame.id(), content.sequence, verdict);
    batch.add(new Entry.Refused(member.client, member.takeOwner(), frame.base(), refusal));
    batch.refusals.computeIfAbsent(member.client, id -> new ArrayList<>()).add(refusal);
    noteRefused(member, refusal);
  }

  private void noteRefused(Member member, Refusal refusal) {
    String code = refusal.verdict().code();
    member.refused(refusal);
    Counters.count(setting.counters().refused, code);
    setting.tell(new HubEvent.MutationRefused(document, member.client, refusal.id(), code));
  }
}
