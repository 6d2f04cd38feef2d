package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.persist.StoredRecord;
import io.stateward.signal.Probe;
import io.stateward.store.WriteResult;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document that is loaded: it judges, stores and publishes, and has subscribers.
 *
 * <p>Thread safety: confined to the turn of its document, but for what subscriptions read: {@link
 * #published}, {@link #floor}, {@link #recent}, {@link #older} and {@link #presence}.
 */
final class OpenDocument {

  /*
   * A batch
   * -------
   *     judged in memory          content.sequence grows; the author hears "applied"
   *     one append to the journal waits for the disk; whatever fails here drops the document
   *     published                 published grows, then everybody's sender is asked to look
   *
   * published is written after the events are in recent, so whoever reads it finds them there, or in
   * the journal if they were many.
   */

  private final HubSetting setting;
  private final String document;
  private final Shelf shelf;
  private final Content content;
  private final Recent recent;
  private final PresenceBoard presence = new PresenceBoard();
  private final Map<String, Subscription> subscribers = new LinkedHashMap<>();
  private Batch batch = new Batch();
  private volatile long published; // written in the turn
  private @Nullable Tree snapshot; // of what is published, once somebody needed it
  private boolean touched; // the ledger may differ from the record

  OpenDocument(HubSetting setting, String document, Shelf shelf, Content content, Recent recent) {
    this.setting = setting;
    this.document = document;
    this.shelf = shelf;
    this.content = content;
    this.recent = recent;
    this.published = content.sequence;
  }

  long published() {
    return published;
  }

  long floor() {
    return content.floor;
  }

  Recent recent() {
    return recent;
  }

  PresenceBoard presence() {
    return presence;
  }

  List<Event> older(long sequence) {
    return shelf.older(sequence);
  }

  String type() {
    return content.type.name();
  }

  boolean isUnused() {
    return subscribers.isEmpty();
  }

  // Subscribers

  void subscribe(Subscription subscription, @Nullable Position at) {
    String client = subscription.client();
    Member known = content.ledger.find(client);
    if (known != null && !known.principal.equals(subscription.session.principal())) {
      subscription.lapse(
          "forbidden", "Client '%s' is somebody else's here; take a new id.".formatted(client), -1);
      return;
    }
    if (known == null && at != null && content.ledger.mayHaveForgotten(at.sequence())) {
      subscription.lapse(
          "forgotten",
          "Client '%s' was away for so long that it is not known what became of its changes; begin from nothing."
              .formatted(client),
          -1);
      return;
    }
    boolean resumes =
        at != null
            && content.lineage.contains(at, published)
            && at.sequence() >= content.floor
            && (known == null || !known.needsSnapshot);
    open(subscription, resumes && at != null ? at.sequence() : -1, known);
  }

  private void open(Subscription subscription, long resumed, @Nullable Member known) {
    String client = subscription.client();
    long start = resumed < 0 ? published : resumed;
    Frame first;
    long now = setting.nanos();
    Member member = content.ledger.of(client, subscription.session.principal(), start, now);
    Position at = new Position(content.lineage.epoch(), start);
    try {
      first =
          resumed < 0
              ? new Frame.Snapshot(document, at, member.last, member.lastRefused, snapshot())
              : new Frame.Resumed(document, at, member.last, member.lastRefused);
    } catch (Throwable t) { // foreign code
      Probe.report(setting.where(document), "Its state makes no snapshot.", t);
      subscription.lapse("unavailable", "The document cannot be shown.", setting.retryMillis());
      return;
    }
    member.seen(now);
    member.lease = known == null || resumed < 0 ? start : Math.min(known.lease, start);
    member.needsSnapshot = false;
    touched = true;
    Subscription before = subscribers.put(client, subscription);
    if (before != null && before != subscription) {
      before.end();
    }
    subscription.open(this, start, first);
  }

  private Tree snapshot() {
    Tree made = snapshot;
    if (made == null) {
      made = Objects.requireNonNull(content.state.snapshot(), "snapshot");
      snapshot = made;
    }
    return made;
  }

  void leave(Subscription subscription) {
    subscription.end();
    if (!subscribers.remove(subscription.client(), subscription)) {
      return;
    }
    Member member = content.ledger.find(subscription.client());
    if (member != null) {
      member.seen(setting.nanos());
    }
    share(subscription.client(), Tree.ofNull());
  }

  private void lapse(Subscription subscription, String code, String reason) {
    subscribers.remove(subscription.client(), subscription);
    subscription.lapse(code, reason, 0);
    share(subscription.client(), Tree.ofNull());
  }

  /** Ends all subscriptions. */
  void lapseAll(String code, String reason, long retryMillis) {
    List.copyOf(subscribers.values()).forEach(each -> each.lapse(code, reason, retryMillis));
    subscribers.clear();
  }

  void share(Subscription subscription, Tree state) {
    if (subscribers.get(subscription.client()) == subscription && !subscription.isEnded()) {
      share(subscription.client(), state);
    }
  }

  private void share(String client, Tree state) {
    presence.put(client, state);
    subscribers.values().forEach(Subscription::ready);
  }

  /** Returns the sequence after which somebody needs the events to merge, or -1 if not held. */
  long context(long after) {
    if (after > published) {
      return -1;
    }
    long from = Math.max(0, Math.min(after, content.state.context(after)));
    return from < content.floor ? -1 : from;
  }

  // Changes

  void judge(Item.Change change) {
    Subscription subscription = change.subscription();
    Frame.Mutate frame = change.frame();
    if (subscribers.get(subscription.client()) != subscription || subscription.isEnded()) {
      return; // what comes after a lapse comes again when it has subscribed again
    }
    Member member = Objects.requireNonNull(content.ledger.find(subscription.client()));
    if (frame.id() <= member.last) {
      repeat(subscription, member, frame.id());
    } else if (frame.id() > member.last + 1) {
      lapse(
          subscription,
          "gap",
          "After mutation %d there came %d; those between are missing."
              .formatted(member.last, frame.id()));
    } else if (!isHeld(frame)) {
      member.needsSnapshot = true;
      lapse(
          subscription,
          "lagging",
          "Mutation %d was made after change %d of epoch '%s', which is not held any more."
              .formatted(frame.id(), frame.base(), frame.epoch()));
    } else {
      settle(subscription, member, frame, verdict(member, change));
    }
  }

  private boolean isHeld(Frame.Mutate frame) {
    boolean ours =
        frame.epoch().equals(content.lineage.epoch())
            || content.lineage.contains(new Position(frame.epoch(), frame.base()), published);
    return ours && frame.base() >= content.floor;
  }

  private void repeat(Subscription subscription, Member member, long id) {
    setting.counters().repeated.increment();
    if (batch.hasRefused(member.client, id)) {
      return; // it is told when it is durable
    }
    Refusal refusal = member.refusal(id);
    if (refusal != null) {
      subscription.answer(refusal.after(), refusal.frame(document));
    } else if (member.wasRefused(id)) {
      Verdict.Refused verdict =
          new Verdict.Refused("refused", "It was refused; why is not known any more.", null);
      subscription.answer(published, new Refusal(id, published, verdict).frame(document));
    } else {
      repeatAccepted(subscription, member, id);
    }
  }

  private void repeatAccepted(Subscription subscription, Member member, long id) {
    Event event = recent.of(member.client, id);
    if (event != null && event.sequence() > subscription.sent()) {
      return; // its acknowledgement is on its way
    }
    if (batch.events.stream().anyMatch(each -> isOf(each, member.client, id))) {
      return;
    }
    Frame.Acknowledged answer =
        event != null
            ? event.acknowledgement()
            : new Frame.Acknowledged(document, id, 0, Level.DURABLE, null);
    subscription.answer(event != null ? event.sequence() : published, answer);
  }

  private static boolean isOf(Event event, String client, long id) {
    return event.mutation.id() == id && event.mutation.client().equals(client);
  }

  private Verdict verdict(Member member, Item.Change change) {
    Frame.Mutate frame = change.frame();
    if (frame.afterRejection() < member.lastRefused) {
      return new Verdict.Refused(
          "superseded",
          "It was made before its author knew that mutation %d was refused."
              .formatted(member.lastRefused),
          null);
    } else if (frame.base() > published) {
      return new Verdict.Refused(
          "ahead",
          "It claims to be made after change %d, but there are %d."
              .formatted(frame.base(), published),
          null);
    } else if (change.denied() != null) {
      return new Verdict.Refused(change.denied().code(), change.denied().reason(), null);
    }
    return judged(mutation(member.client, frame, frame.change()));
  }

  private Verdict judged(Mutation mutation) {
    try {
      return Objects.requireNonNull(content.state.judge(mutation), "verdict");
    } catch (Throwable t) { // foreign code
      Probe.report(
          setting.where(document),
          "Judging mutation %d of client '%s' failed; it is refused."
              .formatted(mutation.id(), mutation.client()),
          t);
      return new Verdict.Refused("failed", "The document could not take it in.", null);
    }
  }

  private Mutation mutation(String client, Frame.Mutate frame, Tree change) {
    return new Mutation(client, frame.id(), frame.base(), content.sequence + 1, change);
  }

  private void settle(
      Subscription subscription, Member member, Frame.Mutate frame, Verdict verdict) {
    member.changed(Math.min(frame.base(), published), setting.nanos());
    if (verdict instanceof Verdict.Accepted is) {
      Mutation mutation = mutation(member.client, frame, is.change());
      boolean rewritten = !is.change().equals(frame.change());
      byte[] bytes = batch.add(new Entry.Accepted(mutation, member.principal, rewritten));
      batch.events.add(new Event(document, mutation, rewritten, bytes.length));
      content.sequence = mutation.sequence();
      member.accepted(frame.id(), content.sequence);
      subscription.applied(frame.id(), content.sequence);
      setting.counters().accepted.increment();
    } else {
      Refusal refusal = new Refusal(frame.id(), content.sequence, (Verdict.Refused) verdict);
      batch.add(new Entry.Refused(member.client, member.principal, frame.base(), refusal));
      batch.refusals.computeIfAbsent(member.client, id -> new ArrayList<>()).add(refusal);
      member.refused(refusal);
      tellRefused(member.client, refusal);
    }
  }

  private void tellRefused(String client, Refusal refusal) {
    String code = refusal.verdict().code();
    Counters.count(setting.counters().refused, code);
    setting.tell(new HubEvent.MutationRefused(document, client, refusal.id(), code));
  }

  boolean isFull() {
    return batch.isFull();
  }

  /** Stores what was judged and tells it; throws if it cannot be stored: then drop the document. */
  void flush() {
    if (batch.isEmpty()) {
      return;
    }
    Batch judged = batch;
    judged.events.stream().map(each -> each.mutation.client()).distinct().forEach(this::lookAt);
    shelf.append(judged.entries, judged.bytes);
    batch = new Batch();
    setting.counters().batches.increment();
    judged.events.forEach(recent::add);
    published = content.sequence;
    snapshot = null;
    judged.refusals.forEach(this::tell);
    subscribers.values().forEach(Subscription::ready);
    if (shelf.isWorthSaving()) {
      save();
    }
  }

  private void lookAt(String client) {
    Subscription subscription = subscribers.get(client);
    if (subscription != null) {
      subscription.ready();
    }
  }

  private void tell(String client, List<Refusal> refusals) {
    Subscription subscription = subscribers.get(client);
    if (subscription != null) {
      refusals.forEach(each -> subscription.answer(each.after(), each.frame(document)));
    }
  }

  // Storage

  /** Saves what the record does not have yet, and lets go of what nobody needs any more. */
  void save() {
    long now = setting.nanos();
    subscribers.forEach((client, subscription) -> raiseLease(client, subscription, now));
    content.ledger.forget(
        setting.times().retention().toMillis(),
        setting.limits().clients(),
        now,
        subscribers::containsKey);
    try {
      raiseFloor();
      WriteResult<StoredRecord> result = shelf.save(content.store(now));
      if (!result.isSaved()) {
        throw new IllegalStateException("The record was not written: " + result);
      }
      touched = false;
      shelf.forget(content.floor);
    } catch (Throwable t) { // foreign code, and storage
      Probe.report(
          setting.where(document),
          "It could not be saved; its journal is kept, and it is tried again later.",
          t);
    }
  }

  private void raiseLease(String client, Subscription subscription, long now) {
    Member member = content.ledger.find(client);
    if (member != null) {
      member.raiseLease(subscription.sent(), setting.silenceNanos(), now);
    }
  }

  private void raiseFloor() {
    long most = content.sequence - setting.limits().history();
    long needed = content.ledger.leastLease(content.sequence);
    long least = content.sequence - setting.limits().leastHistory();
    long floor = Math.max(most, Math.min(needed, least));
    if (floor > content.floor) {
      content.floor = floor;
      content.state.trim(floor);
    }
  }

  /** Lets go of the storage; what was judged is stored, or given up. */
  void close(boolean save) {
    if (save && (touched || shelf.isUnsaved())) {
      save();
    }
    shelf.close();
  }

  void delete() {
    shelf.delete();
  }

  Map<String, Subscription> subscribers() {
    return subscribers;
  }
}
