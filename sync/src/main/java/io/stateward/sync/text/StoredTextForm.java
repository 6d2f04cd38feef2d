package io.stateward.sync.text;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The bytes of a {@link StoredText}: the letters {@code SWTX}, the version of the form, how many
 * bytes the content has, the content compressed with DEFLATE, and a checksum (CRC32C) of all before
 * it. The content is the log in columns, then the text.
 */
final class StoredTextForm {

  private static final byte[] MAGIC = {'S', 'W', 'T', 'X'};
  private static final int VERSION = 1;
  private static final int CHECKSUM = 4; // bytes
  private static final int MOST_DENSE = 1032; // bytes that DEFLATE can make of one

  private StoredTextForm() {}

  static byte[] encode(StoredText stored) {
    var content = new FormWriter();
    StoredLogForm.write(stored.log().store(), content);
    content.text(stored.text().toString());
    byte[] plain = content.toBytes();
    var form = new FormWriter();
    form.raw(MAGIC, MAGIC.length);
    form.number(VERSION);
    form.number(plain.length);
    deflate(plain, form);
    byte[] checked = form.toBytes();
    form.raw(
        ByteBuffer.allocate(CHECKSUM).putInt(checksum(checked, checked.length)).array(), CHECKSUM);
    return form.toBytes();
  }

  static StoredText decode(byte[] bytes, int limit) {
    int end = bytes.length - CHECKSUM;
    FormReader.require(
        end > MAGIC.length && Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length)),
        "these bytes do not begin as one");
    FormReader.require(
        checksum(bytes, end) == ByteBuffer.wrap(bytes).getInt(end),
        "its checksum does not match, so it is damaged; take another copy");
    var form = new FormReader(bytes, MAGIC.length);
    int version = form.number(0, Integer.MAX_VALUE, "version");
    FormReader.requireEqual(version, VERSION, "the version of its form");
    int length = form.number(0, limit, "its size in bytes");
    var content = new FormReader(inflate(bytes, form.at(), end, length), 0);
    EventStore store = StoredLogForm.read(content);
    Text text = Text.of(content.text("the text"));
    FormReader.require(content.isAtEnd(), "there is more after its end");
    FormReader.requireEqual(text.length(), store.length, "the length of the text");
    return new StoredText(new TextLog(store), text);
  }

  private static int checksum(byte[] bytes, int end) {
    var crc = new CRC32C();
    crc.update(bytes, 0, end);
    return (int) crc.getValue();
  }

  private static void deflate(byte[] plain, FormWriter target) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(plain);
      deflater.finish();
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        target.raw(buffer, deflater.deflate(buffer));
      }
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflate(byte[] bytes, int from, int end, int length) {
    FormReader.require(
        length <= (long) (end - from) * MOST_DENSE, "it cannot have as many bytes as it says");
    var inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, from, end - from);
      byte[] plain = new byte[length];
      int read = inflater.inflate(plain);
      FormReader.require(
          read == length
              && inflater.inflate(new byte[1]) == 0
              && inflater.finished()
              && inflater.getRemaining() == 0,
          "it has more or fewer bytes than it says");
      return plain;
    } catch (DataFormatException e) {
      throw new UnreadableTextException("its content is not compressed as it should be.");
    } finally {
      inflater.end();
    }
  }
}
