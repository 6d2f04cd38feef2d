package io.stateward.sync.text;

import io.stateward.codec.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An edit of a text: from its start to its end, which parts stay, what is put in, what is taken
 * out. What is after the last part stays.
 *
 * <pre>{@code
 * TextDelta mine = TextDelta.insert(5, ", dear");
 * TextDelta theirs = TextDelta.replace(0, 5, "Goodbye");
 * mine.apply("Hello world");                                              // "Hello, dear world"
 * TextDelta after = theirs.transform(mine, Side.RIGHT);                   // theirs, made after mine
 * mine.compose(after).apply("Hello world");                               // "Goodbye, dear world"
 * TextDelta undo = mine.invert("Hello world");                            // [5,{"d":6}]
 * TextDelta.builder().retain(1).insert("x").delete(2).build().toTree();   // [1,"x",{"d":2}]
 * }</pre>
 *
 * <p>Every position and length counts code points, never chars, so no edit can split a character;
 * an insert with half a surrogate pair is refused. Neighbouring parts of one kind are one part, no
 * part is empty, and the last one does not retain. An insert and a delete that meet keep the order
 * in which they were given: both orders do the same to a text, but where others insert inside the
 * deleted part, the order says on which side of them this insert stands.
 *
 * <p>The form as a tree is that of ot-text-unicode: {@code [1,"x",{"d":2}]}.
 *
 * <p>Concurrent edits are transformed as they were made, one by one: transforming over the
 * composition of several can order inserts at one place otherwise than transforming over each.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Failure.</b> Numbers below zero and edits that do not fit are refused with an {@link
 * IllegalArgumentException} that has the values.
 *
 * <p><b>Cost.</b> Linear in the parts and in what is inserted, not in the text; {@link
 * #apply(String)} copies the text, {@link #invert(String)} reads it up to the last delete.
 *
 * @since 0.1
 */
public final class TextDelta {

  private static final TextDelta EMPTY = new TextDelta(new int[0], new @Nullable String[0], 0, 0);

  /*
   * A part is a length and perhaps a text: a text with its length in code points inserts, a
   * positive length without text retains, a negative one deletes.
   */
  private final int[] lengths;
  private final @Nullable String[] texts;
  private final int inputLength;
  private final int change;

  TextDelta(int[] lengths, @Nullable String[] texts, int inputLength, int change) {
    this.lengths = lengths;
    this.texts = texts;
    this.inputLength = inputLength;
    this.change = change;
  }

  /**
   * Returns the edit that changes nothing.
   *
   * @return the edit without parts
   */
  public static TextDelta empty() {
    return EMPTY;
  }

  /**
   * Begins an edit of several parts.
   *
   * @return a new builder
   */
  public static TextDeltaBuilder builder() {
    return new TextDeltaBuilder();
  }

  /**
   * Returns the edit that inserts a text.
   *
   * @param position how many code points stay before it
   * @param text what to insert
   * @return the edit
   * @throws IllegalArgumentException if the position is below zero, or if the text has a surrogate
   *     without its other half
   */
  public static TextDelta insert(int position, String text) {
    return replace(position, 0, text);
  }

  /**
   * Returns the edit that deletes a part of the text.
   *
   * @param position how many code points stay before it
   * @param count how many code points to delete
   * @return the edit
   * @throws IllegalArgumentException if a number is below zero
   */
  public static TextDelta delete(int position, int count) {
    return replace(position, count, "");
  }

  /**
   * Returns the edit that puts a text in the place of a part.
   *
   * @param position how many code points stay before it
   * @param count how many code points to delete
   * @param text what to insert there
   * @return the edit
   * @throws IllegalArgumentException if a number is below zero, or if the text has a surrogate
   *     without its other half
   */
  public static TextDelta replace(int position, int count, String text) {
    return new TextDeltaBuilder(3).retain(position).insert(text).delete(count).build();
  }

  /**
   * Reads an edit from its tree, in the form of ot-text-unicode: an array in which a number
   * retains, a string inserts, {@code {"d":n}} deletes n code points and {@code {"d":"text"}}
   * deletes as many as the text has.
   *
   * @param tree the array
   * @return the edit; parts are joined and dropped as {@link TextDelta} says
   * @throws IllegalArgumentException if the tree is anything else; says where
   */
  public static TextDelta fromTree(Tree tree) {
    return DeltaForm.read(tree);
  }

  /**
   * Returns this edit as a tree that {@link #fromTree} reads.
   *
   * @return an array of numbers, strings and objects such as {@code {"d":2}}
   */
  public Tree toTree() {
    return DeltaForm.write(this);
  }

  /**
   * Returns the parts from the start of the text to its end.
   *
   * @return an unmodifiable list
   */
  public List<Part> parts() {
    return new DeltaParts(this);
  }

  /**
   * Tells whether this edit changes nothing.
   *
   * @return whether it has no parts
   */
  public boolean isEmpty() {
    return lengths.length == 0;
  }

  /**
   * Returns how long a text has to be for this edit.
   *
   * @return how many code points the parts retain and delete; a text may be longer
   */
  public int inputLength() {
    return inputLength;
  }

  /**
   * Returns by how much this edit makes a text longer.
   *
   * @return inserted code points less deleted ones
   */
  public int change() {
    return change;
  }

  /**
   * Applies this edit to a text.
   *
   * @param text the text before
   * @return the text after
   * @throws IllegalArgumentException if the text is too short
   */
  public String apply(String text) {
    return DeltaOnText.apply(this, text);
  }

  /**
   * Returns the edit that takes this one back.
   *
   * @param text the text to which this edit is applied, which knows what is deleted
   * @return the edit that makes of the text after this edit the text before it
   * @throws IllegalArgumentException if the text is too short
   */
  public TextDelta invert(String text) {
    return DeltaOnText.invert(this, text);
  }

  /**
   * Returns the edit that takes this one back.
   *
   * @param text the text to which this edit is applied, which knows what is deleted
   * @return the edit that makes of the text after this edit the text before it
   * @throws IllegalArgumentException if the text is too short
   */
  public TextDelta invert(Text text) {
    return DeltaOnText.invert(this, text);
  }

  /**
   * Returns the edit that does this and then the next.
   *
   * @param next an edit of the text that this one leaves
   * @return both as one; composing is associative
   */
  public TextDelta compose(TextDelta next) {
    if (isEmpty()) {
      return next;
    }
    return next.isEmpty() ? this : DeltaAlgebra.compose(this, next);
  }

  /**
   * Returns this edit as it is made after a concurrent one, with the same intention.
   *
   * <p>{@code mine.compose(theirs.transform(mine, Side.RIGHT))} and {@code
   * theirs.compose(mine.transform(theirs, Side.LEFT))} make the same text, and so with the sides
   * exchanged.
   *
   * @param other another edit of the same text
   * @param side which goes first where both insert: {@code LEFT} says this one
   * @return the edit of the text that the other one leaves
   */
  public TextDelta transform(TextDelta other, Side side) {
    return isEmpty() || other.isEmpty() ? this : DeltaAlgebra.transform(this, other, side);
  }

  /**
   * Returns where a position is after this edit.
   *
   * @param position how many code points are before it in the text before
   * @param bias where it goes if this edit inserts exactly there
   * @return how many code points are before it in the text after; the place of the deletion, if
   *     what is around it is deleted
   * @throws IllegalArgumentException if the position is below zero
   */
  public int transformPosition(int position, Bias bias) {
    return DeltaAlgebra.transformPosition(this, position, bias);
  }

  int size() {
    return lengths.length;
  }

  /** Tells how many code points a part retains, inserts or deletes. */
  int length(int part) {
    return Math.abs(lengths[part]);
  }

  /** Returns what a part inserts, or null if it does something else. */
  @Nullable String text(int part) {
    return texts[part];
  }

  boolean isDelete(int part) {
    return lengths[part] < 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextDelta that
        && Arrays.equals(lengths, that.lengths)
        && Arrays.equals(texts, that.texts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(lengths) + Arrays.hashCode(texts);
  }

  /** Returns the form as a tree, as JSON. */
  @Override
  public String toString() {
    return toTree().toJson();
  }

  /**
   * A part of an edit.
   *
   * <p><b>Thread safety.</b> Immutable.
   *
   * @since 0.1
   */
  public sealed interface Part {

    /**
     * Maps whichever part this is.
     *
     * @param <R> the type of the result
     * @param retain maps how many code points stay
     * @param insert maps what is put in
     * @param delete maps how many code points are taken out
     * @return the result of the one function that was called
     */
    <R> R fold(
        IntFunction<? extends R> retain,
        Function<? super String, ? extends R> insert,
        IntFunction<? extends R> delete);
  }

  /**
   * A part of the text that stays.
   *
   * @param count how many code points, at least 1
   */
  public record Retain(int count) implements Part {
    @Override
    public <R> R fold(
        IntFunction<? extends R> retain,
        Function<? super String, ? extends R> insert,
        IntFunction<? extends R> delete) {
      return retain.apply(count);
    }
  }

  /**
   * A text that is put in.
   *
   * @param text what is put in, at least one character
   */
  public record Insert(String text) implements Part {
    @Override
    public <R> R fold(
        IntFunction<? extends R> retain,
        Function<? super String, ? extends R> insert,
        IntFunction<? extends R> delete) {
      return insert.apply(text);
    }
  }

  /**
   * A part of the text that is taken out.
   *
   * @param count how many code points, at least 1
   */
  public record Delete(int count) implements Part {
    @Override
    public <R> R fold(
        IntFunction<? extends R> retain,
        Function<? super String, ? extends R> insert,
        IntFunction<? extends R> delete) {
      return delete.apply(count);
    }
  }
}
