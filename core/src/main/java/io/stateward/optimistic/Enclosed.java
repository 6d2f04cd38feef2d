package io.stateward.optimistic;

import io.stateward.codec.Codec;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.TreeObject;
import java.util.Base64;

/**
 * A value of a codec inside of a tree, with the schema that it has: as a tree, which migrations can
 * work on, or if its codec knows none as base64 of its bytes.
 */
final class Enclosed {

  private Enclosed() {}

  static <T> TreeObject tree(Codec<T> codec, String member, T value) {
    TreeObject schema = Tree.object().plus("schema", codec.schema());
    return codec instanceof TreeCodec<T> trees
        ? schema.plus(member, trees.toTree(value))
        : schema.plus("bytes", Base64.getEncoder().encodeToString(codec.encode(value)));
  }

  static <T> T value(Codec<T> codec, String member, Tree tree) {
    String schema = tree.at("/schema").asString();
    if (!schema.equals(codec.schema())) {
      throw new IllegalArgumentException(
          "it is of schema '%s', and '%s' is read here; add a migration that rewrites it, and its schema, or keep the older codec"
              .formatted(schema, codec.schema()));
    }
    return codec instanceof TreeCodec<T> trees
        ? trees.fromTree(tree.at("/" + member))
        : codec.decode(Base64.getDecoder().decode(tree.at("/bytes").asString()));
  }
}
