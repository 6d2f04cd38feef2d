package io.stateward.sync.hub;

import io.stateward.sync.protocol.Position;

/**
 * Something that happened in a hub and that whoever runs it may want to know.
 *
 * <p><b>Thread safety.</b> All of them are immutable.
 *
 * @since 0.1
 */
public sealed interface HubEvent {

  /**
   * A client came and was let in.
   *
   * @param session names the connection
   * @param client its id
   * @param principal who it is
   */
  record SessionOpened(String session, String client, String principal) implements HubEvent {}

  /**
   * A connection ended that {@link SessionOpened} was told of; it is told after that.
   *
   * @param session names the connection
   * @param code the close code
   * @param reason what was said with it
   */
  record SessionClosed(String session, int code, String reason) implements HubEvent {}

  /**
   * A document was loaded or created.
   *
   * @param document its id
   * @param at where it is
   */
  record DocumentOpened(String document, Position at) implements HubEvent {}

  /**
   * A document was closed because nobody used it.
   *
   * @param document its id
   */
  record DocumentClosed(String document) implements HubEvent {}

  /**
   * A document could not be loaded, or was dropped because it could not be stored. It is tried
   * again when somebody asks for it.
   *
   * @param document its id
   * @param reason why, as a sentence
   */
  record DocumentFailed(String document, String reason) implements HubEvent {}

  /**
   * A document's storage has less than it had: what was lost cannot be had any more. Clients that
   * have seen it begin anew with a snapshot.
   *
   * @param document its id
   * @param now where it goes on
   */
  record HistoryLost(String document, Position now) implements HubEvent {}

  /**
   * A client's mutation was refused.
   *
   * @param document the id of the document
   * @param client the id of the client
   * @param id the mutation
   * @param code why
   */
  record MutationRefused(String document, String client, long id, String code)
      implements HubEvent {}

  /**
   * A subscription was ended, or not begun, by the hub.
   *
   * @param document the id of the document
   * @param client the id of the client
   * @param code why
   */
  record SubscriptionLapsed(String document, String client, String code) implements HubEvent {}
}
