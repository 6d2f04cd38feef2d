package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.signal.Probe;
import io.stateward.sync.protocol.Frame;
import io.stateward.time.Timer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The turn of one document: whatever is to be done with it, one thing after the other.
 *
 * <p>Thread safety: {@link #add} and {@link #ask} are safe for any number of threads; all else is
 * called in the turn.
 */
final class Document {

  private static final int ROUND = 1024; // then others may use the thread

  final String id;
  private final HubSetting setting;
  private final Documents all;
  private final Turn turn;
  private final Queue<Item> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger(); // changes, and who wants to join
  private volatile @Nullable OpenDocument open; // written in the turn
  private @Nullable Timer idle;

  Document(HubSetting setting, String id, Documents all) {
    this.setting = setting;
    this.id = id;
    this.all = all;
    this.turn = new Turn(setting.where(id), setting.executor(), this::round, () -> {});
  }

  /*
   * What waits is bounded. Changes and those who join are counted. Of all else a subscription has at
   * most one of each kind in the queue: what it shares, a question for the history, that it leaves.
   */

  /** Puts in what is to be done, or answers that it is too much; {@link #ask} has to follow. */
  boolean add(Item item) {
    if (isCounted(item) && waiting.incrementAndGet() > setting.limits().eachDocument().waiting()) {
      waiting.decrementAndGet();
      if (item instanceof Item.Change change) {
        addOverflow(change.subscription());
      }
      return false;
    }
    return queue.add(item);
  }

  private static boolean isCounted(Item item) {
    return item instanceof Item.Change || item instanceof Item.Join;
  }

  private void addOverflow(Subscription subscription) {
    if (subscription.overflowed.compareAndSet(false, true)) {
      queue.add(
          (Item.Errand)
              document -> {
                subscription.lapse(
                    "unavailable", "Too many changes wait; come again.", setting.retryMillis());
                leave(subscription);
              });
    }
  }

  void ask() {
    turn.ask();
  }

  boolean isOpen() {
    return open != null;
  }

  /** How much waits for its turn. */
  int waiting() {
    return queue.size();
  }

  /** Tells whether it can be taken for one that was never there. */
  boolean isBlank() {
    return open == null && queue.isEmpty();
  }

  private void round() {
    for (int i = 0; i < ROUND; i++) {
      Item item = queue.poll();
      if (item == null) {
        flush();
        return;
      }
      take(item);
    }
    flush();
    ask();
  }

  private void take(Item item) {
    if (isCounted(item)) {
      waiting.decrementAndGet();
    }
    if (item instanceof Item.Change change) {
      OpenDocument document = open;
      boolean counts = !change.subscription().overflowed.get() && !all.isHalted();
      if (document != null && counts) {
        judge(document, change);
      }
    } else if (item instanceof Item.Aside aside) {
      aside.run(this);
    } else {
      flush();
      run(item);
    }
  }

  private void run(Item item) {
    if (item instanceof Item.Join join) {
      subscribe(join.subscription(), join.frame());
    } else {
      ((Item.Errand) item).run(this);
    }
  }

  private void judge(OpenDocument document, Item.Change change) {
    try {
      document.judge(change);
    } catch (Throwable t) { // foreign code, that may have taken in half of it
      failed(document, change, t);
      return;
    }
    if (document.isFull()) {
      flush();
    }
  }

  /** What is loaded anew has all that was judged before; the one that failed is refused there. */
  private void failed(OpenDocument document, Item.Change change, Throwable why) {
    String what =
        "Judging mutation %d of client '%s' failed."
            .formatted(change.frame().id(), change.subscription().client());
    Probe.report(
        setting.where(id),
        what + " The document is dropped, and loaded again at its next use without it.",
        why);
    setting.tell(new HubEvent.DocumentFailed(id, what));
    try {
      document.keep();
    } catch (Throwable t) { // the journal; then all of it comes again
      Probe.report(setting.where(id), "What was judged before could not be stored.", t);
    }
    drop("unavailable", "A change could not be judged.", setting.retryMillis(), false);
  }

  private void flush() {
    OpenDocument document = open;
    if (document == null || all.isHalted()) {
      return;
    }
    try {
      document.flush();
    } catch (Throwable t) { // the journal, most likely
      Probe.report(
          setting.where(id),
          "Changes could not be stored. The document is dropped, and loaded again at its next use.",
          t);
      setting.tell(new HubEvent.DocumentFailed(id, "Changes could not be stored: " + t));
      drop("unavailable", "Changes cannot be stored now.", setting.retryMillis(), false);
    }
  }

  private void subscribe(Subscription subscription, Frame.Subscribe ask) {
    if (subscription.isEnded() || subscription.session.isEnded()) {
      return; // it must not take the place of one of the connection that came after it
    }
    try {
      OpenDocument document = opened(subscription, ask.type());
      stopIdle();
      document.subscribe(subscription, ask.at(), ask.anew());
      watchIdle();
    } catch (Unavailable e) {
      tellUnavailable(subscription, e);
      leaveUnused();
    }
  }

  private OpenDocument opened(Subscription subscription, String type) {
    OpenDocument document = open;
    if (document == null && all.areTooMany()) {
      throw Unavailable.now(
          "There are %d documents open, and no more may be; come again later."
              .formatted(setting.limits().documents()),
          null);
    } else if (document == null && !all.isEnded()) {
      document = new Opening(setting, id).open(type, subscription.mayCreate);
      open = document;
    } else if (document == null) {
      throw Unavailable.now("The hub is closing.", null);
    }
    if (!document.type().equals(type)) {
      throw Unavailable.forever(
          "type", "The document is of type '%s', not '%s'.".formatted(document.type(), type));
    }
    return document;
  }

  private void tellUnavailable(Subscription subscription, Unavailable why) {
    if (!why.isForever() && !all.isEnded()) {
      Probe.report(setting.where(id), why.reason(), why.getCause());
      setting.tell(new HubEvent.DocumentFailed(id, why.reason()));
    }
    subscription.lapse(why.code, why.reason(), why.retryMillis(setting.retryMillis()));
  }

  void leave(Subscription subscription) {
    OpenDocument document = open;
    if (document == null) {
      subscription.end();
    } else {
      document.leave(subscription);
      watchIdle();
    }
  }

  void share(Subscription subscription) {
    Tree state = subscription.takeShared();
    OpenDocument document = open;
    if (document != null && state != null) {
      document.audience().share(subscription, state);
    }
  }

  /** Finds out which events are needed, and has them read in the turn of who asks. */
  void history(Subscription subscription, Frame.AskHistory ask) {
    OpenDocument document = open;
    if (document == null || !subscription.isOpen()) {
      return;
    }
    long until = Math.min(ask.until(), document.published());
    long after = context(document, ask.after());
    Session session = subscription.session;
    session.put(
        () -> {
          if (!subscription.isEnded()) {
            session.sender().answer(PastEvents.answer(setting, document, id, after, until));
            session.historyAnswered(subscription);
          }
        });
  }

  private long context(OpenDocument document, long after) {
    try {
      return document.context(after);
    } catch (Throwable t) { // foreign code
      Probe.report(setting.where(id), "Its state does not say what is needed to merge.", t);
      return -1;
    }
  }

  private void stopIdle() {
    Timer timer = idle;
    idle = null;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void watchIdle() {
    OpenDocument document = open;
    if (document == null || !document.audience().isEmpty() || idle != null) {
      return;
    }
    idle = setting.timekeeper().schedule(setting.times().idle(), this::idleNow);
  }

  private void idleNow() {
    queue.add((Item.Errand) document -> closeIfUnused());
    ask();
  }

  private void closeIfUnused() {
    idle = null;
    OpenDocument document = open;
    if (document != null && document.audience().isEmpty()) {
      close(true);
      setting.tell(new HubEvent.DocumentClosed(id));
    }
    leaveUnused();
  }

  /** Ends all subscriptions and lets go of what is open. */
  private void drop(String code, String reason, long retryMillis, boolean save) {
    OpenDocument document = open;
    if (document != null) {
      document.audience().lapseAll(code, reason, retryMillis);
      close(save);
    }
    leaveUnused();
  }

  private void close(boolean save) {
    OpenDocument document = open;
    open = null;
    stopIdle();
    try {
      if (document != null) {
        document.close(save);
      }
    } catch (Throwable t) { // storage
      Probe.report(setting.where(id), "Its journal could not be closed.", t);
    }
  }

  private void leaveUnused() {
    if (open == null) {
      all.giveUp(this);
    }
  }

  /** Lets go of everything, for good. */
  void end(boolean save, CompletableFuture<Void> done) {
    close(save);
    leaveUnused();
    done.complete(null);
  }

  /** Deletes the document; its subscribers are told. Throws if it cannot be. */
  void delete() {
    if (all.isEnded()) {
      throw Unavailable.now("The hub is closing.", null);
    }
    try {
      OpenDocument document = open;
      if (document == null) {
        document = new Opening(setting, id).openAny();
        open = document;
      }
      document.delete();
      drop("deleted", "The document was deleted.", -1, false);
      setting.storage().deleteJournal(id);
    } catch (Throwable t) { // it is thrown on to whoever deletes
      // Its journal may say already that it is deleted: what is accepted after that would be lost.
      drop("unavailable", "It could not be deleted.", setting.retryMillis(), false);
      throw t;
    }
  }
}
