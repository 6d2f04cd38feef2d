package io.stateward.redis.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.LayerEntry;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry as bytes.
 *
 * <pre>
 *   '1'  token, 32 characters  epoch, 16 hex digits  number, 16 hex digits      scripts read these
 *   wide epoch  wide number  version  age  fresh  kept                          longs, ms
 *   flags: 1 there is a value, 2 there is a validator
 *   number of tags, and each as its length and UTF-8; the validator likewise; the value
 * </pre>
 */
final class EntryForm {

  static final int TOKEN = 32;
  static final int START = 1 + TOKEN + 16; // up to the number
  private static final int NUMBERS = 6 * Long.BYTES;

  private EntryForm() {}

  /** Says that bytes are not those of an entry. */
  static final class GarbledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GarbledException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  static byte[] encoded(LayerEntry entry) {
    List<byte[]> texts = new ArrayList<>();
    entry.tags().forEach(tag -> texts.add(tag.getBytes(UTF_8)));
    if (entry.validator() != null) {
      texts.add(entry.validator().getBytes(UTF_8));
    }
    byte[] value = entry.value() == null ? new byte[0] : entry.value();
    int length = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
    ByteBuffer bytes =
        ByteBuffer.allocate(START + 16 + NUMBERS + 1 + Integer.BYTES + length + value.length);
    String start = '1' + entry.token() + hex(entry.head().epoch()) + hex(entry.head().sequence());
    bytes.put(start.getBytes(US_ASCII));
    putNumbers(bytes, entry);
    bytes.put((byte) ((entry.value() == null ? 0 : 1) + (entry.validator() == null ? 0 : 2)));
    bytes.putInt(entry.tags().size());
    texts.forEach(text -> bytes.putInt(text.length).put(text));
    return bytes.put(value).array();
  }

  private static void putNumbers(ByteBuffer bytes, LayerEntry entry) {
    bytes
        .putLong(entry.wide().epoch())
        .putLong(entry.wide().sequence())
        .putLong(entry.version())
        .putLong(millis(entry.age()))
        .putLong(millis(entry.fresh()))
        .putLong(millis(entry.kept()));
  }

  /**
   * Decodes an entry.
   *
   * @param bytes what is there
   * @param left for how many milliseconds it is still kept
   * @throws GarbledException if they are not those of an entry
   */
  static LayerEntry decoded(byte[] bytes, long left) {
    try {
      return decoded(ByteBuffer.wrap(bytes), left);
    } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
      throw new GarbledException("What is kept as an entry is none.", e);
    }
  }

  @SuppressWarnings("NullAway") // the value is nullable, which is not seen of an array of a module
  private static LayerEntry decoded(ByteBuffer bytes, long left) {
    String start = string(bytes, START + 16, ISO_8859_1); // as long as its bytes, whatever they are
    if (start.charAt(0) != '1') {
      throw new GarbledException("What is kept as an entry is of another version.", null);
    }
    Head head = new Head(number(start.substring(1 + TOKEN, START)), number(start.substring(START)));
    Head wide = new Head(bytes.getLong(), bytes.getLong());
    long version = bytes.getLong();
    long age = bytes.getLong();
    long fresh = bytes.getLong();
    long passed = Math.max(0, bytes.getLong() - left);
    int flags = bytes.get();
    Set<String> tags = tags(bytes);
    String validator = (flags & 2) == 0 ? null : string(bytes, bytes.getInt());
    return new LayerEntry(
        start.substring(1, 1 + TOKEN),
        (flags & 1) == 0 ? null : rest(bytes),
        tags,
        head,
        wide,
        validator,
        version,
        Duration.ofMillis(age + passed),
        Duration.ofMillis(Math.min(left, Math.max(0, fresh - passed))),
        Duration.ofMillis(left));
  }

  private static Set<String> tags(ByteBuffer bytes) {
    Set<String> tags = new HashSet<>();
    for (int count = bytes.getInt(); count > 0; count--) {
      tags.add(string(bytes, bytes.getInt()));
    }
    return tags;
  }

  private static String string(ByteBuffer bytes, int length) {
    return string(bytes, length, UTF_8);
  }

  private static String string(ByteBuffer bytes, int length, Charset charset) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, charset);
  }

  private static byte[] rest(ByteBuffer bytes) {
    byte[] value = new byte[bytes.remaining()];
    bytes.get(value);
    return value;
  }

  static String hex(long number) {
    return java.util.HexFormat.of().toHexDigits(number);
  }

  static long number(String hex) {
    return Long.parseUnsignedLong(hex, 16);
  }

  /** Returns whole milliseconds, rounded up: what is not over is at least one. At most 35 years. */
  static long millis(Duration duration) {
    Duration most = Duration.ofMillis(1L << 40);
    return duration.compareTo(most) > 0 ? most.toMillis() : duration.plusNanos(999_999).toMillis();
  }
}
