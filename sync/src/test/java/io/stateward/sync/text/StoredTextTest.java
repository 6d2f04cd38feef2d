package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class StoredTextTest {

  private static StoredText stored(List<RandomHistory.Event> events) {
    return new StoredText(Logs.log(events), Text.of(Logs.text(events)));
  }

  @Test
  void decode_whatWasEncoded_goesOnAsBefore() {
    for (int seed = 0; seed < 150; seed++) {
      List<RandomHistory.Event> events = RandomHistory.of(seed);
      int middle = new Random(seed).nextInt(events.size());
      StoredText before = stored(events.subList(0, middle));

      StoredText again = StoredText.decode(before.encode());

      assertThat(again.text()).isEqualTo(before.text());
      assertThat(again.encode()).isEqualTo(before.encode());
      assertSame(again.log(), before.log());
      for (RandomHistory.Event event : events.subList(middle, events.size())) {
        assertThat(again.log().add(event.agent(), event.parents(), event.operation()))
            .as("seed %d", seed)
            .isEqualTo(before.log().add(event.agent(), event.parents(), event.operation()));
      }
    }
  }

  private static void assertSame(TextLog one, TextLog other) {
    assertThat(one.version()).isEqualTo(other.version());
    for (int i = 0; i < other.size(); i++) {
      assertThat(one.agent(i)).isEqualTo(other.agent(i));
      assertThat(one.parents(i)).isEqualTo(other.parents(i));
      assertThat(one.operation(i)).isEqualTo(other.operation(i));
      assertThat(one.versionAt(i)).isEqualTo(other.versionAt(i));
      assertThat(one.criticalBefore(i)).isEqualTo(other.criticalBefore(i));
    }
  }

  @Test
  void decode_trimmedLog_keepsItsStart() {
    TextLog log = TextLog.startingAt(7, 5);
    log.add("ada", new int[] {6}, TextDelta.insert(5, "!"));
    log.add("bob", new int[] {6}, TextDelta.delete(0, 2));

    TextLog again = StoredText.decode(new StoredText(log, Text.of("llo!")).encode()).log();

    assertThat(again.first()).isEqualTo(7);
    assertThat(again.version()).containsExactly(7, 8);
    assertThat(again.changeSince(new int[] {6}).apply("Hello")).isEqualTo("llo!");
  }

  @Test
  void new_textOfAnotherLength_isRefused() {
    assertThatThrownBy(() -> new StoredText(TextLog.create(), Text.of("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The text has 1 code points, but that of the log has 0");
  }

  @Test
  void decode_cutOff_isRefused() {
    byte[] bytes = stored(RandomHistory.of(3)).encode();

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> StoredText.decode(cut))
          .isInstanceOf(UnreadableTextException.class)
          .hasMessageStartingWith("Cannot read the stored text: ");
    }
  }

  @Test
  void decode_anyBitFlipped_isRefused() {
    byte[] bytes = stored(RandomHistory.of(5)).encode();

    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> StoredText.decode(flipped))
          .isInstanceOf(UnreadableTextException.class);
    }
  }

  @Test
  void decode_laterVersion_saysSo() {
    byte[] bytes = stored(RandomHistory.of(5)).encode();
    bytes[4] = 9;

    assertThatThrownBy(() -> StoredText.decode(withChecksum(bytes)))
        .isInstanceOf(UnreadableTextException.class)
        .hasMessage("Cannot read the stored text: the version of its form is 9 instead of 1.");
  }

  @Test
  void decode_moreThanTheLimit_isRefusedBeforeItIsRead() {
    byte[] bytes = stored(RandomHistory.of(5)).encode();

    assertThatThrownBy(() -> StoredText.decode(bytes, 100))
        .isInstanceOf(UnreadableTextException.class)
        .hasMessageContaining("which is not from 0 to 100");
  }

  @Test
  void decode_saysItIsHuge_isRefusedWithoutThatMuchMemory() {
    var form = new FormWriter();
    form.raw(new byte[] {'S', 'W', 'T', 'X'}, 4);
    form.number(1);
    form.number(1 << 28);
    form.number(0);
    form.raw(new byte[4], 4);

    assertThatThrownBy(() -> StoredText.decode(withChecksum(form.toBytes())))
        .isInstanceOf(UnreadableTextException.class)
        .hasMessageContaining("it cannot have as many bytes as it says");
  }

  /* Whoever can write a checksum can write anything: it is refused or is a log, never a crash. */
  @Test
  void readLog_anyByteChanged_isRefusedOrALog() {
    int refused = 0;
    for (int seed = 0; seed < 20; seed++) {
      var form = new FormWriter();
      StoredLogForm.write(stored(RandomHistory.of(seed)).log().store(), form);
      byte[] bytes = form.toBytes();
      Random random = new Random(seed);
      for (int i = 0; i < bytes.length; i++) {
        byte[] changed = bytes.clone();
        changed[i] = (byte) random.nextInt();
        try {
          EventStore store = StoredLogForm.read(new FormReader(changed, 0));
          assertThat(store.graph.size()).isGreaterThanOrEqualTo(store.graph.first());
        } catch (UnreadableTextException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  private static byte[] withChecksum(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
    return bytes;
  }
}
