package io.stateward.sync.crdt;

import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import java.util.Set;

/**
 * How a {@link Causal} value is written: an object with the members {@code seen}, a version vector,
 * and {@code content}.
 *
 * <pre>{@code
 * CausalCodec<ObservedRemoveSet<String>> sets = ObservedRemoveSet.codec(STRINGS);
 * CausalCodec<ObservedRemoveMap<String, ObservedRemoveSet<String>>> maps =
 *     ObservedRemoveMap.codec(STRINGS, ObservedRemoveSet.empty(), sets);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Failure.</b> Decoding refuses dots that were not seen or are there twice, names and numbers
 * out of their limits, and members that it does not know.
 *
 * @param <S> the type of the values
 * @since 0.1
 */
public final class CausalCodec<S extends Causal<S>> implements TreeCodec<S> {

  private static final Set<String> MEMBERS = Set.of("seen", "content");

  /** Writes what is in a value. */
  interface Writer<S> {
    Tree write(S value);
  }

  /** Reads what is in a value. */
  interface Reader<S> {
    S read(Tree content, Form.Dots dots, VersionVector seen);
  }

  private final Writer<S> writer;
  private final Reader<S> reader;
  private final TreeCodec<S> whole;

  CausalCodec(String schema, Writer<S> writer, Reader<S> reader) {
    this.writer = writer;
    this.reader = reader;
    this.whole = TreeCodec.of(schema, this::write, this::read);
  }

  private Tree write(S value) {
    return Tree.object()
        .plus("seen", VersionVector.codec().toTree(value.seen()))
        .plus("content", writer.write(value));
  }

  private S read(Tree tree) {
    VersionVector seen = VersionVector.fromTree(Form.member(tree, "seen", MEMBERS));
    return reader.read(Form.member(tree, "content", MEMBERS), new Form.Dots(seen), seen);
  }

  Writer<S> writer() {
    return writer;
  }

  Reader<S> reader() {
    return reader;
  }

  @Override
  public String schema() {
    return whole.schema();
  }

  @Override
  public Tree toTree(S value) {
    return whole.toTree(value);
  }

  /**
   * {@inheritDoc}
   *
   * @throws CodecException if the tree is not of this schema; the message says what is wrong in it
   */
  @Override
  public S fromTree(Tree tree) {
    return whole.fromTree(tree);
  }
}
