package io.stateward.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A codec of Latin strings, as {@code <text>}, which is wrong in one way. Run by {@link
 * CodecContractIsSharpTest} only.
 */
final class FlawedCodec implements Codec<String> {

  private static final AtomicInteger MADE = new AtomicInteger();

  private final CodecFlaw flaw;
  private final int number = MADE.incrementAndGet();
  private final Map<String, byte[]> cache = new HashMap<>();
  private final byte[] shared = new byte[100];
  private int uses;

  FlawedCodec(CodecFlaw flaw) {
    this.flaw = flaw;
  }

  @Override
  public String schema() {
    return switch (flaw) {
      case SCHEMA_COUNTS_ITS_USES -> "latin/" + Math.min(uses, 2);
      case SCHEMA_IS_TWO_LINES -> "latin\n1";
      default -> "latin/1";
    };
  }

  @Override
  public byte[] encode(String value) {
    uses++;
    if (value == null && flaw == CodecFlaw.WRITES_NULL_AS_EMPTY) {
      return "<>".getBytes(ISO_8859_1);
    }
    byte[] bytes = (mark() + Objects.requireNonNull(value) + ">").getBytes(ISO_8859_1);
    return switch (flaw) {
      case GIVES_AWAY_ITS_CACHE -> cache.computeIfAbsent(value, any -> bytes);
      case SHARES_A_BUFFER -> throughTheBuffer(bytes);
      default -> bytes;
    };
  }

  private byte[] throughTheBuffer(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      shared[i] = bytes[i];
      Thread.yield();
    }
    return Arrays.copyOf(shared, bytes.length);
  }

  private String mark() {
    return flaw == CodecFlaw.WRITES_FOR_ITSELF_ALONE && number % 2 == 0 ? "[" : "<";
  }

  @Override
  public String decode(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    if (!isWhole(text)) {
      return refuse(text);
    }
    String body = text.substring(1, Math.max(1, text.length() - 1));
    return switch (flaw) {
      case LOSES_CASE -> body.toLowerCase(Locale.ROOT);
      case CHANGES_WHAT_IT_READS -> {
        bytes[0] = 0;
        yield body;
      }
      default -> body;
    };
  }

  private boolean isWhole(String text) {
    boolean open = text.startsWith(mark()) || flaw == CodecFlaw.ACCEPTS_ANY_MARK;
    boolean closed = text.endsWith(">") || flaw == CodecFlaw.IGNORES_A_MISSING_END;
    return open
        && closed
        && text.length() > 1
        && text.equals(text.strip())
        && text.chars().skip(1).allMatch(c -> c > ' ' && c <= '~');
  }

  private String refuse(String text) {
    return switch (flaw) {
      case LETS_OTHER_EXCEPTIONS_OUT -> throw new IllegalStateException("damaged");
      case RETURNS_NULL_FOR_DAMAGE -> null;
      case QUOTES_ALL_OF_IT -> throw new CodecException(schema(), text, new Exception());
      case NAMES_ANOTHER_SCHEMA -> throw new CodecException("other", "damaged", new Exception());
      case RETURNS_HALF_A_VALUE -> {
        if (text.startsWith("<") && text.length() > 2 && text.charAt(1) > 'z') {
          yield text + "\n";
        }
        throw new CodecException(schema(), "damaged", new Exception());
      }
      default -> throw new CodecException(schema(), "damaged", new Exception());
    };
  }

  @Override
  public <R> Codec<R> map(
      String schema,
      Function<? super String, ? extends R> decode,
      Function<? super R, ? extends String> encode) {
    String named = flaw == CodecFlaw.MAPS_UNDER_ITS_OWN_SCHEMA ? schema() : schema;
    return Codec.super.map(named, decode, encode);
  }
}
