package io.stateward.persist;

import java.util.Arrays;

/**
 * A record of a {@link RecordStore}, as it was at one moment.
 *
 * <p><b>Thread safety.</b> Immutable, unless somebody changes the bytes.
 *
 * @param key its key
 * @param version its version
 * @param bytes its content
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content, below
public record StoredRecord(String key, long version, byte[] bytes) {

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredRecord record
        && version == record.version
        && key.equals(record.key)
        && Arrays.equals(bytes, record.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * key.hashCode() + Long.hashCode(version)) + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "StoredRecord[key=%s, version=%d, %d bytes]".formatted(key, version, bytes.length);
  }
}
