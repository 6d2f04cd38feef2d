package io.stateward.statemachine.durable;

import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Snapshot;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What a record holds of an instance.
 *
 * @param snapshot where it stands
 * @param life tells it from instances that had the same id before and were deleted; keys begin with
 *     it
 * @param sequence how many macrosteps were kept
 * @param unreleased actions that were not done yet, by their places among the effects of the last
 */
record KeptInstance<S>(
    Snapshot<S> snapshot, String life, long sequence, Map<Integer, Effect.Run> unreleased) {

  private static final int FORMAT = 1;

  /** Returns an instance whose first macrostep has these actions. */
  static <S> KeptInstance<S> first(Snapshot<S> snapshot, Map<Integer, Effect.Run> unreleased) {
    long random = UUID.randomUUID().getLeastSignificantBits();
    return new KeptInstance<>(snapshot, Long.toUnsignedString(random, 36), 1, unreleased);
  }

  KeptInstance<S> next(Snapshot<S> to, Map<Integer, Effect.Run> actions) {
    return new KeptInstance<>(to, life, sequence + 1, actions);
  }

  KeptInstance<S> released() {
    return new KeptInstance<>(snapshot, life, sequence, Map.of());
  }

  static <S> byte[] encode(MachineCodec<S, ?> codec, KeptInstance<S> kept, Instant now) {
    Actions actions = new Actions(codec.chart(), codec.types());
    return Tree.object()
        .plus("format", FORMAT)
        .plus("life", kept.life)
        .plus("sequence", kept.sequence)
        .plus("saved", now.toString())
        .plus("snapshot", codec.toTree(kept.snapshot))
        .plus("unreleased", actions.toTree(kept.unreleased))
        .toBytes();
  }

  static <S> KeptInstance<S> decode(
      MachineCodec<S, ?> codec, byte[] bytes, TimerPolicy timers, Instant now) {
    Tree tree = Tree.codec().decode(bytes);
    return new SnapshotForm(codec.chart(), codec.types())
        .shaped(codec.schema(), tree, it -> read(codec, it, timers, now));
  }

  private static <S> KeptInstance<S> read(
      MachineCodec<S, ?> codec, Tree tree, TimerPolicy timers, Instant now) {
    int format = tree.at("/format").asInt();
    if (format != FORMAT) {
      throw new CodecException(
          codec.schema(),
          "The record is of format %d, and this program reads format %d; a newer one wrote it."
              .formatted(format, FORMAT),
          new IllegalArgumentException("format " + format));
    }
    Instant saved = Instant.parse(tree.at("/saved").asString());
    Snapshot<S> snapshot = codec.restore(tree.at("/snapshot"), new Restore(timers, saved, now));
    Actions actions = new Actions(codec.chart(), codec.types());
    return new KeptInstance<>(
        snapshot,
        tree.at("/life").asString(),
        tree.at("/sequence").asLong(),
        actions.fromTree(tree.at("/unreleased")));
  }

  /** Tells whether an instance has something to do without being told to. */
  static boolean isPending(byte[] bytes) {
    Tree tree = Tree.codec().decode(bytes);
    return !tree.at("/unreleased").asArray().elements().isEmpty()
        || !tree.at("/snapshot/timers").asArray().elements().isEmpty()
        || !tree.at("/snapshot/invocations").asArray().elements().isEmpty();
  }
}
