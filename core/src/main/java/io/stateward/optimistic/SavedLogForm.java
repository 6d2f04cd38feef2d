package io.stateward.optimistic;

import io.stateward.codec.Codec;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import java.util.List;

/**
 * The form of a saved log.
 *
 * <pre>
 * {"confirmed": {"schema": "board/1", "value": ...}      or "bytes": base64, as in commands
 *  "mutations": [{"id": "f81d-3", "command": {...}, "acknowledged": true}, ...]
 *  "issued": ["f81d-4", ...]}
 * </pre>
 */
final class SavedLogForm<S> {

  private final Codec<S> states;

  private SavedLogForm(Codec<S> states) {
    this.states = states;
  }

  static <S> TreeCodec<SavedLog<S>> codec(Codec<S> states) {
    SavedLogForm<S> form = new SavedLogForm<>(states);
    return TreeCodec.of("optimistic-log/1 of " + states.schema(), form::toTree, form::fromTree);
  }

  private Tree toTree(SavedLog<S> log) {
    return Tree.object()
        .plus("confirmed", Enclosed.tree(states, "value", log.confirmed()))
        .plus("mutations", Tree.array(log.mutations().stream().map(SavedLogForm::tree).toList()))
        .plus(
            "issued", Tree.array(log.issued().stream().map(id -> Tree.of(id.toString())).toList()));
  }

  private static Tree tree(SavedMutation mutation) {
    Tree plain =
        Tree.object().plus("id", mutation.id().toString()).plus("command", mutation.command());
    return mutation.acknowledged() ? plain.asObject().plus("acknowledged", true) : plain;
  }

  private SavedLog<S> fromTree(Tree tree) {
    List<SavedMutation> mutations =
        tree.at("/mutations").asArray().elements().stream().map(SavedLogForm::mutation).toList();
    List<MutationId> issued =
        tree.at("/issued").asArray().elements().stream()
            .map(id -> MutationId.parse(id.asString()))
            .toList();
    return new SavedLog<>(
        Enclosed.value(states, "value", tree.at("/confirmed")), mutations, issued);
  }

  private static SavedMutation mutation(Tree tree) {
    return new SavedMutation(
        MutationId.parse(tree.at("/id").asString()),
        tree.at("/command"),
        tree.find("/acknowledged").map(Tree::asBoolean).orElse(false));
  }
}
