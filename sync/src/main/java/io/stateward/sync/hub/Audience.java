package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who has subscribed to a document, each client once, and what they let each other know.
 *
 * <p>Thread safety: confined to the turn of its document, but for {@link #presence}, which
 * subscriptions read.
 */
final class Audience {

  private final PresenceBoard presence = new PresenceBoard();
  private final Map<String, Subscription> byClient = new LinkedHashMap<>();

  PresenceBoard presence() {
    return presence;
  }

  boolean isEmpty() {
    return byClient.isEmpty();
  }

  boolean has(String client) {
    return byClient.containsKey(client);
  }

  @Nullable Subscription of(String client) {
    return byClient.get(client);
  }

  /** Tells whether what comes through a subscription counts: it has not ended or been replaced. */
  boolean isCurrent(Subscription subscription) {
    return byClient.get(subscription.client()) == subscription && !subscription.isEnded();
  }

  Iterable<Subscription> all() {
    return byClient.values();
  }

  /**
   * Lets one in; the one before of the same client ends without a word, and what was shared through
   * it is shared no more: it may have been another process, which did not take it back.
   */
  void join(Subscription subscription) {
    Subscription before = byClient.put(subscription.client(), subscription);
    if (before != null && before != subscription) {
      before.end();
      tell(subscription.client(), Tree.ofNull());
    }
  }

  /** Ends one without a word; answers whether it was the one of its client. */
  boolean leave(Subscription subscription) {
    subscription.end();
    boolean was = byClient.remove(subscription.client(), subscription);
    if (was) {
      tell(subscription.client(), Tree.ofNull());
    }
    return was;
  }

  /** Ends one and says why; it may subscribe again at once. */
  void lapse(Subscription subscription, String code, String reason) {
    subscription.lapse(code, reason, 0);
    leave(subscription);
  }

  void lapseAll(String code, String reason, long retryMillis) {
    List.copyOf(byClient.values()).forEach(each -> each.lapse(code, reason, retryMillis));
    byClient.clear();
  }

  void share(Subscription subscription, Tree state) {
    if (isCurrent(subscription)) {
      tell(subscription.client(), state);
    }
  }

  private void tell(String client, Tree state) {
    presence.put(client, state);
    lookAll();
  }

  /** Has everybody's sender look at what there is. */
  void lookAll() {
    byClient.values().forEach(Subscription::ready);
  }

  void look(String client) {
    Subscription subscription = byClient.get(client);
    if (subscription != null) {
      subscription.ready();
    }
  }
}
