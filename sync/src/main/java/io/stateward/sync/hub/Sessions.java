package io.stateward.sync.hub;

import io.stateward.sync.protocol.CloseCode;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of a hub, and which one each client has.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Sessions {

  private final ConcurrentHashMap<String, Session> byId = new ConcurrentHashMap<>();
  private volatile boolean closing;
  private final ConcurrentHashMap<String, Session> byClient = new ConcurrentHashMap<>();
  private final Groups<Session> byNetwork;
  private final Groups<Session> byPrincipal;

  Sessions(HubLimits limits) {
    byNetwork = new Groups<>(limits.connectionsFromAddress());
    byPrincipal = new Groups<>(limits.connectionsOfPrincipal());
  }

  /** From now on nothing is taken in any more. */
  void close() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }

  /** Adds one, or answers that there are too many from where it comes. */
  boolean add(Session session) {
    if (!session.network().isEmpty() && !byNetwork.add(session.network(), session)) {
      return false;
    }
    byId.put(session.id(), session);
    removeIfEnded(session);
    return true;
  }

  /** It may have ended, and been removed, before it was put in. */
  private void removeIfEnded(Session session) {
    if (session.isEnded()) {
      remove(session);
    }
  }

  /** Counts one for its principal, or answers that there are too many. */
  boolean enterAsPrincipal(Session session) {
    boolean entered = byPrincipal.add(session.principal(), session);
    removeIfEnded(session);
    return entered;
  }

  void remove(Session session) {
    byId.remove(session.id(), session);
    byClient.remove(session.client(), session);
    byNetwork.remove(session.network(), session);
    byPrincipal.remove(session.principal(), session);
  }

  int size() {
    return byId.size();
  }

  Collection<Session> all() {
    return byId.values();
  }

  /**
   * Makes a connection the one of its client. The one before it ends, unless it is of somebody
   * else: then this one does not get the place.
   */
  boolean claim(Session session) {
    while (!session.isEnded()) {
      Session before = byClient.putIfAbsent(session.client(), session);
      if (before == null) {
        break;
      }
      if (!before.owner().equals(session.owner())) {
        return false;
      }
      if (byClient.replace(session.client(), before, session)) {
        before.end(CloseCode.REPLACED, "The client has connected anew.");
        break;
      }
    }
    removeIfEnded(session);
    return true;
  }
}
