package io.stateward.sync.client;

import io.stateward.sync.protocol.Frame;
import org.jspecify.annotations.Nullable;

/** The document that a frame of a hub is about. */
final class Addressee {

  private Addressee() {}

  /** Returns the id of the document, or null if the frame is about none. */
  static @Nullable String of(Frame.OfHub frame) {
    if (frame instanceof Frame.Update is) {
      return is.document();
    } else if (frame instanceof Frame.Acknowledged is) {
      return is.document();
    } else if (frame instanceof Frame.Rejected is) {
      return is.document();
    } else if (frame instanceof Frame.Snapshot is) {
      return is.document();
    } else if (frame instanceof Frame.Resumed is) {
      return is.document();
    } else if (frame instanceof Frame.Presence is) {
      return is.document();
    } else if (frame instanceof Frame.Lapsed is) {
      return is.document();
    } else if (frame instanceof Frame.History is) {
      return is.document();
    }
    return frame instanceof Frame.Failure is ? is.document() : null;
  }
}
