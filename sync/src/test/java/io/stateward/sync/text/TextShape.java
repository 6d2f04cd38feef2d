package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;

/** What has to hold of the tree under every text. */
final class TextShape {

  private TextShape() {}

  static void check(Text text) {
    check(text.root());
  }

  static void nodes(TextNode node, Consumer<TextNode> action) {
    action.accept(node);
    if (node instanceof TextBranch branch) {
      nodes(branch.left(), action);
      nodes(branch.right(), action);
    }
  }

  private static void check(TextNode node) {
    if (node instanceof TextBranch branch) {
      check(branch.left());
      check(branch.right());
      assertThat(branch.left().height() - branch.right().height()).as("balance").isBetween(-1, 1);
      assertThat(branch.left().chars()).as("left of a branch").isPositive();
      assertThat(branch.right().chars()).as("right of a branch").isPositive();
    } else {
      TextLeaf leaf = (TextLeaf) node;
      assertThat(leaf.chars()).as("chars of a leaf").isLessThanOrEqualTo(TextLeaf.CAPACITY);
      assertThat(leaf.codePoints()).isEqualTo(CodePoints.count(leaf.text()));
      assertThat(leaf.newlines())
          .isEqualTo((int) leaf.text().chars().filter(found -> found == '\n').count());
    }
  }
}
