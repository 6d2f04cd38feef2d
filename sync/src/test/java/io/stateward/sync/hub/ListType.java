package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.SharedType;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of texts that grows at its end. It refuses {@code "no"}, throws half-way at {@code
 * "throw"}, and writes {@code "lower"} in capitals.
 */
final class ListType implements SharedType {

  @Override
  public String name() {
    return "list";
  }

  @Override
  public SharedState create() {
    return new State(new ArrayList<>());
  }

  @Override
  public SharedState restore(Tree stored) {
    List<String> texts = new ArrayList<>();
    stored.asArray().elements().forEach(each -> texts.add(each.asString()));
    return new State(texts);
  }

  static Tree tree(List<String> texts) {
    return Tree.array(texts.stream().<Tree>map(Tree::of).toList());
  }

  private record State(List<String> texts) implements SharedState {

    @Override
    public Verdict judge(Mutation mutation) {
      String text = mutation.change().asString();
      if (text.equals("no")) {
        return new Verdict.Refused("unwanted", "It is not wanted.", tree(texts));
      } else if (text.equals("throw")) {
        texts.add("half of it");
        throw new IllegalStateException("thrown by the state");
      }
      String taken = text.equals("lower") ? "LOWER" : text;
      texts.add(taken);
      return new Verdict.Accepted(Tree.of(taken));
    }

    @Override
    public void replay(Mutation mutation) {
      texts.add(mutation.change().asString());
    }

    @Override
    public Tree snapshot() {
      return tree(texts);
    }

    @Override
    public Tree store() {
      return tree(texts);
    }
  }
}
