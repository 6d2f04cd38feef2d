package io.stateward.persist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file that is replaced as a whole, and that says of itself whether it is whole.
 *
 * <p>It is a line of JSON and then the body: schema, length of the body, sequence number, time, and
 * a checksum of all of it, the line included.
 *
 * <p>Thread safety: one thread at a time.
 */
final class CheckedFile {

  /*
   * Order of a save
   * ---------------
   *   1. name.tmp is written and forced              a crash leaves what was, and a .tmp to delete
   *   2. name is renamed to name.bak, if asked       a crash leaves the last good copy as .bak
   *   3. name.tmp is renamed to name                 a crash leaves one of both, each of them whole
   *   4. the folder is forced                        from here on the save is acknowledged
   *
   * A save that failed is begun anew with another .tmp: after a failed force the system may take pages
   * for clean that never reached the disk, so forcing the same file again would prove nothing.
   *
   * The checksum is taken over the line with zeros in its own place, then the body. A line has exactly
   * one form (it is read by rendering it again), so no bit of it can change unseen.
   */

  private static final String NO_CHECKSUM = "00000000";
  private static final int LONGEST_LINE = 200;
  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"sw\":(\\d{1,9}),\"schema\":(\\d{1,9}),\"len\":(\\d{1,10}),\"crc32c\":\"([0-9a-f]{8})\",\"seq\":(\\d{1,18}),\"savedAt\":\"([-+:.TZ0-9]+)\"}\n");

  private static final int FORMAT = 1;

  private final Disk disk;
  private final Path file;
  private final Path folder;

  CheckedFile(Disk disk, Path file) {
    this.disk = disk;
    this.file = file;
    this.folder = Objects.requireNonNull(file.getParent(), "a claimed file has a folder");
  }

  /** What a whole file holds. */
  static final class Content {
    final int schema;
    final long sequence;
    final Instant savedAt;
    final byte[] body;

    Content(int schema, long sequence, Instant savedAt, byte[] body) {
      this.schema = schema;
      this.sequence = sequence;
      this.savedAt = savedAt;
      this.body = body;
    }
  }

  /** Says why a file is not whole. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String problem) {
      super(problem);
    }
  }

  Path file() {
    return file;
  }

  Path backup() {
    return sibling(".bak");
  }

  Path sibling(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Replaces the file, and returns when that is durable. */
  void save(boolean keepBackup, int schema, long sequence, Instant savedAt, byte[]... parts)
      throws IOException {
    Path fresh = sibling(".tmp");
    byte[] line = line(schema, sequence, savedAt, parts);
    try (Disk.Output output = disk.create(fresh)) {
      output.write(line, 0, line.length);
      for (byte[] part : parts) {
        output.write(part, 0, part.length);
      }
      output.force();
    }
    if (keepBackup && disk.exists(file)) {
      disk.replace(file, backup());
    }
    disk.replace(fresh, file);
    disk.force(folder);
  }

  private static byte[] line(int schema, long sequence, Instant savedAt, byte[]... parts) {
    long length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    String unsigned = line(FORMAT, schema, length, NO_CHECKSUM, sequence, savedAt);
    String checksum = checksum(unsigned, parts);
    return line(FORMAT, schema, length, checksum, sequence, savedAt)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String line(
      int format, int schema, long length, String checksum, long sequence, Instant savedAt) {
    return "{\"sw\":"
        + format
        + ",\"schema\":"
        + schema
        + ",\"len\":"
        + length
        + ",\"crc32c\":\""
        + checksum
        + "\",\"seq\":"
        + sequence
        + ",\"savedAt\":\""
        + savedAt
        + "\"}\n";
  }

  private static String checksum(String unsigned, byte[]... parts) {
    CRC32C crc = new CRC32C();
    crc.update(unsigned.getBytes(StandardCharsets.US_ASCII));
    for (byte[] part : parts) {
      crc.update(part);
    }
    return hex(crc);
  }

  private static String hex(CRC32C crc) {
    String digits = Long.toHexString(crc.getValue());
    return NO_CHECKSUM.substring(digits.length()) + digits;
  }

  /** Reads the file, or its backup. */
  Content read(Path which) throws IOException, DamagedException {
    return parse(bytes(which));
  }

  byte[] bytes(Path which) throws IOException {
    long size = disk.size(which);
    if (size > Integer.MAX_VALUE - 8) {
      throw new IOException("it has %d bytes, more than fit into an array".formatted(size));
    }
    return disk.read(which, 0, (int) size);
  }

  private static Content parse(byte[] bytes) throws DamagedException {
    int start = startOfBody(bytes);
    Matcher parts = LINE.matcher(new String(bytes, 0, start, StandardCharsets.ISO_8859_1));
    if (!parts.matches()) {
      throw new DamagedException("its first line is not a header");
    }
    int format = Integer.parseInt(parts.group(1));
    int schema = Integer.parseInt(parts.group(2));
    long length = Long.parseLong(parts.group(3));
    long sequence = Long.parseLong(parts.group(5));
    Instant savedAt = instant(parts.group(6));
    if (length != bytes.length - start) {
      throw new DamagedException(
          "its body has %d bytes instead of %d".formatted(bytes.length - start, length));
    }
    String unsigned = line(format, schema, length, NO_CHECKSUM, sequence, savedAt);
    CRC32C crc = new CRC32C();
    crc.update(unsigned.getBytes(StandardCharsets.US_ASCII));
    crc.update(bytes, start, bytes.length - start);
    boolean rendersTheSame =
        Arrays.equals(
            line(format, schema, length, hex(crc), sequence, savedAt)
                .getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(bytes, start));
    if (!rendersTheSame) {
      throw new DamagedException("its checksum is not that of its content");
    }
    if (format != FORMAT) {
      throw new NewerSchemaException("file format", format, FORMAT);
    }
    return new Content(schema, sequence, savedAt, Arrays.copyOfRange(bytes, start, bytes.length));
  }

  private static int startOfBody(byte[] bytes) throws DamagedException {
    for (int i = 0; i < Math.min(bytes.length, LONGEST_LINE); i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    throw new DamagedException(
        bytes.length == 0
            ? "it is empty"
            : "it has no header line, but %d bytes".formatted(bytes.length));
  }

  private static Instant instant(String text) throws DamagedException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new DamagedException("its time '" + text + "' is none");
    }
  }

  /** Renames a file to a name that nobody has, and returns it. */
  Path setAside(Path which, String suffix) throws IOException {
    Path aside = unused(disk, which, suffix);
    disk.replace(which, aside);
    disk.force(folder);
    return aside;
  }

  /** Copies bytes to a name that nobody has, durably. Returns a copy that is there already. */
  Path copyAside(byte[] bytes, String suffix) throws IOException {
    Path known = sibling(suffix);
    if (disk.exists(known) && Arrays.equals(bytes(known), bytes)) {
      return known;
    }
    return copyAside(disk, file, bytes, suffix);
  }

  static Path copyAside(Disk disk, Path file, byte[] bytes, String suffix) throws IOException {
    Path aside = unused(disk, file, suffix);
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    try (Disk.Output output = disk.create(fresh)) {
      output.write(bytes, 0, bytes.length);
      output.force();
    }
    disk.replace(fresh, aside);
    disk.force(Objects.requireNonNull(file.getParent(), "folder"));
    return aside;
  }

  static Path unused(Disk disk, Path file, String suffix) throws IOException {
    Path candidate = file.resolveSibling(file.getFileName() + suffix);
    for (int number = 2; disk.exists(candidate); number++) {
      candidate = file.resolveSibling(file.getFileName() + suffix + "-" + number);
    }
    return candidate;
  }

  /** Returns the content, or null when there is no such file. */
  @Nullable Content readIfThere(Path which) throws IOException, DamagedException {
    return disk.exists(which) ? read(which) : null;
  }
}
