package io.stateward.sync.hub;

import io.stateward.sync.protocol.Frame;
import org.jspecify.annotations.Nullable;

/** Something to be done in the turn of a document. */
sealed interface Item {

  /**
   * A mutation to judge, and whether the authorizer refuses it.
   *
   * @param denied why it may not be made, or null if it may
   */
  record Change(Subscription subscription, Frame.Mutate frame, Permission.@Nullable Refused denied)
      implements Item {}

  /** Somebody who wants to be told of the document from now on. */
  record Join(Subscription subscription, Frame.Subscribe frame) implements Item {}

  /** Anything else; it is done when all changes before it are durable. */
  non-sealed interface Errand extends Item {

    void run(Document document);
  }

  /** What has nothing to do with changes, such as a cursor; it does not wait for them. */
  non-sealed interface Aside extends Item {

    void run(Document document);
  }
}
