package io.stateward.merge;

import org.jspecify.annotations.Nullable;

/** The rule of what only one side may ever change. */
final class Refusal {

  private Refusal() {}

  static Merge<@Nullable Object> merge() {
    return Merge.whereBothChanged(
        (base, mine, theirs) -> {
          throw new MergeFailedException(
              "",
              "both sides changed it, and it is told to be refused; give it a rule if that may happen",
              null,
              base,
              mine,
              theirs);
        });
  }
}
