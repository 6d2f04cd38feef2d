package io.stateward.persist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One record as a file: its name is a digest of the key, and the body is the key and the content.
 *
 * <p>A digest and not the key itself: file systems limit names to 255 bytes, and some take upper
 * and lower case, or two spellings of an accent, for the same.
 *
 * <p>Thread safety: immutable.
 */
final class RecordFile {

  static final String SUFFIX = ".rec";
  private static final int SCHEMA = 1;

  private RecordFile() {}

  static String nameOf(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(RecordKeys.bytes(key));
      return HexFormat.of().formatHex(digest, 0, 20) + SUFFIX;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  static boolean isName(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(SUFFIX);
  }

  static void save(CheckedFile file, StoredRecord record, Instant at) throws IOException {
    byte[] key = RecordKeys.bytes(record.key());
    byte[] start =
        ByteBuffer.allocate(Integer.BYTES + key.length).putInt(key.length).put(key).array();
    file.save(false, SCHEMA, record.version(), at, start, record.bytes());
  }

  static StoredRecord read(CheckedFile file) throws IOException, CheckedFile.DamagedException {
    CheckedFile.Content content = file.read(file.file());
    if (content.schema > SCHEMA) {
      throw new NewerSchemaException("format of the records", content.schema, SCHEMA);
    }
    ByteBuffer body = ByteBuffer.wrap(content.body);
    int length = body.remaining() < Integer.BYTES ? -1 : body.getInt();
    if (length < 1 || length > body.remaining()) {
      throw new CheckedFile.DamagedException("it has no key");
    }
    int start = Integer.BYTES + length;
    String key = new String(content.body, Integer.BYTES, length, StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOfRange(content.body, start, content.body.length);
    return new StoredRecord(key, content.sequence, bytes);
  }
}
