package io.stateward.sync.spi;

import io.stateward.codec.Tree;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a mutation.
 *
 * @since 0.1
 */
public sealed interface Verdict {

  /**
   * It took place.
   *
   * @param change what is stored and what everybody else is told; often what was sent
   */
  record Accepted(Tree change) implements Verdict {

    /**
     * Checks that there is one.
     *
     * @param change what is stored and what everybody else is told; often what was sent
     */
    public Accepted {
      Objects.requireNonNull(change, "change");
    }
  }

  /**
   * It did not take place, and never will under its id.
   *
   * @param code a short word for programs, such as {@code conflict}
   * @param reason a sentence for people
   * @param current what stands instead, where that helps the author, or null
   */
  record Refused(String code, String reason, @Nullable Tree current) implements Verdict {

    /**
     * Checks that it says why.
     *
     * @param code a short word for programs, such as {@code conflict}
     * @param reason a sentence for people
     * @param current what stands instead, where that helps the author, or null
     */
    public Refused {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
