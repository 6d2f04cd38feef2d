package io.stateward.sync.client;

import io.stateward.time.Timekeeper;

/**
 * What a replica may know of the client that it lives on.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @since 0.1
 */
public interface DocumentContext {

  /**
   * Returns the id of the document.
   *
   * @return the id
   */
  String document();

  /**
   * Returns the id of this client, under which its changes reach everybody.
   *
   * @return the id, which is kept in the outbox
   */
  String client();

  /**
   * Has something done after the current call of the replica, outside of the document's lock: to
   * tell subscribers what has changed, for instance. What is given is done one after the other, in
   * the order in which it was given; changes made meanwhile, from within too, come after it.
   *
   * @param announcement what to do; what it throws is reported
   */
  void afterwards(Runnable announcement);

  /**
   * Returns whose time it is.
   *
   * @return the timekeeper of the client
   */
  default Timekeeper timekeeper() {
    return Timekeeper.system();
  }
}
