package io.stateward.sync.client;

import io.stateward.sync.protocol.Position;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a document stands with the hub.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface DocumentStatus {

  /**
   * Maps whichever status this is.
   *
   * @param <R> the type of the result
   * @param loading answers while nothing of the document is there
   * @param live maps where the document follows the hub
   * @param behind maps what waits while it does not
   * @param refused maps why it may not
   * @return the result of the one function that was called
   */
  default <R> R fold(
      Supplier<? extends R> loading,
      Function<? super Live, ? extends R> live,
      Function<? super Behind, ? extends R> behind,
      Function<? super Refused, ? extends R> refused) {
    if (this instanceof Live it) {
      return live.apply(it);
    } else if (this instanceof Behind it) {
      return behind.apply(it);
    }
    return this instanceof Refused it ? refused.apply(it) : loading.get();
  }

  /** Nothing was heard of it yet, and nothing of it is stored here. It can be edited. */
  record Loading() implements DocumentStatus {}

  /**
   * It follows the hub.
   *
   * @param position what was taken in
   * @param pending how many changes made here are not settled
   * @param unsaved how many of them could not be stored in the outbox so far, because it failed
   */
  record Live(Position position, int pending, int unsaved) implements DocumentStatus {}

  /**
   * It does not follow the hub now; what is known can be read and edited.
   *
   * @param pending how many changes made here are not settled
   * @param unsaved how many of them could not be stored in the outbox so far, because it failed
   */
  record Behind(int pending, int unsaved) implements DocumentStatus {}

  /**
   * The hub does not give it, and will not by itself. {@link SyncClient#reconnect()} asks again.
   *
   * @param code a short word for programs, such as {@code forbidden}
   * @param reason a sentence for people
   * @param pending how many changes made here are not settled
   */
  record Refused(String code, String reason, int pending) implements DocumentStatus {}
}
