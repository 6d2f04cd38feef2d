package io.stateward.sync.spi;

import io.stateward.codec.Tree;
import java.util.Random;

/**
 * The contract of a kind of document, on one with a flaw. Run by {@link SharedTypeContractTest}.
 */
final class FlawedTypeFixture extends SharedTypeContract {

  static FlawedType.Flaw flaw = FlawedType.Flaw.NONE;

  private final FlawedType type = new FlawedType(flaw);

  @Override
  public SharedType type() {
    return type;
  }

  @Override
  public Tree change(Random random, Tree snapshot) {
    return Tree.of((long) random.nextInt(100));
  }
}
