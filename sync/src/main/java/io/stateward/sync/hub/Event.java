package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.spi.Mutation;
import org.jspecify.annotations.Nullable;

/**
 * A change that took place.
 *
 * <p>Thread safety: immutable but for the text of its frame, which several threads may make, each
 * the same.
 */
final class Event {

  final Mutation mutation;
  final boolean rewritten; // it is not what its author sent
  final int bytes; // as stored
  private final String document;
  private volatile @Nullable String update;

  Event(String document, Mutation mutation, boolean rewritten, int bytes) {
    this.document = document;
    this.mutation = mutation;
    this.rewritten = rewritten;
    this.bytes = bytes;
  }

  long sequence() {
    return mutation.sequence();
  }

  /** The frame for everybody but the author, encoded once for all of them. */
  String update() {
    String text = update;
    if (text == null) {
      text = Frames.encode(frame());
      update = text;
    }
    return text;
  }

  Frame.Update frame() {
    return new Frame.Update(
        document,
        mutation.sequence(),
        mutation.client(),
        mutation.id(),
        mutation.base(),
        mutation.change());
  }

  /** The frame that stands in its place for its author. */
  Frame.Acknowledged acknowledgement() {
    Tree change = rewritten ? mutation.change() : null;
    return new Frame.Acknowledged(
        document, mutation.id(), mutation.sequence(), Level.DURABLE, change);
  }
}
