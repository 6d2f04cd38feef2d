package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.signal.Probe;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.ProtocolException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a connection wants of documents: it asks whether that is allowed, and passes it on.
 *
 * <p>Thread safety: confined to the turn of its session, but for {@link #subscriptions} and {@link
 * #leave}, which are safe for any thread.
 */
final class Desk {

  private final HubSetting setting;
  private final Session session;
  private final Documents documents;
  private final Rights rights;
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
  private final Bucket creations;

  Desk(HubSetting setting, Session session, Documents documents, Rights rights) {
    this.setting = setting;
    this.session = session;
    this.documents = documents;
    this.rights = rights;
    this.creations =
        new Bucket(setting.limits().eachConnection().creationsPerSecond(), setting.nanos());
  }

  Iterable<Subscription> subscriptions() {
    return subscriptions.values();
  }

  void take(Frame.OfClient frame) {
    if (frame instanceof Frame.Mutate mutate) {
      mutate(mutate);
    } else if (frame instanceof Frame.Subscribe subscribe) {
      subscribe(subscribe);
    } else if (frame instanceof Frame.Unsubscribe unsubscribe) {
      unsubscribe(unsubscribe.document());
    } else if (frame instanceof Frame.Share share) {
      share(share);
    } else if (frame instanceof Frame.AskHistory ask) {
      history(ask);
    }
  }

  private void subscribe(Frame.Subscribe frame) {
    String document = frame.document();
    Names.check("doc", document, Names.LONGEST_DOCUMENT);
    if (isFull() && !subscriptions.containsKey(document)) {
      refuse(
          document,
          "unavailable",
          "One connection subscribes to at most %d documents."
              .formatted(setting.limits().eachConnection().subscriptions()),
          -1);
      return;
    }
    unsubscribe(document); // the new one may not come to be, and must not leave it behind
    if (!isGranted(document, Operation.READ)) {
      return;
    }
    boolean there;
    try { // storage is asked for nobody who may not read
      there = documents.isOpen(document) || Opening.exists(setting, document);
    } catch (RuntimeException e) {
      Probe.report(setting.where(document), "Whether it exists could not be found out.", e);
      refuse(
          document,
          "unavailable",
          "The document cannot be had now: " + e.getMessage(),
          setting.retryMillis());
      return;
    }
    if (there || (isGranted(document, Operation.CREATE) && mayCreateNow(document))) {
      join(new Subscription(setting, session, document, !there), frame);
    }
  }

  private boolean mayCreateNow(String document) {
    if (!creations.hasAny(setting.nanos())) {
      refuse(
          document,
          "unavailable",
          "One connection creates at most %d documents per second."
              .formatted(setting.limits().eachConnection().creationsPerSecond()),
          setting.retryMillis());
      return false;
    }
    creations.take(1);
    return true;
  }

  private void join(Subscription subscription, Frame.Subscribe frame) {
    String document = subscription.document;
    subscriptions.put(document, subscription);
    if (!documents.put(document, new Item.Join(subscription, frame))) {
      subscriptions.remove(document);
      subscription.lapse(
          "unavailable", "Too much waits for the document; come again.", setting.retryMillis());
    }
  }

  private boolean isGranted(String document, Operation operation) {
    if (may(document, operation, null) instanceof Permission.Refused refused) {
      refuse(document, refused.code(), refused.reason(), -1);
      return false;
    }
    return true;
  }

  private void refuse(String document, String code, String reason, long retryMillis) {
    new Subscription(setting, session, document, false).lapse(code, reason, retryMillis);
  }

  /** Tells whether there are too many; those that have ended are let go of first. */
  private boolean isFull() {
    if (subscriptions.size() >= setting.limits().eachConnection().subscriptions()) {
      subscriptions.values().removeIf(Subscription::isEnded);
    }
    return subscriptions.size() >= setting.limits().eachConnection().subscriptions();
  }

  private Permission may(String document, Operation operation, @Nullable Tree change) {
    return rights.may(session.principal(), document, operation, change);
  }

  private void unsubscribe(String document) {
    Subscription subscription = subscriptions.remove(document);
    if (subscription != null) {
      leave(subscription);
    }
  }

  private void mutate(Frame.Mutate frame) {
    Subscription subscription = subscriptions.get(frame.document());
    if (subscription == null) {
      fail(frame.document(), "order", "Subscribe before you change a document.");
      return;
    }
    if (frame.id() < 1) {
      throw new ProtocolException("malformed", "The ids of mutations begin at 1.");
    }
    if (subscription.isEnded()) {
      return; // it comes again when the client has subscribed again
    }
    Permission permission = may(frame.document(), Operation.WRITE, frame.change());
    Permission.Refused denied = permission instanceof Permission.Refused is ? is : null;
    boolean unused = documents.put(frame.document(), new Item.Change(subscription, frame, denied));
  }

  private void share(Frame.Share frame) {
    Subscription subscription = subscriptions.get(frame.document());
    Tree state = frame.state();
    int most = setting.limits().eachConnection().presenceCharacters();
    if (subscription == null || subscription.isEnded()) {
      return;
    }
    if (state.toJson().length() > most) {
      fail(frame.document(), "limit", "What is shared has at most %d characters.".formatted(most));
      return;
    }
    Permission permission = may(frame.document(), Operation.SHARE, state);
    if (permission instanceof Permission.Refused refused) {
      fail(frame.document(), refused.code(), refused.reason());
      return;
    }
    if (subscription.share(state)) { // else one is on its way, and takes this with it
      boolean unused =
          documents.put(frame.document(), (Item.Aside) document -> document.share(subscription));
    }
  }

  private void history(Frame.AskHistory frame) {
    Subscription subscription = subscriptions.get(frame.document());
    if (subscription != null && !subscription.isEnded() && subscription.asks.add(frame)) {
      documents.put(frame.document(), document -> document.history(subscription, frame));
    }
  }

  /** Asks the next question of a subscription, if there is one. */
  void historyAnswered(Subscription subscription) {
    Frame.AskHistory next = subscription.asks.answered();
    if (next != null) {
      documents.put(next.document(), document -> document.history(subscription, next));
    }
  }

  private void fail(String document, String code, String reason) {
    session.sender().answer(new Frame.Failure(document, code, reason));
  }

  /** Asks again whether what there is may be read; of one document, or of all if null. */
  void recheck(@Nullable String document) {
    for (Subscription each : subscriptions.values()) {
      boolean meant = document == null || each.document.equals(document);
      if (meant
          && !each.isEnded()
          && may(each.document, Operation.READ, null) instanceof Permission.Refused refused) {
        each.lapse(refused.code(), refused.reason(), -1);
        leave(each);
      }
    }
  }

  /** Takes a subscription out of its document, after what was sent through it before. */
  void leave(Subscription subscription) {
    documents.put(subscription.document, document -> document.leave(subscription));
  }

  /** Ends everything: the connection is gone. */
  void clear() {
    for (Subscription each : subscriptions.values()) {
      each.end();
      leave(each);
    }
    subscriptions.clear();
  }
}
