package io.stateward.sync.text;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.SharedType;
import io.stateward.sync.spi.SharedTypeContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The contract of kinds of documents, on texts. */
final class TextTypeContractTest extends SharedTypeContract {

  private static final List<String> INSERTS = List.of("a", "bc", "\ud83d\ude00", "\n", "\u00e4");

  @Override
  public SharedType type() {
    return TextType.upTo(40);
  }

  @Override
  public Tree change(Random random, Tree snapshot) {
    String text = snapshot.at("/text").asString();
    int length = text.codePointCount(0, text.length());
    List<Tree> operation = new ArrayList<>();
    int at = random.nextInt(length + 1);
    if (at > 0) {
      operation.add(Tree.of((long) at));
    }
    if (random.nextInt(3) == 0 && at < length) {
      long removed = 1 + random.nextInt(Math.min(3, length - at));
      operation.add(Tree.object().plus("d", removed));
    } else {
      operation.add(Tree.of(INSERTS.get(random.nextInt(INSERTS.size()))));
    }
    return Tree.object().plus("op", Tree.array(operation));
  }
}
