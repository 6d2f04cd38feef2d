package io.stateward.sync.hub;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.sync.spi.Mutation;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record of a document's journal.
 *
 * <p>Thread safety: immutable.
 */
sealed interface Entry {

  /** What is stored here was made here: only the memory limits it. */
  JsonLimits STORED = JsonLimits.standard().withSize(Integer.MAX_VALUE);

  /** A mutation that took place. The owner is there if the client was not known before. */
  record Accepted(Mutation mutation, @Nullable String owner, boolean rewritten) implements Entry {}

  /** A mutation that was refused; the base is what its author had taken in, the owner as above. */
  record Refused(String client, @Nullable String owner, long base, Refusal refusal)
      implements Entry {}

  /** A hub began an epoch after a sequence. */
  record Began(String epoch, String opener, long sequence) implements Entry {}

  /** The document was deleted; what is left of it may be removed. */
  record Deleted() implements Entry {}

  default byte[] bytes() {
    return tree().toJson().getBytes(StandardCharsets.UTF_8);
  }

  private TreeObject tree() {
    if (this instanceof Accepted is) {
      Mutation mutation = is.mutation();
      TreeObject.Builder builder = TreeObject.builder();
      builder.add("k", Tree.of(is.rewritten() ? "rewritten" : "done"));
      builder.add("s", Tree.of(mutation.sequence()));
      builder.add("c", Tree.of(mutation.client()));
      String owner = is.owner();
      if (owner != null) {
        builder.add("o", Tree.of(owner));
      }
      builder.add("i", Tree.of(mutation.id()));
      builder.add("b", Tree.of(mutation.base()));
      builder.add("x", mutation.change());
      return builder.build();
    } else if (this instanceof Refused is) {
      TreeObject stored =
          is.refusal().store().plus("k", "refused").plus("c", is.client()).plus("b", is.base());
      String owner = is.owner();
      return owner == null ? stored : stored.plus("o", owner);
    } else if (this instanceof Began is) {
      return Tree.object()
          .plus("k", "epoch")
          .plus("s", is.sequence())
          .plus("epoch", is.epoch())
          .plus("opener", is.opener());
    }
    return Tree.object().plus("k", "deleted");
  }

  /** Reads an entry; throws an IllegalArgumentException if it is none. */
  static Entry read(byte[] bytes) {
    TreeObject from = Tree.parse(bytes, STORED).asObject();
    String kind = from.at("/k").asString();
    return switch (kind) {
      case "done", "rewritten" -> accepted(from, kind.equals("rewritten"));
      case "refused" ->
          new Refused(
              from.at("/c").asString(), owner(from), from.at("/b").asLong(), Refusal.restore(from));
      case "epoch" ->
          new Began(
              from.at("/epoch").asString(), from.at("/opener").asString(), from.at("/s").asLong());
      case "deleted" -> new Deleted();
      default ->
          throw new IllegalArgumentException(
              "There is no kind of entry '%s'; a newer program may have written it."
                  .formatted(kind));
    };
  }

  private static Accepted accepted(TreeObject from, boolean rewritten) {
    Mutation mutation =
        new Mutation(
            from.at("/c").asString(),
            from.at("/i").asLong(),
            from.at("/b").asLong(),
            from.at("/s").asLong(),
            Objects.requireNonNull(from.members().get("x"), "x"));
    return new Accepted(mutation, owner(from), rewritten);
  }

  private static @Nullable String owner(TreeObject from) {
    Tree owner = from.members().get("o");
    return owner == null ? null : owner.asString();
  }
}
