package io.stateward.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The doubles are written as ECMAScript writes them. The system property {@code
 * stateward.numbers=1000000} (or 10000000) walks further along the published sequence.
 */
final class EcmaScriptNumberTest {

  private static final int NUMBERS = Integer.getInteger("stateward.numbers", 100_000);

  @ParameterizedTest(name = "{0} is {1}") // RFC 8785, appendix B
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2",
  })
  void write_samplesOfTheRfc_areWrittenAsItHasThem(String bits, String written) {
    double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

    assertThat(EcmaScriptNumber.write(number)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "2e23, 2e+23", // Double.toString of JDK 17 has 1.9999999999999998E23
    "8.41e21, 8.41e+21", // and 8.409999999999999E21
    "5.684341886080802e-14, 5.684341886080802e-14", // 2 to the -44: the closer neighbour is another
    "4.9E-324, 5e-324",
    "1e21, 1e+21",
    "123456789012345680000, 123456789012345680000",
    "-1.5, -1.5",
    "100, 100",
  })
  void write_hardCases_areShortest(double number, String written) {
    assertThat(EcmaScriptNumber.write(number)).isEqualTo(written);
  }

  @Test
  void write_theSequenceOfTheRfcsAuthor_hasThePublishedHash() throws GeneralSecurityException {
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    Sequence sequence = new Sequence();

    for (int i = 0; i < NUMBERS; i++) {
      double number = sequence.next();
      String bits = Long.toHexString(Double.doubleToRawLongBits(number));
      hash.update((bits + "," + EcmaScriptNumber.write(number) + "\n").getBytes(US_ASCII));
    }

    assertThat(HexFormat.of().formatHex(hash.digest())).isEqualTo(published(NUMBERS));
  }

  private static String published(int numbers) {
    return switch (numbers) {
      case 100_000 -> "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7";
      case 1_000_000 -> "49415fee2c56c77864931bd3624faad425c3c577d6d74e89a83bc725506dad16";
      case 10_000_000 -> "b9f8a44a91d46813b21b9602e72f112613c91408db0b8341fb94603d9db135e0";
      default -> throw new IllegalArgumentException("No hash is published for " + numbers);
    };
  }

  @Property(seed = "8785", tries = 20_000)
  void shortest_anyDouble_isReadBackAndHasNoShorterNeighbour(@ForAll long bits) {
    double number = Double.longBitsToDouble(bits);
    if (!Double.isFinite(number) || number == 0) {
      return;
    }

    BigDecimal shortest = EcmaScriptNumber.shortest(number);

    assertThat(Double.parseDouble(shortest.toString())).isEqualTo(number);
    assertThat(Double.parseDouble(EcmaScriptNumber.write(number))).isEqualTo(number);
    assertThat(shortest.precision()).isLessThanOrEqualTo(17);
    for (BigDecimal shorter : oneDigitLess(shortest)) {
      assertThat(Double.parseDouble(shorter.toString())).isNotEqualTo(number);
    }
  }

  @Property(seed = "19", tries = 20_000)
  void shortest_anyDouble_isWhatTheJdkPrintsSince19(@ForAll long bits) {
    double number = Double.longBitsToDouble(bits);
    if (Runtime.version().feature() < 19 || !Double.isFinite(number) || number == 0) {
      return; // before, Double.toString was not always shortest (JDK-4511638)
    }

    BigDecimal printed = new BigDecimal(Double.toString(number));

    // The JDK prefers two digits where one would do.
    if (printed.precision() > 2) {
      assertThat(EcmaScriptNumber.shortest(number)).isEqualByComparingTo(printed);
    }
  }

  private static List<BigDecimal> oneDigitLess(BigDecimal number) {
    if (number.precision() == 1) {
      return List.of();
    }
    BigDecimal step = BigDecimal.ONE.movePointLeft(number.scale() - 1);
    BigDecimal below = number.divideToIntegralValue(step).multiply(step);
    return List.of(below, below.add(step), below.subtract(step));
  }

  /** The fixed doubles, the 2000 smallest normal ones, then finite ones out of chained hashes. */
  private static final class Sequence {

    private static final int SERIAL = 2000;

    private final Iterator<String> fixed = fixed().iterator();
    private int serial;
    private ByteBuffer block = ByteBuffer.allocate(0);
    private byte[] state = new byte[32];

    double next() throws GeneralSecurityException {
      if (fixed.hasNext()) {
        return Double.longBitsToDouble(Long.parseUnsignedLong(fixed.next(), 16));
      }
      if (serial < SERIAL) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(Double.MIN_NORMAL) + serial++);
      }
      double number = 0;
      while (number == 0 || !Double.isFinite(number)) {
        number = hashed();
      }
      return number;
    }

    private double hashed() throws GeneralSecurityException {
      if (!block.hasRemaining()) {
        state = MessageDigest.getInstance("SHA-256").digest(state);
        block = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
      }
      return block.getDouble();
    }

    private static List<String> fixed() {
      try (InputStream in = EcmaScriptNumberTest.class.getResourceAsStream("rfc8785-numbers.txt")) {
        return new String(in.readAllBytes(), US_ASCII)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
