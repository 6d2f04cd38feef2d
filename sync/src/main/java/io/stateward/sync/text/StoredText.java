package io.stateward.sync.text;

import java.util.Objects;

/**
 * A text with the log of its edits, in a form to keep: opened without merging anything again.
 *
 * <pre>{@code
 * byte[] bytes = new StoredText(log, text).encode();
 * StoredText again = StoredText.decode(bytes);
 * again.text();   // the text
 * again.log();    // takes the next event
 * }</pre>
 *
 * <p><b>Thread safety.</b> Confined to one thread at a time, as its log is.
 *
 * <p><b>Failure.</b> A checksum finds bytes that were changed or cut off: {@link
 * UnreadableTextException}.
 *
 * <p><b>Cost.</b> Linear in the log's runs of typing and deleting and in all that was ever
 * inserted; what is stored is compressed.
 *
 * @param log the edits
 * @param text the text in which they are merged
 * @since 0.1
 */
public record StoredText(TextLog log, Text text) {

  /** How many bytes {@link #decode(byte[])} takes at most, not compressed: 256 MiB. */
  public static final int STANDARD_LIMIT = 1 << 28;

  /**
   * Puts a log and its text together.
   *
   * @param log the edits
   * @param text the text in which they are merged
   * @throws IllegalArgumentException if the text is longer or shorter than that of the log
   */
  public StoredText {
    Objects.requireNonNull(log);
    if (text.length() != log.length()) {
      throw new IllegalArgumentException(
          "The text has %d code points, but that of the log has %d; give the text in which all its events are merged."
              .formatted(text.length(), log.length()));
    }
  }

  /**
   * Returns the stored form.
   *
   * @return new bytes
   */
  public byte[] encode() {
    return StoredTextForm.encode(this);
  }

  /**
   * Reads the stored form, of at most {@link #STANDARD_LIMIT} bytes.
   *
   * @param bytes what {@link #encode} returned
   * @return the log and the text
   * @throws UnreadableTextException if they are anything else
   */
  public static StoredText decode(byte[] bytes) {
    return decode(bytes, STANDARD_LIMIT);
  }

  /**
   * Reads the stored form.
   *
   * @param bytes what {@link #encode} returned
   * @param limit how many bytes they may have at most when they are not compressed
   * @return the log and the text
   * @throws UnreadableTextException if they are anything else
   */
  public static StoredText decode(byte[] bytes, int limit) {
    return StoredTextForm.decode(bytes, limit);
  }
}
