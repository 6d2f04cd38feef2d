package io.stateward.sync.record;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.sync.spi.SharedType;
import io.stateward.sync.spi.SharedTypeContract;
import java.util.Random;

/** The contract of kinds of documents, on records. */
final class RecordTypeContractTest extends SharedTypeContract {

  @Override
  public SharedType type() {
    return RecordType.standard();
  }

  @Override
  public Tree change(Random random, Tree snapshot) {
    Tree value = Tree.object().plus("n", (long) random.nextInt(5)).plus("t", Tree.array());
    return switch (random.nextInt(6)) {
      case 0 -> op("put").plus("value", value);
      case 1 -> op("put").plus("value", value).plus("expected", (long) random.nextInt(9));
      case 2 -> op("increment").plus("path", "/n").plus("by", (long) random.nextInt(9));
      case 3 -> op("include").plus("path", "/t").plus("element", (long) random.nextInt(3));
      case 4 -> op("exclude").plus("path", "/t").plus("element", (long) random.nextInt(3));
      default -> op("delete").plus("expected", (long) random.nextInt(20));
    };
  }

  private static TreeObject op(String name) {
    return Tree.object().plus("op", name);
  }
}
