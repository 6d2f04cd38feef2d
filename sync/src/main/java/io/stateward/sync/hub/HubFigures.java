package io.stateward.sync.hub;

import java.util.Map;

/**
 * How much there is in a hub, and how much it has done since it was opened.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param connections how many connections there are
 * @param documents how many documents are open
 * @param subscriptions how many subscriptions there are
 * @param waiting how much waits for the turns of documents: changes, subscriptions and questions
 * @param waitingAnswers how many frames wait for connections to take them, updates not included:
 *     those wait nowhere
 * @param waitingCharacters how many characters those have
 * @param largestLag how many changes the subscriber is behind that is most behind
 * @param accepted how many mutations were accepted
 * @param repeated how many mutations came again and were answered as before
 * @param batches how many times changes were stored; each stores all that waited
 * @param framesSent how many frames were handed to connections
 * @param refused how many mutations were refused, by code
 * @param lapsed how many subscriptions were ended by the hub, by code
 * @param closed how many connections ended, by close code
 * @since 0.1
 */
public record HubFigures(
    int connections,
    int documents,
    int subscriptions,
    long waiting,
    long waitingAnswers,
    long waitingCharacters,
    long largestLag,
    long accepted,
    long repeated,
    long batches,
    long framesSent,
    Map<String, Long> refused,
    Map<String, Long> lapsed,
    Map<Integer, Long> closed) {

  /**
   * Copies the maps.
   *
   * @param connections how many connections there are
   * @param documents how many documents are open
   * @param subscriptions how many subscriptions there are
   * @param waiting how much waits for the turns of documents: changes, subscriptions and questions
   * @param waitingAnswers how many frames wait for connections to take them
   * @param waitingCharacters how many characters those have
   * @param largestLag how many changes the subscriber is behind that is most behind
   * @param accepted how many mutations were accepted
   * @param repeated how many mutations came again and were answered as before
   * @param batches how many times changes were stored
   * @param framesSent how many frames were handed to connections
   * @param refused how many mutations were refused, by code
   * @param lapsed how many subscriptions were ended by the hub, by code
   * @param closed how many connections ended, by close code
   */
  public HubFigures {
    refused = Map.copyOf(refused);
    lapsed = Map.copyOf(lapsed);
    closed = Map.copyOf(closed);
  }
}
