package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.SharedType;
import io.stateward.sync.spi.SharedTypeContract;
import java.util.List;
import java.util.Random;

final class ListTypeTest extends SharedTypeContract {

  private static final List<String> WORDS = List.of("milk", "bread", "no", "lower", "salt");

  @Override
  public SharedType type() {
    return new ListType();
  }

  @Override
  public Tree change(Random random, Tree snapshot) {
    return Tree.of(WORDS.get(random.nextInt(WORDS.size())));
  }
}
