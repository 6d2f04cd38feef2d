package io.stateward.sync.record;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to do to a record, in a form that can be sent and carried out again on another version.
 *
 * <pre>{@code
 * RecordChange rename = new RecordChange.Set("/title", Tree.of("Milk"));       // the last one wins
 * RecordChange vote = new RecordChange.Increment("/votes", BigDecimal.ONE);    // none is lost
 * RecordChange save = new RecordChange.Put(edited, 7L);                        // only if nobody else
 * }</pre>
 *
 * <p>A path is a JSON Pointer (RFC 6901), see {@link Tree}; objects that it leads through are made
 * where nothing is. A record that was never written is changed as an empty object, unless a change
 * is of the whole; one that was deleted takes no change but a {@link Put}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface RecordChange {

  /**
   * Returns the codec of changes within limits: an object whose member {@code op} says which change
   * it is.
   *
   * @param limits what is too much to read
   * @return the codec with schema {@code "record-change/1"}
   */
  static TreeCodec<RecordChange> codec(RecordLimits limits) {
    return RecordChangeForm.codec(limits);
  }

  /**
   * Replaces the whole record, or creates it.
   *
   * @param value what is to be there
   * @param expected the version that it was made for: it conflicts if others have changed the
   *     record since; 0 if nobody had written it; null to replace in any case
   */
  record Put(Tree value, @Nullable Long expected) implements RecordChange {

    /**
     * Checks the parts.
     *
     * @param value what is to be there
     * @param expected the version that it was made for
     * @throws IllegalArgumentException if the version is negative
     */
    public Put {
      Objects.requireNonNull(value, "value");
      checkVersion(expected);
    }
  }

  /**
   * Deletes the record. Deleting one that is not there changes nothing.
   *
   * @param expected the version that it was made for: it conflicts if others have changed the
   *     record since; null to delete in any case
   */
  record Delete(@Nullable Long expected) implements RecordChange {

    /**
     * Checks the version.
     *
     * @param expected the version that it was made for
     * @throws IllegalArgumentException if the version is negative
     */
    public Delete {
      checkVersion(expected);
    }
  }

  /**
   * Sets a field, whatever is there.
   *
   * @param path where; not {@code ""}. With {@code -} as the last step, it comes after the last
   *     element of an array
   * @param value what is to be there
   */
  record Set(String path, Tree value) implements RecordChange {

    /**
     * Checks the parts.
     *
     * @param path where
     * @param value what is to be there
     * @throws IllegalArgumentException if the path is no JSON Pointer, or is {@code ""}
     */
    public Set {
      Paths.checkedPart(path);
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * Removes a field, if it is there.
   *
   * @param path where; not {@code ""}
   */
  record Remove(String path) implements RecordChange {

    /**
     * Checks the path.
     *
     * @param path where
     * @throws IllegalArgumentException if the path is no JSON Pointer, or is {@code ""}
     */
    public Remove {
      Paths.checkedPart(path);
    }
  }

  /**
   * Adds to a number, exactly. What is not there counts as 0.
   *
   * @param path where
   * @param by how much; negative to go down
   */
  record Increment(String path, BigDecimal by) implements RecordChange {

    /**
     * Checks the parts.
     *
     * @param path where
     * @param by how much
     * @throws IllegalArgumentException if the path is no JSON Pointer, or the number has too many
     *     digits for a {@link Tree}
     */
    public Increment {
      Paths.checked(path);
      Tree.of(by);
    }
  }

  /**
   * Puts an element into an array that is used as a set: at its end, unless it is there. What is
   * not there counts as empty.
   *
   * @param path where the array is
   * @param element what is to be in it
   */
  record Include(String path, Tree element) implements RecordChange {

    /**
     * Checks the parts.
     *
     * @param path where the array is
     * @param element what is to be in it
     * @throws IllegalArgumentException if the path is no JSON Pointer
     */
    public Include {
      Paths.checked(path);
      Objects.requireNonNull(element, "element");
    }
  }

  /**
   * Takes an element out of an array, wherever it is in it.
   *
   * @param path where the array is
   * @param element what is not to be in it
   */
  record Exclude(String path, Tree element) implements RecordChange {

    /**
     * Checks the parts.
     *
     * @param path where the array is
     * @param element what is not to be in it
     * @throws IllegalArgumentException if the path is no JSON Pointer
     */
    public Exclude {
      Paths.checked(path);
      Objects.requireNonNull(element, "element");
    }
  }

  /**
   * Brings what somebody made of an older version together with what stands. What both changed and
   * no rule decides is a conflict, and then nothing changes.
   *
   * @param base the older version
   * @param mine what was made of it
   * @param rules decide what both changed
   */
  record Merge(Tree base, Tree mine, MergeRules rules) implements RecordChange {

    /**
     * Checks the parts.
     *
     * @param base the older version
     * @param mine what was made of it
     * @param rules decide what both changed
     */
    public Merge {
      Objects.requireNonNull(base, "base");
      Objects.requireNonNull(mine, "mine");
      Objects.requireNonNull(rules, "rules");
    }
  }

  /**
   * Makes several changes, all of them or none.
   *
   * @param changes what to do, in order; none of them is such a batch itself
   */
  record All(List<RecordChange> changes) implements RecordChange {

    /**
     * Copies the changes.
     *
     * @param changes what to do, in order
     * @throws IllegalArgumentException if one of them is a batch
     */
    public All {
      changes = List.copyOf(changes);
      if (changes.stream().anyMatch(All.class::isInstance)) {
        throw new IllegalArgumentException(
            "A batch is in a batch. Put all changes into one, in their order.");
      }
    }
  }

  private static void checkVersion(@Nullable Long expected) {
    if (expected != null && expected < 0) {
      throw new IllegalArgumentException(
          "A version is not negative, this one is %d.".formatted(expected));
    }
  }
}
