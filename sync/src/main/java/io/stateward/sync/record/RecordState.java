package io.stateward.sync.record;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.TreeObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record at one version: its value, if it has one, and what is needed to judge the next change.
 *
 * <pre>{@code
 * RecordContext ada = new RecordContext("ada", 1, RecordLimits.standard());
 * RecordState one = RecordState.unwritten().apply(new RecordChange.Put(value, 0L), ada).fold(
 *     RecordResult.Changed::state, RecordResult.Conflict::current, refused -> unwritten);
 * one.version();      // 1
 * }</pre>
 *
 * <p>The version is the sequence of the last change that made the value another one. Changes of the
 * same client do not count as somebody else's: what one client does one after the other, each on
 * what it shows already, never conflicts with itself.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param value what the record is; null if it was deleted, or never written
 * @param version the sequence of the last change of the value; 0 if it was never written
 * @param author who made that change; empty if nobody did
 * @param others the sequence of the last change by anybody but the author; 0 if there was none
 * @since 0.1
 */
public record RecordState(@Nullable Tree value, long version, String author, long others) {

  private static final RecordState UNWRITTEN = new RecordState(null, 0, "", 0);
  private static final TreeCodec<RecordState> CODEC =
      TreeCodec.of("record-state/1", RecordState::toTree, RecordState::fromTree);

  /**
   * Checks the parts.
   *
   * @param value what the record is
   * @param version the sequence of the last change of the value
   * @param author who made that change
   * @param others the sequence of the last change by anybody but the author
   * @throws IllegalArgumentException if the versions are negative or in the wrong order, or a value
   *     has no version
   */
  public RecordState {
    Objects.requireNonNull(author, "author");
    if (others < 0 || others > version || (version == 0 && value != null)) {
      throw new IllegalArgumentException(
          "A record has a version from 1 on once it has a value, and others changed it before; this has version %d, others' %d, and %s value."
              .formatted(version, others, value == null ? "no" : "a"));
    }
  }

  /**
   * Returns the record that nobody has written.
   *
   * @return the record
   */
  public static RecordState unwritten() {
    return UNWRITTEN;
  }

  /**
   * Returns the codec.
   *
   * @return the codec with schema {@code "record-state/1"}
   */
  public static TreeCodec<RecordState> codec() {
    return CODEC;
  }

  /**
   * Tells whether the record was written and then deleted.
   *
   * @return whether it was
   */
  public boolean isDeleted() {
    return value == null && version > 0;
  }

  /**
   * Returns the last version that somebody other than a client has made.
   *
   * @param client the client
   * @return the version; 0 if there is none
   */
  public long versionOfOthersThan(String client) {
    return client.equals(author) ? others : version;
  }

  /**
   * Takes a change in. The same changes in the same order make the same record everywhere.
   *
   * @param change what to do
   * @param context by whom, and in which place
   * @return the record after it, or why it did not take place
   */
  public RecordResult apply(RecordChange change, RecordContext context) {
    return Application.of(this, change, context);
  }

  /** Returns this record with another value. */
  RecordState with(@Nullable Tree next, RecordContext context) {
    return Objects.equals(value, next)
        ? this
        : new RecordState(
            next,
            Math.max(version, context.sequence()),
            context.client(),
            versionOfOthersThan(context.client()));
  }

  private static Tree toTree(RecordState state) {
    TreeObject tree =
        Tree.object()
            .plus("version", state.version)
            .plus("author", state.author)
            .plus("others", state.others);
    return state.value == null ? tree : tree.plus("value", state.value);
  }

  private static RecordState fromTree(Tree tree) {
    return new RecordState(
        tree.find("/value").orElse(null),
        tree.at("/version").asLong(),
        tree.at("/author").asString(),
        tree.at("/others").asLong());
  }
}
