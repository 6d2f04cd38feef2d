package io.stateward.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules that every {@link Codec} obeys. To check one, extend this class.
 *
 * <pre>{@code
 * final class UserCodecTest extends CodecContract<User> {
 *   @Override protected Codec<User> createCodec() { return Jackson.codec(User.class); }
 *   @Override protected List<User> values() { return List.of(new User("Ada"), new User("")); }
 *   @Override protected List<byte[]> malformed() { return List.of("[]".getBytes(UTF_8)); }
 * }
 * }</pre>
 *
 * @param <T> the type of the values
 * @since 0.1
 */
@DisplayName("A codec")
public abstract class CodecContract<T> {

  private static final int LONGEST_MESSAGE = 1_000;
  private static final int THREADS = 4;

  /** For subclasses. */
  protected CodecContract() {}

  /**
   * Returns the codec under test, made anew.
   *
   * @return the codec
   */
  protected abstract Codec<T> createCodec();

  /**
   * Returns values that the codec has to carry.
   *
   * @return at least two values, no two of them equal
   */
  protected abstract List<T> values();

  /**
   * Returns bytes that are not of the schema.
   *
   * @return at least one array, or none if all bytes are of the schema
   */
  protected abstract List<byte[]> malformed();

  /**
   * Tells whether the start of a value's bytes is never the whole of another value's.
   *
   * @return false for text, for example
   */
  protected boolean detectsTruncation() {
    return true;
  }

  @Test
  @DisplayName("1.1 decodes what it encoded to an equal value")
  void rule1_1_whatIsEncodedComesBack() {
    Codec<T> codec = createCodec();

    for (T value : values()) {
      assertEqual(codec.decode(codec.encode(value)), value);
    }
  }

  @Test
  @DisplayName("1.2 gives bytes away: who changes them changes no others")
  void rule1_2_encodedBytesBelongToTheCaller() {
    Codec<T> codec = createCodec();

    for (T value : values()) {
      Arrays.fill(codec.encode(value), (byte) 'x');

      assertEqual(codec.decode(codec.encode(value)), value);
    }
  }

  @Test
  @DisplayName("1.3 only reads the bytes it decodes, and does not keep them")
  void rule1_3_decodedBytesAreNeitherChangedNorKept() {
    Codec<T> codec = createCodec();

    for (T value : values()) {
      byte[] bytes = codec.encode(value);
      byte[] before = bytes.clone();
      T decoded = codec.decode(bytes);
      assertThat(bytes).isEqualTo(before);
      Arrays.fill(bytes, (byte) 'x');

      assertEqual(decoded, value);
    }
  }

  @Test
  @DisplayName("1.4 reads what another codec of its schema wrote")
  void rule1_4_codecsOfOneSchemaReadEachOther() {
    Codec<T> writer = createCodec();
    Codec<T> reader = createCodec();

    assertThat(reader.schema()).isEqualTo(writer.schema());
    for (T value : values()) {
      assertEqual(reader.decode(writer.encode(value)), value);
    }
  }

