package io.stateward.sync.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whose change of a document it is, and what it was made by.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param kind what it was made by
 * @param client the author, or null if it is nobody's in particular
 * @since 0.1
 */
public record Origin(Kind kind, @Nullable String client) {

  private static final Origin HERE = new Origin(Kind.EDIT, null);
  private static final Origin UNDO = new Origin(Kind.UNDO, null);
  private static final Origin REDO = new Origin(Kind.REDO, null);
  private static final Origin CORRECTION = new Origin(Kind.CORRECTION, null);

  /**
   * What a change was made by.
   *
   * <p><b>Thread safety.</b> Immutable.
   */
  public enum Kind {
    /** An edit that was made here. */
    EDIT,

    /** An edit that was made here, to take earlier ones back. */
    UNDO,

    /** An edit that was made here, to have back what was taken back. */
    REDO,

    /** An edit of somebody else. */
    REMOTE,

    /**
     * No edit: the document is another one, because it was loaded, was refused an edit, or had to
     * be fetched anew.
     */
    CORRECTION
  }

  /**
   * Checks that there is a kind.
   *
   * @param kind what it was made by
   * @param client the author, or null if it is nobody's in particular
   */
  public Origin {
    Objects.requireNonNull(kind, "kind");
  }

  static Origin here() {
    return HERE;
  }

  static Origin undo() {
    return UNDO;
  }

  static Origin redo() {
    return REDO;
  }

  static Origin of(String client) {
    return new Origin(Kind.REMOTE, client);
  }

  static Origin correction() {
    return CORRECTION;
  }

  /**
   * Returns whether the application knows of the change because it made it.
   *
   * @return true for edits that were made through this document
   */
  public boolean isLocal() {
    return kind == Kind.EDIT || kind == Kind.UNDO || kind == Kind.REDO;
  }
}
