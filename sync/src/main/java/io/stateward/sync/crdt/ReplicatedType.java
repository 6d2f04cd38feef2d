package io.stateward.sync.crdt;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.SharedType;
import java.util.Objects;

/**
 * Replicated values of one type as a kind of document on a hub.
 *
 * <pre>{@code
 * static final ReplicatedType<ObservedRemoveSet<String>> SHOPPING = ReplicatedType.of(
 *     "shopping", ObservedRemoveSet.empty(), ObservedRemoveSet.codec(STRINGS));
 * }</pre>
 *
 * <p>A change is what was made since an earlier version, see {@link Replicated#since}, under the id
 * of the client as the name of the replica; the hub merges it. One that has changes of others which
 * the hub does not know is refused with the code {@code foreign}, one that makes the value too
 * large with {@code too-large}, and one that cannot be read or merged with {@code malformed}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <S> the type of the values
 * @since 0.1
 */
public final class ReplicatedType<S extends Replicated<S>> implements SharedType {

  /** What the names of all these kinds begin with. */
  public static final String PREFIX = "replicated:";

  /** How many characters the JSON of a value may have unless chosen, 1,048,576. */
  public static final int DEFAULT_SIZE = 1024 * 1024;

  private static final int LONGEST_NAME = 64;

  private final String name;
  private final S empty;
  private final TreeCodec<S> codec;
  private final int size;

  private ReplicatedType(String name, S empty, TreeCodec<S> codec, int size) {
    this.name = name;
    this.empty = empty;
    this.codec = codec;
    this.size = size;
  }

  /**
   * Defines a kind, within {@value #DEFAULT_SIZE} characters of JSON.
   *
   * @param <S> the type of the values
   * @param name what it is called; {@value #PREFIX} is put before it
   * @param empty the value that a document begins with
   * @param codec the codec of the values
   * @return the kind
   * @throws IllegalArgumentException if the name is blank, or longer than 53 characters
   */
  public static <S extends Replicated<S>> ReplicatedType<S> of(
      String name, S empty, TreeCodec<S> codec) {
    String full = PREFIX + name;
    if (name.isBlank() || full.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "A kind of replicated values has a name of 1 to %d characters, not '%s'."
              .formatted(LONGEST_NAME - PREFIX.length(), Form.excerpt(name)));
    }
    return new ReplicatedType<>(
        full,
        Objects.requireNonNull(empty, "empty"),
        Objects.requireNonNull(codec, "codec"),
        DEFAULT_SIZE);
  }

  /**
   * Returns this kind with another limit.
   *
   * @param characters how many characters the JSON of a value may have
   * @return the kind
   * @throws IllegalArgumentException if it is negative
   */
  public ReplicatedType<S> withSize(int characters) {
    if (characters < 0) {
      throw new IllegalArgumentException(
          "A size is not negative, this one is %d.".formatted(characters));
    }
    return new ReplicatedType<>(name, empty, codec, characters);
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * Returns the value that a document begins with.
   *
   * @return the value
   */
  public S empty() {
    return empty;
  }

  /**
   * Returns the codec of the values.
   *
   * @return the codec
   */
  public TreeCodec<S> codec() {
    return codec;
  }

  @Override
  public SharedState create() {
    return new SharedReplicated<>(empty, codec, size);
  }

  @Override
  public SharedState restore(Tree stored) {
    return new SharedReplicated<>(codec.fromTree(stored), codec, size);
  }
}
