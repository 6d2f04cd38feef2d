package io.stateward.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodecTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "line\nbreak", "Grüße \u2713", "\uD83D\uDE00"})
  void text_anyString_comesBack(String text) {
    assertThat(Codec.text().decode(Codec.text().encode(text))).isEqualTo(text);
    assertThat(Codec.text().encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void text_malformedBytes_areRefusedBySchema() {
    byte[] overlong = {(byte) 0xC0, (byte) 0x80};

    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> Codec.text().decode(overlong))
        .withMessageContaining("schema 'text'")
        .withMessageContaining("2 bytes were refused (not UTF-8)")
        .satisfies(e -> assertThat(e.schema()).isEqualTo("text"));
  }

  @Test
  void text_unpairedSurrogate_isRefusedAndNotReplaced() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codec.text().encode("a\uD83D"))
        .withMessageContaining("length 2")
        .withMessageContaining("unpaired surrogate");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  void int64_anyNumber_comesBackAsEightBytes(long number) {
    byte[] bytes = Codec.int64().encode(number);

    assertThat(bytes).hasSize(8);
    assertThat(Codec.int64().decode(bytes)).isEqualTo(number);
  }

  @Test
  void int64_encode_putsTheMostSignificantByteFirst() {
    assertThat(Codec.int64().encode(258L)).containsExactly(0, 0, 0, 0, 0, 0, 1, 2);
  }

  @Test
  void int64_wrongLength_isRefused() {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> Codec.int64().decode(new byte[3]))
        .withMessageContaining("schema 'int64'")
        .withMessageContaining("3 bytes were refused");
  }

  @Test
  void bytes_bothWays_areCopied() {
    byte[] mine = {1, 2, 3};

    byte[] encoded = Codec.bytes().encode(mine);
    byte[] decoded = Codec.bytes().decode(encoded);
    mine[0] = 9;
    encoded[1] = 9;

    assertThat(decoded).containsExactly(1, 2, 3);
  }

  @Test
  void map_decoderThatThrows_isACodecExceptionWithTheCause() {
    Codec<Integer> numbers =
        Codec.text().map("number/1", Integer::valueOf, n -> Integer.toString(n));

    assertThat(numbers.schema()).isEqualTo("number/1");
    assertThat(numbers.decode(numbers.encode(42))).isEqualTo(42);
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> numbers.decode(Codec.text().encode("forty")))
        .withMessageContaining("schema 'number/1'")
        .withMessageContaining("forty")
        .withCauseInstanceOf(NumberFormatException.class);
  }

  @Test
  void map_ofMap_namesTheSchemaThatRefused() {
    Codec<Long> seconds = Codec.int64().map("seconds", n -> n, n -> n);

    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> seconds.decode(new byte[1]))
        .withMessageContaining("int64");
  }

  @Test
  void of_twoFunctions_roundTrips() {
    Codec<String> latin =
        Codec.of(
            "latin",
            text -> text.getBytes(StandardCharsets.ISO_8859_1),
            bytes -> new String(bytes, StandardCharsets.ISO_8859_1));

    assertThat(latin.decode(latin.encode("né"))).isEqualTo("né");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "two\nlines"})
  void map_schemaThatIsNoLine_isRefused(String schema) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codec.text().map(schema, text -> text, text -> text))
        .withMessageContaining("one non-empty line");
  }
}
