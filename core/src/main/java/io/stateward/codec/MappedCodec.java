package io.stateward.codec;

import java.util.function.Function;

/** A codec over another one's bytes. */
record MappedCodec<T, R>(
    Codec<T> inner,
    String schema,
    Function<? super T, ? extends R> decoder,
    Function<? super R, ? extends T> encoder)
    implements Codec<R> {

  @Override
  public byte[] encode(R value) {
    return inner.encode(encoder.apply(value));
  }

  @Override
  public R decode(byte[] bytes) {
    try {
      return decoder.apply(inner.decode(bytes));
    } catch (RuntimeException e) {
      throw new CodecException(
          schema,
          "%d bytes were refused (%s). They were written by another schema or are damaged."
              .formatted(bytes.length, Excerpt.ofMessage(e)),
          e);
    }
  }
}
