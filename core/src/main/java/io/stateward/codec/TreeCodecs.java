package io.stateward.codec;

import java.util.Objects;
import java.util.function.Function;

/** The codecs that go by way of trees. */
final class TreeCodecs {

  static final TreeCodec<Tree> JSON = json(JsonLimits.standard());

  private TreeCodecs() {}

  static TreeCodec<Tree> json(JsonLimits limits) {
    return new Json(Objects.requireNonNull(limits, "limits"));
  }

  static <T> TreeCodec<T> of(
      String schema,
      Function<? super T, ? extends Tree> toTree,
      Function<? super Tree, ? extends T> fromTree) {
    Objects.requireNonNull(toTree, "toTree");
    Objects.requireNonNull(fromTree, "fromTree");
    return new Functions<>(Codecs.checkedSchema(schema), toTree, fromTree);
  }

  static <T> TreeCodec<T> over(Codec<T> codec) {
    return new Bytewise<>(Objects.requireNonNull(codec, "codec"));
  }

  static Tree parsed(String schema, byte[] bytes, JsonLimits limits) {
    try {
      return Tree.parse(bytes, limits);
    } catch (UnreadableJsonException e) {
      throw new CodecException(schema, String.valueOf(e.getMessage()), e);
    }
  }

  /** Trees as they are. */
  private record Json(JsonLimits limits) implements TreeCodec<Tree> {
    @Override
    public String schema() {
      return "json";
    }

    @Override
    public Tree toTree(Tree value) {
      return Objects.requireNonNull(value, "value");
    }

    @Override
    public Tree fromTree(Tree tree) {
      return Objects.requireNonNull(tree, "tree");
    }

    @Override
    public Tree decode(byte[] bytes) {
      return parsed(schema(), bytes, limits);
    }
  }

  /** Values that two functions take apart and make. */
  private record Functions<T>(
      String schema,
      Function<? super T, ? extends Tree> taker,
      Function<? super Tree, ? extends T> maker)
      implements TreeCodec<T> {
    @Override
    public Tree toTree(T value) {
      return taker.apply(value);
    }

    @Override
    public T fromTree(Tree tree) {
      try {
        return Objects.requireNonNull(maker.apply(tree), "a codec never makes null");
      } catch (CodecException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new CodecException(
            schema,
            "%s was refused (%s). It was written by another schema or is damaged."
                .formatted(Excerpt.of(tree), Excerpt.ofMessage(e)),
            e);
      }
    }
  }

  /** Values of a codec that knows only bytes. */
  private record Bytewise<T>(Codec<T> codec) implements TreeCodec<T> {
    @Override
    public String schema() {
      return codec.schema();
    }

    @Override
    public Tree toTree(T value) {
      return parsed(schema(), codec.encode(value), JsonLimits.standard());
    }

    @Override
    public T fromTree(Tree tree) {
      return codec.decode(tree.toBytes());
    }

    @Override
    public byte[] encode(T value) {
      return codec.encode(value);
    }

    @Override
    public T decode(byte[] bytes) {
      return codec.decode(bytes);
    }
  }
}
