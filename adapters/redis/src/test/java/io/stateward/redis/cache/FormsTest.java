package io.stateward.redis.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.spi.Backplane.Message;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What is written is read again, and what was not written is never taken for it. */
final class FormsTest {

  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @Property(seed = "5", tries = 100)
  void entries_areReadAsTheyWereWritten(
      @ForAll byte[] value,
      @ForAll boolean none,
      @ForAll @Size(max = 4) Set<String> tags,
      @ForAll("validators") String validator,
      @ForAll @LongRange(min = 0) long number,
      @ForAll @LongRange(min = 0, max = 1L << 38) long fresh,
      @ForAll @LongRange(min = 1, max = 1L << 38) long stale) {
    Set<String> readable =
        Set.of(tags.stream().map(FormsTest::readable).distinct().toArray(String[]::new));
    LayerEntry entry =
        new LayerEntry(
            TOKEN,
            none ? null : value,
            readable,
            new Head(number, number / 2),
            new Head(number / 3, number / 4),
            validator.isEmpty() ? null : validator,
            number,
            Duration.ofMillis(fresh / 2),
            Duration.ofMillis(fresh),
            Duration.ofMillis(fresh + stale));

    LayerEntry read = EntryForm.decoded(EntryForm.encoded(entry), fresh + stale);

    assertThat(read).usingRecursiveComparison().isEqualTo(entry);
  }

  /** Without what UTF-8 cannot say: halves of surrogate pairs. */
  private static String readable(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  @Provide
  Arbitrary<String> validators() {
    return Arbitraries.strings().alpha().ofMaxLength(5);
  }

  @Property(seed = "6", tries = 300)
  void entries_thatAreCutOrChanged_areAnEntryOrGarbled(
      @ForAll byte[] noise, @ForAll @LongRange(min = 0, max = 200) long at) {
    Head head = new Head(1, 2);
    byte[] bytes =
        EntryForm.encoded(
            new LayerEntry(
                TOKEN,
                noise,
                Set.of("x"),
                head,
                head,
                "e",
                0,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO));
    byte[] changed = bytes.clone();
    changed[(int) (at % changed.length)] ^= 0x55;

    for (byte[] garbage : new byte[][] {noise, Arrays.copyOf(bytes, (int) at), changed}) {
      try {
        assertThat(EntryForm.decoded(garbage, 5)).isNotNull();
      } catch (EntryForm.GarbledException e) {
        assertThat(e).hasMessageContaining("What is kept as an entry");
      }
    }
  }

  @Property(seed = "9", tries = 300)
  void heads_areReadAsScriptsWriteThem(
      @ForAll long epoch,
      @ForAll @LongRange(min = 0, max = 999_999_999_999_999L) long number,
      @ForAll("forms") String form,
      @ForAll("forms") String other) {
    byte[] meta =
        "%s %d %s 0 12 %s"
            .formatted(EntryForm.hex(epoch), number, "a1".repeat(20), form)
            .getBytes(UTF_8);

    assertThat(HeadForm.decoded(meta, form.getBytes(UTF_8))).isEqualTo(new Head(epoch, number));
    assertThat(HeadForm.decoded(meta, other.getBytes(UTF_8)) == null)
        .isEqualTo(!form.equals(other));
    byte[] unspaced = meta.clone();
    unspaced[16] = 'a';
    assertThat(HeadForm.decoded(unspaced, form.getBytes(UTF_8))).isNull();
  }

  @Property(seed = "10", tries = 300)
  void heads_thatAreCutOrNoise_areNone(
      @ForAll byte[] noise, @ForAll @LongRange(min = 0, max = 40) long at) {
    byte[] form = "16:text-1".getBytes(UTF_8);
    byte[] meta = "0123456789abcdef 12345 history 0 12 16:text-1".getBytes(UTF_8);

    assertThat(HeadForm.decoded(noise, form)).isNull();
    assertThat(HeadForm.decoded(Arrays.copyOf(meta, (int) at), form)).isNull();
    assertThat(HeadForm.decoded(null, form)).isNull();
  }

  @Provide
  Arbitrary<String> forms() {
    return Arbitraries.strings().withChars("1 :ab").ofMaxLength(3);
  }

  @Property(seed = "7", tries = 300)
  void messages_areReadAsTheyWereWritten(
      @ForAll("names") String name, @ForAll @LongRange(min = 0) long number, @ForAll int bucket) {
    for (Invalidation what :
        new Invalidation[] {
          new Invalidation.Key(name, number),
          new Invalidation.Tag(name),
          new Invalidation.Prefix(name),
          new Invalidation.All()
        }) {
      Message message = new Message(bucket, new Head(number, number / 2), what);

      assertThat(MessageForm.decoded(MessageForm.encoded(message))).isEqualTo(message);
      assertThat(MessageForm.pinged(MessageForm.encoded(message))).isNull();
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().ofMinLength(1).ofMaxLength(20).map(FormsTest::readable);
  }

  @Property(seed = "8", tries = 500)
  void messages_ofNoise_areNone(@ForAll byte[] noise) {
    Message message = MessageForm.decoded(noise);

    assertThat(message == null || noise[0] == '1').isTrue();
    @Nullable String sender = MessageForm.pinged(MessageForm.ping("me"));
    assertThat(sender).isEqualTo("me");
    assertThat(MessageForm.decoded(MessageForm.ping("somebody-with-a-name-that-is-long"))).isNull();
  }
}
