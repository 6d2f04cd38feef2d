package io.stateward.history;

import io.stateward.codec.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a saved history: big-endian, and checked as a whole before anything is decoded.
 *
 * <pre>
 * magic       4  "SWH1"
 * schema      length in 4, UTF-8   of the states
 * present     4
 * steps       4  how many
 * base        length in 4, bytes
 * each step   1  whether it has a name;  name: length in 4, UTF-8;  state: length in 4, bytes
 * checksum    4  CRC-32C of everything before
 * </pre>
 */
final class SavedHistoryForm<S> {

  private static final int MAGIC = 0x53574831;

  private final Codec<S> states;
  private final int mostSteps;

  private SavedHistoryForm(Codec<S> states, int mostSteps) {
    this.states = states;
    this.mostSteps = mostSteps;
  }

  static <S> Codec<SavedHistory<S>> codec(Codec<S> states, int mostSteps) {
    if (mostSteps < 1) {
      throw new IllegalArgumentException(
          "A saved history holds up to 1 step or more, not up to %d.".formatted(mostSteps));
    }
    var form = new SavedHistoryForm<>(states, mostSteps);
    return Codec.of("history/1 of " + states.schema(), form::encode, form::decode);
  }

  private byte[] encode(SavedHistory<S> history) {
    checkCount(history.steps().size());
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      writeText(out, states.schema());
      out.writeInt(history.present());
      out.writeInt(history.steps().size());
      writeBlock(out, states.encode(history.base()));
      for (SavedHistory.Step<S> step : history.steps()) {
        writeName(out, step.name());
        writeBlock(out, states.encode(step.state()));
      }
      out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot fail to be written.", e);
    }
    return bytes.toByteArray();
  }

  private SavedHistory<S> decode(byte[] bytes) {
    checkWhole(bytes);
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes, 4, bytes.length - 8))) {
      checkSchema(readText(in));
      int present = in.readInt();
      int count = in.readInt();
      checkCount(count);
      S base = states.decode(readBlock(in));
      List<SavedHistory.Step<S>> steps = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        steps.add(new SavedHistory.Step<>(readName(in), states.decode(readBlock(in))));
      }
      if (in.available() > 0) {
        throw new IllegalArgumentException(in.available() + " bytes follow the last step");
      }
      return new SavedHistory<>(base, steps, present);
    } catch (IOException e) {
      throw new IllegalArgumentException("it ends in the middle of a step", e);
    }
  }

  private static void checkWhole(byte[] bytes) {
    if (bytes.length < 12 || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
      throw new IllegalArgumentException("it does not start as a saved history does");
    }
    int end = bytes.length - Integer.BYTES;
    if (ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
      throw new IllegalArgumentException("its checksum is wrong, so it was cut off or altered");
    }
  }

  private void checkSchema(String found) {
    if (!found.equals(states.schema())) {
      throw new IllegalArgumentException(
          "its states have schema '%s', and those of this history have '%s'; migrate them, or drop it"
              .formatted(found, states.schema()));
    }
  }

  private void checkCount(int steps) {
    if (steps < 0 || steps > mostSteps) {
      throw new IllegalArgumentException(
          "it has %d steps, and up to %d are allowed; allow more where the codec is made"
              .formatted(steps, mostSteps));
    }
  }

  private static int checksum(byte[] bytes, int length) {
    var checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  private static void writeName(DataOutputStream out, @Nullable String name) throws IOException {
    out.writeBoolean(name != null);
    if (name != null) {
      writeText(out, name);
    }
  }

  private static @Nullable String readName(DataInputStream in) throws IOException {
    return in.readBoolean() ? readText(in) : null;
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    writeBlock(out, Codec.text().encode(text));
  }

  private static String readText(DataInputStream in) throws IOException {
    return Codec.text().decode(readBlock(in));
  }

  private static void writeBlock(DataOutputStream out, byte[] block) throws IOException {
    out.writeInt(block.length);
    out.write(block);
  }

  private static byte[] readBlock(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) { // before memory is taken for it
      throw new IllegalArgumentException("a part is said to have %d bytes".formatted(length));
    }
    return in.readNBytes(length);
  }
}
