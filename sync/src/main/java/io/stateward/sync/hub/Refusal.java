package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.spi.Verdict;

/**
 * What became of a mutation that was refused.
 *
 * <p>Thread safety: immutable.
 *
 * @param id the mutation
 * @param after the sequence of the document when it was judged
 * @param verdict why
 */
record Refusal(long id, long after, Verdict.Refused verdict) {

  Frame.Rejected frame(String document) {
    return new Frame.Rejected(document, id, verdict.code(), verdict.reason(), verdict.current());
  }

  TreeObject store() {
    TreeObject stored =
        Tree.object()
            .plus("i", id)
            .plus("s", after)
            .plus("code", verdict.code())
            .plus("reason", verdict.reason());
    Tree current = verdict.current();
    return current == null ? stored : stored.plus("current", current);
  }

  static Refusal restore(TreeObject stored) {
    return new Refusal(
        stored.at("/i").asLong(),
        stored.at("/s").asLong(),
        new Verdict.Refused(
            stored.at("/code").asString(),
            stored.at("/reason").asString(),
            stored.members().get("current")));
  }
}
