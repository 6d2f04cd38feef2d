package io.stateward.persist;

import java.util.Arrays;

/**
 * A record of a {@link Journal}, and where it stands.
 *
 * <p><b>Thread safety.</b> Immutable, unless somebody changes the bytes.
 *
 * @param position its position
 * @param bytes what was appended
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content, below
public record JournalEntry(long position, byte[] bytes) {

  @Override
  public boolean equals(Object other) {
    return other instanceof JournalEntry entry
        && position == entry.position
        && Arrays.equals(bytes, entry.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(position) + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "JournalEntry[position=%d, %d bytes]".formatted(position, bytes.length);
  }
}
