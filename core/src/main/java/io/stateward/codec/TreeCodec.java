package io.stateward.codec;

import java.util.Objects;
import java.util.function.Function;

/**
 * A codec whose bytes are JSON, so that values can also be had as a {@link Tree}: what migrations,
 * exports and hydration work on.
 *
 * <pre>{@code
 * TreeCodec<Point> points =
 *     TreeCodec.of(
 *         "point/1",
 *         point -> Tree.object().plus("x", point.x()).plus("y", point.y()),
 *         tree -> new Point(tree.at("/x").asInt(), tree.at("/y").asInt()));
 * points.toTree(new Point(3, 4)).toJson();      // {"x":3,"y":4}
 * }</pre>
 *
 * <p>The bytes and the tree are two forms of one thing: {@code Tree.parse(encode(value))} equals
 * {@code toTree(value)}, and {@code decode(tree.toBytes())} equals {@code fromTree(tree)}. An
 * adapter for a JSON library implements all four methods, so that bytes need no detour; the
 * defaults go through the tree.
 *
 * <p><b>Thread safety.</b> Implementations are immutable or safe for any number of threads.
 *
 * <p><b>Failure.</b> {@link #decode} and {@link #fromTree} throw {@link CodecException} for what is
 * not of the schema.
 *
 * @param <T> the type of the values
 * @since 0.1
 */
public interface TreeCodec<T> extends Codec<T> {

  /**
   * Takes a value apart.
   *
   * @param value the value
   * @return the tree
   */
  Tree toTree(T value);

  /**
   * Makes a value.
   *
   * @param tree what {@link #toTree} made
   * @return the value
   * @throws CodecException if the tree is not of this schema
   */
  T fromTree(Tree tree);

  @Override
  default byte[] encode(T value) {
    return toTree(value).toBytes();
  }

  @Override
  default T decode(byte[] bytes) {
    return fromTree(TreeCodecs.parsed(schema(), bytes, JsonLimits.standard()));
  }

  @Override
  default <R> TreeCodec<R> map(
      String schema,
      Function<? super T, ? extends R> decode,
      Function<? super R, ? extends T> encode) {
    Objects.requireNonNull(decode, "decode");
    Objects.requireNonNull(encode, "encode");
    return TreeCodec.of(
        schema, value -> toTree(encode.apply(value)), tree -> decode.apply(fromTree(tree)));
  }

  /**
   * Makes a codec of two functions.
   *
   * @param <T> the type of the values
   * @param schema the schema id
   * @param toTree takes a value apart
   * @param fromTree makes a value; what it throws becomes a {@link CodecException}
   * @return the codec
   */
  static <T> TreeCodec<T> of(
      String schema,
      Function<? super T, ? extends Tree> toTree,
      Function<? super Tree, ? extends T> fromTree) {
    return TreeCodecs.of(schema, toTree, fromTree);
  }

  /**
   * Returns a codec whose bytes are JSON as one that knows trees.
   *
   * @param <T> the type of the values
   * @param codec a codec that writes and reads JSON, whichever way it is made
   * @return the codec itself if it is one already, else one that writes and reads the bytes in
   *     between
   */
  static <T> TreeCodec<T> over(Codec<T> codec) {
    return codec instanceof TreeCodec<T> already ? already : TreeCodecs.over(codec);
  }
}
