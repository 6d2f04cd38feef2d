package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

/** What has to hold of the tree under every text. */
final class TextShape {

  private TextShape() {}

  static void check(Text text) {
    check(text.root());
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
