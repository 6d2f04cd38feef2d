package io.stateward.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The contract of codecs, on the codecs of this package. */
final class CodecContractTest {

  @Nested
  @DisplayName("text()")
  final class Text extends CodecContract<String> {
    @Override
    protected Codec<String> createCodec() {
      return Codec.text();
    }

    @Override
    protected List<String> values() {
      return List.of("", "plain", "Grüße \u2713", "\uD83D\uDE00");
    }

    @Override
    protected List<byte[]> malformed() {
      return List.of(
          new byte[] {(byte) 0xC0, (byte) 0x80}, new byte[] {'a', (byte) 0xED, (byte) 0xA0, ' '});
    }

    @Override
    protected boolean detectsTruncation() {
      return false;
    }
  }

  @Nested
  @DisplayName("int64()")
  final class Int64 extends CodecContract<Long> {
    @Override
    protected Codec<Long> createCodec() {
      return Codec.int64();
    }

    @Override
    protected List<Long> values() {
      return List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE);
    }

    @Override
    protected List<byte[]> malformed() {
      return List.of(new byte[0], new byte[7], new byte[9]);
    }
  }

  @Nested
  @DisplayName("bytes()")
  final class Bytes extends CodecContract<byte[]> {
    @Override
    protected Codec<byte[]> createCodec() {
      return Codec.bytes();
    }

    @Override
    protected List<byte[]> values() {
      return List.of(new byte[0], new byte[] {1, 2, 3});
    }

    @Override
    protected List<byte[]> malformed() {
      return List.of();
    }

    @Override
    protected boolean detectsTruncation() {
      return false;
    }
  }

  @Nested
  @DisplayName("of() and map()")
  final class Converted extends CodecContract<Integer> {
    @Override
    protected Codec<Integer> createCodec() {
      return Codec.<String>of(
              "ascii", text -> (text + ";").getBytes(UTF_8), CodecContractTest::terminated)
          .map("number/1", Integer::valueOf, number -> Integer.toString(number));
    }

    @Override
    protected List<Integer> values() {
      return List.of(0, 42, -7, Integer.MAX_VALUE);
    }

    @Override
    protected List<byte[]> malformed() {
      return List.of(";".getBytes(UTF_8), "forty;".getBytes(UTF_8), "4".getBytes(UTF_8));
    }
  }

  private static String terminated(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    if (!text.endsWith(";")) {
      throw new IllegalArgumentException("no end");
    }
    return text.substring(0, text.length() - 1);
  }

  @Nested
  @DisplayName("Tree.codec()")
  final class Trees extends CodecContract<Tree> {
    @Override
    protected Codec<Tree> createCodec() {
      return Tree.codec();
    }

    @Override
    protected List<Tree> values() {
      return List.of(
          Tree.object().plus("name", "Ada").plus("more", Tree.array("x", "y\u2713")),
          Tree.array(Tree.of(true), Tree.ofNull(), Tree.array()),
          Tree.of("text"));
    }

    @Override
    protected List<byte[]> malformed() {
      return List.of(
          new byte[0],
          "{".getBytes(UTF_8),
          "{\"a\":1,\"a\":2}".getBytes(UTF_8),
          "[1] 2".getBytes(UTF_8));
    }
  }

  @Nested
  @DisplayName("TreeCodec.of()")
  final class OfTrees extends CodecContract<Long> {
    @Override
    protected Codec<Long> createCodec() {
      return TreeCodec.of(
          "count/1",
          count -> Tree.object().plus("count", Tree.of(count)),
          tree -> tree.at("/count").asLong());
    }

    @Override
    protected List<Long> values() {
      return List.of(0L, -5L, Long.MAX_VALUE);
    }

    @Override
    protected List<byte[]> malformed() {
      return List.of("{}".getBytes(UTF_8), "{\"count\":1.5}".getBytes(UTF_8), "x".getBytes(UTF_8));
    }
  }
}
