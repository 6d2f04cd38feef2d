package io.stateward.sync.hub;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What is too much for a hub: the limits that keep one client, or one document, from taking what
 * all share.
 *
 * <pre>{@code
 * HubLimits small = HubLimits.standard()
 *     .withConnections(100)
 *     .withEachConnection(each -> each.withFrameBytes(64 << 10));
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param connections how many connections there may be at a time
 * @param connectionsOfPrincipal how many of them may be of one principal
 * @param connectionsFromAddress how many of them may come from one address, or from one network of
 *     IPv6 (64 bits), where the transport knows it. Behind a proxy all of them have its address:
 *     then it is as many as {@code connections}, and the proxy limits each client
 * @param documents how many documents may be open at a time; who asks for one more is told to come
 *     again
 * @param eachConnection what is too much for one connection
 * @param eachDocument what is too much for one document
 * @since 0.1
 */
public record HubLimits(
    int connections,
    int connectionsOfPrincipal,
    int connectionsFromAddress,
    int documents,
    ConnectionLimits eachConnection,
    DocumentLimits eachDocument) {

  private static final HubLimits STANDARD =
      new HubLimits(
          10000, 2000, 2000, 10000, ConnectionLimits.standard(), DocumentLimits.standard());

  /**
   * Checks that all are positive.
   *
   * @param connections how many connections there may be at a time
   * @param connectionsOfPrincipal how many of them may be of one principal
   * @param connectionsFromAddress how many of them may come from one address, or from one network
   *     of IPv6 (64 bits), where the transport knows it. Behind a proxy all of them have its
   *     address: then it is as many as {@code connections}, and the proxy limits each client
   * @param documents how many documents may be open at a time; who asks for one more is told to
   *     come again
   * @param eachConnection what is too much for one connection
   * @param eachDocument what is too much for one document
   * @throws IllegalArgumentException if one is less than 1
   */
  public HubLimits {
    Positive.check("connections", connections);
    Positive.check("connectionsOfPrincipal", connectionsOfPrincipal);
    Positive.check("connectionsFromAddress", connectionsFromAddress);
    Positive.check("documents", documents);
    Objects.requireNonNull(eachConnection, "eachConnection");
    Objects.requireNonNull(eachDocument, "eachDocument");
  }

  /**
   * Returns the limits that hold where none are given: connections 10,000, connectionsOfPrincipal
   * 2,000, connectionsFromAddress 2,000, documents 10,000, and the standards of each connection and
   * each document.
   *
   * @return the limits
   */
  public static HubLimits standard() {
    return STANDARD;
  }

  /**
   * Returns these limits with another {@link #connections}.
   *
   * @param limit how many connections there may be at a time
   * @return the limits
   */
  public HubLimits withConnections(int limit) {
    return new HubLimits(
        limit,
        connectionsOfPrincipal,
        connectionsFromAddress,
        documents,
        eachConnection,
        eachDocument);
  }

  /**
   * Returns these limits with another {@link #connectionsOfPrincipal}.
   *
   * @param limit how many of them may be of one principal
   * @return the limits
   */
  public HubLimits withConnectionsOfPrincipal(int limit) {
    return new HubLimits(
        connections, limit, connectionsFromAddress, documents, eachConnection, eachDocument);
  }

  /**
   * Returns these limits with another {@link #connectionsFromAddress}.
   *
   * @param limit how many of them may come from one address, or from one network of IPv6 (64 bits),
   *     where the transport knows it. Behind a proxy all of them have its address: then it is as
   *     many as {@code connections}, and the proxy limits each client
   * @return the limits
   */
  public HubLimits withConnectionsFromAddress(int limit) {
    return new HubLimits(
        connections, connectionsOfPrincipal, limit, documents, eachConnection, eachDocument);
  }

  /**
   * Returns these limits with another {@link #documents}.
   *
   * @param limit how many documents may be open at a time; who asks for one more is told to come
   *     again
   * @return the limits
   */
  public HubLimits withDocuments(int limit) {
    return new HubLimits(
        connections,
        connectionsOfPrincipal,
        connectionsFromAddress,
        limit,
        eachConnection,
        eachDocument);
  }

  /**
   * Returns these limits with another {@link #eachConnection}.
   *
   * @param change makes the limits of one connection out of those that there are
   * @return the limits
   */
  public HubLimits withEachConnection(UnaryOperator<ConnectionLimits> change) {
    return new HubLimits(
        connections,
        connectionsOfPrincipal,
        connectionsFromAddress,
        documents,
        change.apply(eachConnection),
        eachDocument);
  }

  /**
   * Returns these limits with another {@link #eachDocument}.
   *
   * @param change makes the limits of one document out of those that there are
   * @return the limits
   */
  public HubLimits withEachDocument(UnaryOperator<DocumentLimits> change) {
    return new HubLimits(
        connections,
        connectionsOfPrincipal,
        connectionsFromAddress,
        documents,
        eachConnection,
        change.apply(eachDocument));
  }
}
