package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.persist.StoredRecord;
import io.stateward.signal.Probe;
import io.stateward.store.WriteResult;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Position;
import java.util.List;
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
  private final Audience audience = new Audience();
  private final Judge judge;
  private volatile long published; // written in the turn
  private @Nullable Tree snapshot; // of what is published, once somebody needed it
  private boolean touched; // the ledger may differ from the record

  OpenDocument(HubSetting setting, String document, Shelf shelf, Content content, Recent recent) {
    this.setting = setting;
    this.document = document;
    this.shelf = shelf;
    this.content = content;
    this.recent = recent;
    this.judge = new Judge(setting, document, content, recent, audience);
    this.published = content.sequence;
  }

  // What subscriptions read

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
    return audience.presence();
  }

  List<Event> older(long sequence) {
    return shelf.older(sequence);
  }

  // Subscribers

  String type() {
    return content.type.name();
  }

  Audience audience() {
    return audience;
  }

  void subscribe(Subscription subscription, @Nullable Position at, boolean anew) {
    String client = subscription.client();
    Member known = content.ledger.find(client);
    if (known != null && !known.owner.equals(subscription.session.owner())) {
      subscription.lapse(
          "forbidden", "Client '%s' is somebody else's here; take a new id.".formatted(client), -1);
    } else if (known == null && at != null && content.ledger.mayHaveForgotten(at.sequence())) {
      subscription.lapse(
          "forgotten",
          "Client '%s' was away for so long that it is not known what became of its changes; begin from nothing."
              .formatted(client),
          -1);
    } else {
      begin(subscription, known, !anew && resumes(at, known) ? at : null);
    }
  }

  private boolean resumes(@Nullable Position at, @Nullable Member known) {
    return at != null
        && content.lineage.contains(at, published)
        && at.sequence() >= content.floor
        && (known == null || !known.needsSnapshot);
  }

  private void begin(
      Subscription subscription, @Nullable Member known, @Nullable Position resumed) {
    long start = resumed == null ? published : resumed.sequence();
    long now = setting.nanos();
    Member member = // who only reads is not remembered
        known != null
            ? known
            : new Member(subscription.client(), subscription.session.owner(), start, now);
    Frame first;
    try {
      first = opening(member, start, resumed != null);
    } catch (Throwable t) { // foreign code
      Probe.report(setting.where(document), "Its state makes no snapshot.", t);
      subscription.lapse("unavailable", "The document cannot be shown.", setting.retryMillis());
      return;
    }
    member.seen(now);
    member.lease = known == null || resumed == null ? start : Math.min(known.lease, start);
    member.needsSnapshot = false;
    touched |= known != null;
    subscription.member = member;
    audience.join(subscription);
    subscription.open(this, start, first);
  }

  private Frame opening(Member member, long start, boolean resumes) {
    Position at = new Position(content.lineage.epoch(), start);
    return resumes
        ? new Frame.Resumed(document, at, member.last, member.lastRefused)
        : new Frame.Snapshot(document, at, member.last, member.lastRefused, snapshot());
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
    Member member = content.ledger.find(subscription.client());
    if (audience.leave(subscription) && member != null) {
      member.seen(setting.nanos());
    }
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

  /** If it throws, the state is not what it was said to be: {@link #keep}, then drop it. */
  void judge(Item.Change change) {
    judge.judge(change);
  }

  /** Stores what was judged and tells nobody; who comes again is told. */
  void keep() {
    Batch batch = judge.batch();
    if (!batch.isEmpty()) {
      shelf.append(batch.entries, batch.bytes);
    }
  }

  boolean isFull() {
    return judge.batch().isFull();
  }

  /** Stores what was judged and tells it; throws if it cannot be stored: then drop the document. */
  void flush() {
    Batch batch = judge.batch();
    if (batch.isEmpty()) {
      return;
    }
    batch.authors().forEach(audience::look); // they may hear "applied" while the disk works
    shelf.append(batch.entries, batch.bytes);
    setting.counters().batches.increment();
    batch.events.forEach(recent::add);
    published = content.sequence;
    snapshot = null;
    judge.stored();
    batch.refusals.forEach(this::tell);
    audience.lookAll();
    if (shelf.isWorthSaving()) {
      save();
    }
  }

  private void tell(String client, List<Refusal> refusals) {
    Subscription subscription = audience.of(client);
    if (subscription != null) {
      refusals.forEach(each -> subscription.answer(each.after(), each.frame(document)));
    }
  }

  // Storage

  /** Saves what the record does not have yet, and lets go of what nobody needs any more. */
  private void save() {
    long now = setting.nanos();
    audience.all().forEach(each -> raiseLease(each, now));
    content.ledger.forget(
        setting.times().retention().toMillis(),
        setting.limits().eachDocument().clients(),
        now,
        audience::has);
    try {
      raiseFloor();
      WriteResult<StoredRecord> result = shelf.save(content.store(now));
      if (!result.isSaved()) {
        throw new IllegalStateException("The record was not written: " + result);
      }
      touched = false;
      shelf.forget(content.floor, content.sequence);
    } catch (Throwable t) { // foreign code, and storage
      shelf.postpone();
      Probe.report(
          setting.where(document),
          "It could not be saved; its journal is kept, and it is tried again later.",
          t);
    }
  }

  private void raiseLease(Subscription subscription, long now) {
    Member member = content.ledger.find(subscription.client());
    if (member != null) {
      member.raiseLease(subscription.sent(), setting.silenceNanos(), now);
    }
  }

  private void raiseFloor() {
    long most = content.sequence - setting.limits().eachDocument().history();
    long needed = content.ledger.leastLease(content.sequence);
    long least = content.sequence - setting.limits().eachDocument().leastHistory();
    long floor = Math.max(most, Math.min(needed, least));
    if (shelf.isCrowded(setting.limits().eachDocument().history())) {
      floor = content.sequence; // refusals fill the journal, and can only go with the events
    }
    if (floor > content.floor) {
      content.floor = Math.max(floor, content.state.trim(floor));
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
}
