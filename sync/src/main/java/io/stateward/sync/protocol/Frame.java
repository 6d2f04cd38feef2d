package io.stateward.sync.protocol;

import io.stateward.codec.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a client to a hub or back.
 *
 * <pre>{@code
 * String text = Frames.encode(new Frame.Ping(7));   // {"t":"ping","n":7}
 * Frame frame = Frames.decode(text, JsonLimits.standard());
 * }</pre>
 *
 * <p><b>Thread safety.</b> All of them are immutable.
 *
 * @since 0.1
 */
public sealed interface Frame {

  /** The version of the protocol that this is. */
  int VERSION = 1;

  /** What a client says. */
  sealed interface OfClient extends Frame
      permits Hello, Subscribe, Unsubscribe, Mutate, Share, AskHistory, Ping, Pong {}

  /** What a hub says. */
  sealed interface OfHub extends Frame
      permits Welcome,
          Snapshot,
          Resumed,
          Update,
          Acknowledged,
          Rejected,
          Presence,
          Lapsed,
          History,
          Failure,
          Ping,
          Pong {}

  /**
   * The first frame of a client.
   *
   * @param versions the versions that it speaks
   * @param client its id, kept with its outbox; 1 to 64 characters, which others may see
   * @param key the secret that shows that the id is its own, made at random and kept with the
   *     outbox; 16 to 128 characters, which nobody else sees
   * @param credentials what the hub's authorizer asks for, or null
   */
  record Hello(List<Integer> versions, String client, String key, @Nullable Tree credentials)
      implements OfClient {

    /**
     * Copies the list.
     *
     * @param versions the versions that it speaks
     * @param client its id, kept with its outbox; 1 to 64 characters, which others may see
     * @param key the secret that shows that the id is its own, made at random and kept with the
     *     outbox; 16 to 128 characters, which nobody else sees
     * @param credentials what the hub's authorizer asks for, or null
     */
    public Hello {
      versions = List.copyOf(versions);
    }

    /** Returns the versions and the id; the key and the credentials are no matter for logs. */
    @Override
    public String toString() {
      return "Hello[versions=%s, client=%s]".formatted(versions, client);
    }
  }

  /**
   * The answer to {@link Hello}.
   *
   * @param version the version that both speak from now on
   * @param session names this connection, for logs
   * @param heartbeatMillis how often each side pings; who hears nothing for 2.5 times as long
   *     closes
   * @param largestFrame how many UTF-8 bytes a frame of the client may have
   * @param waitingFrames how many frames of the client may wait to be taken in
   * @param waitingCharacters how many UTF-16 units they may have together
   */
  record Welcome(
      int version,
      String session,
      long heartbeatMillis,
      long largestFrame,
      long waitingFrames,
      long waitingCharacters)
      implements OfHub {}

  /**
   * Asks for a document and what happens to it.
   *
   * @param document its id
   * @param type the kind that it is, or is created as
   * @param at what the client has of it, or null if nothing
   * @param anew whether it wants a snapshot, whatever it has
   */
  record Subscribe(String document, String type, @Nullable Position at, boolean anew)
      implements OfClient {

    /**
     * Asks to go on from what the client has, if it has any.
     *
     * @param document its id
     * @param type the kind that it is, or is created as
     * @param at what the client has of it, or null if nothing
     */
    public Subscribe(String document, String type, @Nullable Position at) {
      this(document, type, at, false);
    }
  }

  /**
   * Ends a subscription; mutations that were sent are judged all the same.
   *
   * @param document its id
   */
  record Unsubscribe(String document) implements OfClient {}

  /**
   * A subscription has begun at what the hub has; updates follow from there.
   *
   * @param document its id
   * @param at where the state was taken
   * @param last the highest id of a mutation of this client that the hub has judged, 0 if none; if
   *     the client had heard of higher ones, the hub has lost them, and the next one is {@code
   *     last} + 1 all the same
   * @param refused the highest id of a mutation of this client that the hub has refused, 0 if none
   * @param state the document, in the form of its kind
   */
  record Snapshot(String document, Position at, long last, long refused, Tree state)
      implements OfHub {}

