package io.stateward.codec;

import java.util.Objects;
import java.util.function.Function;

/**
 * A two-way mapping between values and bytes, with the name of the form that the bytes have.
 *
 * <pre>{@code
 * Codec<UserId> ids = Codec.text().map("user-id", UserId::parse, UserId::toString);
 * byte[] stored = ids.encode(id);
 * UserId again = ids.decode(stored);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Implementations are immutable or safe for any number of threads.
 *
 * <p><b>Failure.</b> {@link #decode} throws {@link CodecException} for bytes that are not of the
 * schema; it never returns half a value. {@link #encode} throws {@link IllegalArgumentException}
 * for a value that has no form in the schema.
 *
 * @param <T> the type of the values
 * @since 0.1
 */
public interface Codec<T> {

  /**
   * Returns the name of the form, for example {@code "text"} or {@code "user/3"}. Two codecs with
   * the same schema read each other's bytes.
   *
   * @return the schema id, neither empty nor containing a line break
   */
  String schema();

  /**
   * Encodes a value.
   *
   * @param value the value
   * @return new bytes, which the caller owns
   * @throws IllegalArgumentException if the value has no form in this schema; {@link #text()} has
   *     none for an unpaired surrogate, for example
   * @throws NullPointerException if the value is null
   */
  byte[] encode(T value);

  /**
   * Decodes what {@link #encode} made.
   *
   * @param bytes the bytes, which are not changed
   * @return the value
   * @throws CodecException if the bytes are not of this schema
   */
  T decode(byte[] bytes);

  /**
   * Returns a codec for values that convert to and from this codec's.
   *
   * @param <R> the type of the converted values
   * @param schema the schema id of the new form
   * @param decode makes a converted value; what it throws becomes a {@link CodecException}
   * @param encode takes a converted value apart; what it throws reaches whoever encodes, so it
   *     throws what {@link #encode} says
   * @return the converting codec
   */
  default <R> Codec<R> map(
      String schema,
      Function<? super T, ? extends R> decode,
      Function<? super R, ? extends T> encode) {
    return new MappedCodec<>(this, Codecs.checkedSchema(schema), decode, encode);
  }

  /**
   * Returns the codec of strings as strict UTF-8: malformed bytes and unpaired surrogates are
   * refused, never replaced.
   *
   * @return the codec with schema {@code "text"}
   */
  static Codec<String> text() {
    return Codecs.TEXT;
  }

  /**
   * Returns the codec of 64-bit integers as eight bytes, most significant first.
   *
   * @return the codec with schema {@code "int64"}
   */
  static Codec<Long> int64() {
    return Codecs.INT64;
  }

  /**
   * Returns the codec of bytes as they are, copied both ways.
   *
   * @return the codec with schema {@code "bytes"}
   */
  static Codec<byte[]> bytes() {
    return Codecs.BYTES;
  }

  /**
   * Makes a codec of two functions.
   *
   * @param <T> the type of the values
   * @param schema the schema id
   * @param encode makes bytes of a value; what it throws reaches whoever encodes, so it throws what
   *     {@link #encode} says
   * @param decode makes a value of bytes; what it throws becomes a {@link CodecException}
   * @return the codec
   */
  static <T> Codec<T> of(
      String schema, Function<? super T, byte[]> encode, Function<byte[], ? extends T> decode) {
    Objects.requireNonNull(encode, "encode");
    Objects.requireNonNull(decode, "decode");
    return bytes().map(schema, decode, encode);
  }
}
