package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.Peer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may use a hub, and what they may do with which document.
 *
 * <pre>{@code
 * Authorizer readers = new Authorizer() {
 *   public Admission authenticate(Peer peer, Tree credentials) {
 *     return Admission.admitted(sessions.userOf(credentials.asString()));
 *   }
 *   public Permission may(String principal, String document, Operation operation, Tree change) {
 *     return operation == Operation.READ || editors.contains(principal)
 *         ? Permission.granted() : Permission.refused("You may read only.");
 *   }
 * };
 * }</pre>
 *
 * <p>It is asked before each subscription, each change and each presence. When rights are taken
 * away, call {@link SyncHub#recheckDocument} or {@link SyncHub#recheckPrincipal}, so that
 * subscriptions end which are no longer allowed.
 *
 * <p>What a principal may do, all its clients may do; but none of them can take the place of
 * another, since each has a key of its own. Who comes as another principal than before is another
 * owner, and has no part in what its client did as the first.
 *
 * <p><b>Thread safety.</b> Called by many threads at once, for one connection one call at a time,
 * on the hub's executor; it may block, which holds up that connection alone.
 *
 * <p><b>Failure.</b> If it throws, the answer is no, and it is reported.
 *
 * @since 0.1
 */
public interface Authorizer {

  /**
   * Says who connects.
   *
   * @param peer what the transport knows of it
   * @param credentials what the client sent with its first frame, or null
   * @return who it is, or that it may not come in
   */
  Admission authenticate(Peer peer, @Nullable Tree credentials);

  /**
   * Says whether somebody may do something.
   *
   * @param principal who
   * @param document the id of the document
   * @param operation what
   * @param change the change for {@link Operation#WRITE}, what is shared for {@link
   *     Operation#SHARE}, else null
   * @return whether
   */
  Permission may(String principal, String document, Operation operation, @Nullable Tree change);

  /**
   * Lets everybody do everything: read, change and create every document. Who the container
   * authenticated keeps that name; everybody else is {@code anonymous}, and they share what one
   * principal may have ({@link HubLimits#connectionsOfPrincipal}). Even so nobody can send in the
   * name of somebody else's client, or end its connection: that takes the client's key, which only
   * its outbox has. It is for trials, and for networks where that is meant.
   *
   * @return the authorizer
   */
  static Authorizer everybody() {
    return new Authorizer() {
      @Override
      public Admission authenticate(Peer peer, @Nullable Tree credentials) {
        return Admission.admitted(Objects.requireNonNullElse(peer.principal(), "anonymous"));
      }

      @Override
      public Permission may(
          String principal, String document, Operation operation, @Nullable Tree change) {
        return Permission.granted();
      }
    };
  }
}
