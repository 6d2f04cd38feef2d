package io.stateward.sync.crdt;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.SharedType;
import io.stateward.sync.spi.SharedTypeContract;
import java.util.Random;

/** The contract of kinds of documents, on a replicated set. */
final class ReplicatedTypeContractTest extends SharedTypeContract {

  private static final ReplicatedType<ObservedRemoveSet<Integer>> TYPE =
      ReplicatedType.of(
          "numbers", ObservedRemoveSet.empty(), ObservedRemoveSet.codec(Subjects.NUMBERS));

  @Override
  public SharedType type() {
    return TYPE;
  }

  @Override
  public Tree change(Random random, Tree snapshot) {
    ObservedRemoveSet<Integer> before = TYPE.codec().fromTree(snapshot);
    int number = random.nextInt(5);
    ObservedRemoveSet<Integer> after =
        random.nextInt(3) == 0
            ? before.remove(number)
            : before.add("client" + random.nextInt(3), number); // often not the one who sends it
    return TYPE.codec().toTree(after.since(before));
  }
}