  @Test
  @DisplayName("1.5 refuses to encode null")
  @SuppressWarnings("NullAway") // on purpose
  void rule1_5_nullIsNotEncoded() {
    assertThatThrownBy(() -> createCodec().encode(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  @DisplayName("2.1 refuses bytes that are not of its schema")
  void rule2_1_malformedBytesAreRefused() {
    Codec<T> codec = createCodec();

    for (byte[] bytes : malformed()) {
      assertThatThrownBy(() -> codec.decode(bytes))
          .as("%s", shown(bytes))
          .isInstanceOf(CodecException.class);
    }
  }

  @Test
  @DisplayName("2.2 answers any bytes with a value or a CodecException, nothing else")
  void rule2_2_damagedBytesGiveAValueOrARefusal() {
    Codec<T> codec = createCodec();

    for (byte[] bytes : damaged(codec)) {
      Throwable thrown = catchThrowable(() -> assertThat((Object) codec.decode(bytes)).isNotNull());
      assertThat(thrown == null || thrown instanceof CodecException)
          .as("%s gave %s", shown(bytes), thrown)
          .isTrue();
    }
  }

  @Test
  @DisplayName("2.3 never returns half a value: what it accepts, it can write and read again")
  void rule2_3_whatIsAcceptedIsWhole() {
    Codec<T> codec = createCodec();

    for (byte[] bytes : damaged(codec)) {
      T value = decodedOrNull(codec, bytes);
      if (value != null) {
        assertEqual(codec.decode(codec.encode(value)), value);
      }
    }
  }

  @Test
  @DisplayName("2.4 notices that the end is missing")
  void rule2_4_truncatedBytesAreRefused() {
    assumeTrue(detectsTruncation());
    Codec<T> codec = createCodec();

    for (T value : values()) {
      byte[] bytes = codec.encode(value);
      for (int length = 0; length < bytes.length; length++) {
        byte[] start = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> codec.decode(start))
            .as("%s", shown(start))
            .isInstanceOf(CodecException.class);
      }
    }
  }

  @Test
  @DisplayName("2.5 says which schema refused, in a short message")
  void rule2_5_refusalsNameTheSchemaAndStayShort() {
    Codec<T> codec = createCodec();
    List<byte[]> refused = new ArrayList<>(malformed());
    malformed().stream().map(CodecContract::repeated).forEach(refused::add);

    for (byte[] bytes : refused) {
      Throwable thrown = catchThrowable(() -> codec.decode(bytes));
      if (thrown instanceof CodecException refusal) {
        assertThat(refusal.schema()).isEqualTo(codec.schema());
        assertThat(refusal).hasMessageContaining("'" + codec.schema() + "'");
        assertThat(String.valueOf(refusal.getMessage())).hasSizeLessThan(LONGEST_MESSAGE);
      }
    }
  }

  @Test
  @DisplayName("3.1 has a schema that is one line and stays the same")
  void rule3_1_schemaIsOneLineAndStable() {
    Codec<T> codec = createCodec();
    String schema = codec.schema();
    values().forEach(codec::encode);

    assertThat(schema).isNotBlank().doesNotContain("\n", "\r");
    assertThat(codec.schema()).isEqualTo(schema);
    assertThat(createCodec().schema()).isEqualTo(schema);
  }

  @Test
  @DisplayName("3.2 is a codec still when values are converted, under the schema of that form")
  void rule3_2_mappedCodecsObeyToo() {
    Codec<List<T>> lists = createCodec().map("list/1", List::of, list -> list.get(0));

    assertThat(lists.schema()).isEqualTo("list/1");
    for (T value : values()) {
      assertEqual(lists.decode(lists.encode(List.of(value))).get(0), value);
    }
    for (byte[] bytes : malformed()) {
      assertThatThrownBy(() -> lists.decode(bytes)).isInstanceOf(CodecException.class);
    }
  }

  @Test
  @DisplayName("4.1 serves many threads at once")
  void rule4_1_threadsDoNotDisturbEachOther() throws Exception {
    Codec<T> codec = createCodec();
    CountDownLatch start = new CountDownLatch(THREADS);
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        T own = values().get(thread % values().size());
        all.add(executor.submit(roundTrips(codec, own, start)));
      }
      for (Future<?> one : all) {
        one.get(30, TimeUnit.SECONDS);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private Callable<Boolean> roundTrips(Codec<T> codec, T value, CountDownLatch start) {
    return () -> {
      start.countDown();
      start.await();
      for (int i = 0; i < 500; i++) {
        assertEqual(codec.decode(codec.encode(value)), value);
      }
      return true;
    };
  }

  /** The bytes of all values, with each bit turned, cut after each byte, and with more behind. */
  private List<byte[]> damaged(Codec<T> codec) {
    List<byte[]> damaged = new ArrayList<>(malformed());
    for (T value : values()) {
      byte[] bytes = codec.encode(value);
      for (int i = 0; i < bytes.length; i++) {
        damaged.add(Arrays.copyOf(bytes, i));
        for (int bit = 0; bit < Byte.SIZE; bit++) {
          byte[] turned = bytes.clone();
          turned[i] ^= (byte) (1 << bit);
          damaged.add(turned);
        }
      }
      damaged.add(Arrays.copyOf(bytes, bytes.length + 1));
    }
    return damaged;
  }

  private static <T> T decodedOrNull(Codec<T> codec, byte[] bytes) {
    try {
      return codec.decode(bytes);
    } catch (RuntimeException e) {
      return null; // rule 2.2 says which
    }
  }

  private static byte[] repeated(byte[] bytes) {
    byte[] more = new byte[Math.max(1, bytes.length) * 10_000];
    for (int i = 0; i < more.length; i++) {
      more[i] = bytes.length == 0 ? (byte) 'x' : bytes[i % bytes.length];
    }
    return more;
  }

  private static void assertEqual(Object actual, Object expected) {
    assertThat(Objects.deepEquals(actual, expected)).as("%s equals %s", actual, expected).isTrue();
  }

  private static String shown(byte[] bytes) {
    return Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, 40)))
        + " ("
        + new String(bytes, 0, Math.min(bytes.length, 40), StandardCharsets.ISO_8859_1)
        + ")";
  }
}
