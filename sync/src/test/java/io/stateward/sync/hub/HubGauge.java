package io.stateward.sync.hub;

import io.stateward.sync.protocol.MessageWriter;
import io.stateward.sync.transport.LinkGauge.Check;

/** How much waits in a hub, in each of its queues. */
public final class HubGauge {

  private static final long ERRANDS = 4;

  private HubGauge() {}

  /**
   * Looks at all queues.
   *
   * @param hub the hub
   * @param limits what it was given, or should have been
   * @param check is told of what waits, and how much may
   */
  public static void look(SyncHub hub, HubLimits limits, Check check) {
    int sessions = 0;
    for (Session session : hub.sessions().all()) {
      sessions++;
      look(session, limits.eachConnection(), check);
    }
    // Of each connection: a subscription that ends, what it shares, what it asks, an overflow.
    long errands = ERRANDS * (sessions + 1L);
    for (Document document : hub.allDocuments().all()) {
      check.atMost(
          "work of a document", document.waiting(), limits.eachDocument().waiting() + errands);
    }
  }

  private static void look(Session session, ConnectionLimits limits, Check check) {
    if (session.isEnded()) {
      return; // it is being given up
    }
    Sender sender = session.sender();
    check.atMost("answers of a connection", sender.waiting(), limits.answers());
    check.atMost("characters of answers", sender.characters(), largest(sender, limits));
    check.atMost(
        "frames to be taken in",
        session.inbox().waiting(),
        Math.max(limits.waitingFrames(), MessageWriter.MOST_FRAMES));
    for (Subscription each : session.subscriptions()) {
      check.atMost("answers of a subscription", each.waiting(), limits.answers());
      check.atMost("changes told as applied", each.appliedWaiting(), Subscription.MOST_APPLIED);
    }
  }

  private static long largest(Sender sender, ConnectionLimits limits) {
    return sender.waiting() > 1 ? limits.answerCharacters() : Long.MAX_VALUE;
  }
}
