package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.SharedType;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The simplest kind of document of which everything can be checked: a list to which unique tokens
 * are added at the end. A change may say how long the list must be, and is refused if it is not.
 */
final class LedgerType implements SharedType {

  static final String NAME = "ledger";

  /** What a change makes the hub's state throw, on purpose. */
  static final String POISON = "poison";

  static TreeObject add(String token) {
    return Tree.object(Map.of("add", Tree.of(token)));
  }

  static String token(Tree change) {
    return change.at("/add").asString();
  }

  static List<String> tokens(Tree state) {
    return new ArrayList<>(state.asArray().elements().stream().map(Tree::asString).toList());
  }

  static Tree tree(List<String> tokens) {
    return Tree.array(tokens.stream().map(Tree::of).toList());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SharedState create() {
    return new State(new ArrayList<>());
  }

  @Override
  public SharedState restore(Tree stored) {
    return new State(tokens(stored));
  }

  private static final class State implements SharedState {
    private final List<String> tokens;

    State(List<String> tokens) {
      this.tokens = tokens;
    }

    @Override
    public Verdict judge(Mutation mutation) {
      TreeObject change = mutation.change().asObject();
      if (change.members().containsKey(POISON)) {
        throw new IllegalStateException(POISON);
      }
      if (change.members().containsKey("must") && change.at("/must").asInt() != tokens.size()) {
        return new Verdict.Refused(
            "conflict", "The list has another length.", Tree.of(tokens.size()));
      }
      tokens.add(token(change));
      return new Verdict.Accepted(change.with("/at", Tree.of(mutation.sequence())));
    }

    @Override
    public void replay(Mutation mutation) {
      tokens.add(token(mutation.change()));
    }

    @Override
    public Tree snapshot() {
      return tree(tokens);
    }

    @Override
    public Tree store() {
      return tree(tokens);
    }
  }
}
