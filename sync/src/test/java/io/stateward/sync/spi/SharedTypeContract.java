package io.stateward.sync.spi;

import io.stateward.codec.Tree;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;

/**
 * The rules that every {@link SharedType} and its {@link SharedState} obey. To check a kind of
 * document, extend this class, return the kind from {@link #type}, and make changes to it.
 *
 * <pre>{@code
 * final class ListTypeTest extends SharedTypeContract {
 *   public SharedType type() {
 *     return new ListType();
 *   }
 *   public Tree change(Random random, Tree snapshot) {
 *     return Tree.of("entry " + random.nextInt(100));
 *   }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@DisplayName("A kind of document")
public abstract class SharedTypeContract implements SharedStateRules, SharedStorageRules {

  /** For subclasses. */
  protected SharedTypeContract() {}

  /**
   * Returns the kind.
   *
   * @return the kind under test, new or the same every time
   */
  @Override
  public abstract SharedType type();

  /**
   * Makes a change as a client would that has a document before it. Some should be refused, and
   * some concurrent to each other, as far as the kind knows that.
   *
   * @param random decides everything that is not decided by the document
   * @param snapshot the document as the author has it
   * @return the change
   */
  @Override
  public abstract Tree change(Random random, Tree snapshot);

  /**
   * Returns what is no change of the kind, whatever the document.
   *
   * @return trees that {@link SharedState#judge} refuses or throws at; by default some that hardly
   *     any kind knows
   */
  @Override
  public List<Tree> nonsense() {
    return List.of(
        Tree.ofNull(),
        Tree.of(true),
        Tree.of(-7.25),
        Tree.object().plus("\ud800", "\udfff"),
        Tree.array(Tree.array(Tree.array())),
        Tree.object().plus("op", Tree.object()).plus("", Tree.ofNull()));
  }
}