  /**
   * A subscription goes on from where the client was; updates follow from there.
   *
   * @param document its id
   * @param at where the client is; its epoch may be another one than it said, with the same history
   * @param last the highest id of a mutation of this client that the hub has judged, 0 if none
   * @param refused the highest id of a mutation of this client that the hub has refused, 0 if none
   */
  record Resumed(String document, Position at, long last, long refused) implements OfHub {}

  /**
   * A change to a document that the client makes.
   *
   * @param document its id
   * @param epoch the history that {@code base} belongs to
   * @param id its number among those of this client in this document, from 1, dense
   * @param base the sequence that the client had taken in when it made it
   * @param afterRejection the id of the last refused mutation that the client knew of when it made
   *     it, 0 if none
   * @param change what to do, in the form of the kind
   */
  record Mutate(String document, String epoch, long id, long base, long afterRejection, Tree change)
      implements OfClient {}

  /**
   * A change to a document that somebody else made. For the receiving client's own, {@link
   * Acknowledged} stands in its place.
   *
   * @param document its id
   * @param sequence its place in the document
   * @param client who made it
   * @param id its number among those of that client
   * @param base the sequence that its author had taken in
   * @param change what took place, in the form of the kind
   */
  record Update(String document, long sequence, String client, long id, long base, Tree change)
      implements OfHub {}

  /**
   * A mutation of this client has come so far.
   *
   * @param document its id
   * @param id the mutation
   * @param sequence its place in the document; a durable one is told in the order of the updates.
   *     Where a mutation that came again took place long ago, 0: at or before what the client has
   * @param level how far it has come
   * @param change what took place, or null if that is what was sent
   */
  record Acknowledged(String document, long id, long sequence, Level level, @Nullable Tree change)
      implements OfHub {}

  /**
   * A mutation of this client was refused, and never will take place under its id.
   *
   * @param document its id
   * @param id the mutation
   * @param code a short word for programs
   * @param reason a sentence for people
   * @param current what stands instead, or null
   */
  record Rejected(String document, long id, String code, String reason, @Nullable Tree current)
      implements OfHub {}

  /**
   * What others in this document may know of this client now, such as a name and a cursor.
   *
   * @param document its id
   * @param state what they may know; JSON null takes it back
   */
  record Share(String document, Tree state) implements OfClient {}

  /**
   * What a client lets others know.
   *
   * @param document its id
   * @param client whose it is
   * @param state what it says now; JSON null if nothing more
   */
  record Presence(String document, String client, Tree state) implements OfHub {}

  /**
   * A subscription has ended, or has not begun. Nothing more comes of the document until the client
   * subscribes again.
   *
   * @param document its id
   * @param code a short word for programs: {@code lagging}, {@code gap}, {@code unavailable},
   *     {@code forbidden}, {@code unknown}, {@code type}, {@code deleted}; or {@code forgotten}:
   *     the client was away for so long that it is not known which of its mutations took place, so
   *     what it sent and was not answered is given up or made anew, after a subscription from
   *     nothing
   * @param reason a sentence for people
   * @param retryMillis after how long to subscribe again, or -1 if never
   */
  record Lapsed(String document, String code, String reason, long retryMillis) implements OfHub {}

  /**
   * Asks for the events that are needed to merge those after a sequence.
   *
   * @param document its id
   * @param after the sequence that has to be covered
   * @param until the last sequence that the client has taken in
   */
  record AskHistory(String document, long after, long until) implements OfClient {}

  /**
   * The answer to {@link AskHistory}.
   *
   * @param document its id
   * @param after the sequence after which the events begin, at most what was asked for
   * @param events all events after that, up to {@code until}; or null if they are held no more, and
   *     the client has to subscribe from nothing
   */
  record History(String document, long after, @Nullable List<Update> events) implements OfHub {}

  /**
   * Something that the client sent cannot be done.
   *
   * @param document the id of the document that it was about, or null
   * @param code a short word for programs
   * @param reason a sentence for people
   */
  record Failure(@Nullable String document, String code, String reason) implements OfHub {}

  /**
   * Are you there?
   *
   * @param number returned by the answer
   */
  record Ping(long number) implements OfClient, OfHub {}

  /**
   * Yes.
   *
   * @param number that of the {@link Ping}
   */
  record Pong(long number) implements OfClient, OfHub {}
}
