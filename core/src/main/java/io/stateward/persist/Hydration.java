package io.stateward.persist;

import io.stateward.codec.Codec;
import io.stateward.codec.CodecException;
import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.UnreadableJsonException;
import io.stateward.signal.Signal;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How the state that a page is rendered from travels inside the page, and how whoever continues
 * from the page takes it up again: one definition for both ends.
 *
 * <pre>{@code
 * Hydration<Cart> hydration =
 *     Hydration.of("cart", cartCodec).withBuild("2026.11.3").withMaximumAge(Duration.ofHours(1));
 * page.append(hydration.envelope(store).toScriptElement("cart-state"));
 *
 * Cart first = hydration.read(text).orElseGet(refused -> Cart.empty());
 * Store<Cart> continued = Store.of("cart", first);      // its first value is the page's: no flicker
 * }</pre>
 *
 * <p>The envelope is readable by everyone who gets the page: put no session id, token or other
 * secret into it, and answer with {@code Cache-Control: private, no-store} when the state is one
 * user's. Its hash finds damage and mix-ups, not forgery: what a browser sends back is input.
 *
 * <p>A browser checks the hash without this library: it takes {@code h} out of the parsed envelope,
 * writes the rest by {@code JSON.stringify} with sorted keys, and compares SHA-256 in Base64.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Failure.</b> Making an envelope of what a page cannot carry throws {@link
 * HydrationException}. Reading never throws for what is read: it answers what is wrong with it.
 *
 * @param <T> the type of the state
 * @since 0.1
 */
public final class Hydration<T> {

  /** The size limit where none is given: 1,048,576 UTF-16 code units. */
  public static final int STANDARD_SIZE_LIMIT = 1024 * 1024;

  private final String key;
  private final TreeCodec<T> codec;
  private final String build;
  private final Duration maximumAge;
  private final BeyondJavaScript numbers;
  private final int sizeLimit;
  private final Timekeeper timekeeper;

  private Hydration(
      String key,
      TreeCodec<T> codec,
      String build,
      Duration maximumAge,
      BeyondJavaScript numbers,
      int sizeLimit,
      Timekeeper timekeeper) {
    this.key = Objects.requireNonNull(key, "key");
    this.codec = codec;
    this.build = Objects.requireNonNull(build, "build");
    this.maximumAge = Objects.requireNonNull(maximumAge, "maximumAge");
    this.numbers = Objects.requireNonNull(numbers, "numbers");
    this.sizeLimit = sizeLimit;
    this.timekeeper = Objects.requireNonNull(timekeeper, "timekeeper");
  }

  /**
   * Defines a hydration: of any build and age, with numbers refused that JavaScript cannot hold, up
   * to {@value #STANDARD_SIZE_LIMIT} characters, by the system's clock.
   *
   * @param <T> the type of the state
   * @param key tells this state from others in the same page
   * @param codec writes and reads the state as JSON; its schema id is checked
   * @return the definition
   */
  public static <T> Hydration<T> of(String key, Codec<T> codec) {
    return new Hydration<>(
        key,
        TreeCodec.over(codec),
        "",
        Duration.ofSeconds(Long.MAX_VALUE),
        BeyondJavaScript.REFUSED,
        STANDARD_SIZE_LIMIT,
        Timekeeper.system());
  }

  /**
   * Returns this definition for one build of the program.
   *
   * @param id names the build; an envelope of another is refused
   * @return the definition
   */
  public Hydration<T> withBuild(String id) {
    return new Hydration<>(key, codec, id, maximumAge, numbers, sizeLimit, timekeeper);
  }

  /**
   * Returns this definition with a limit to the age of what is read.
   *
   * @param limit how old an envelope may be, inclusive; one from the future counts as new
   * @return the definition
   * @throws IllegalArgumentException if the limit is negative
   */
  public Hydration<T> withMaximumAge(Duration limit) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("A maximum age is not negative; it was " + limit + ".");
    }
    return new Hydration<>(key, codec, build, limit, numbers, sizeLimit, timekeeper);
  }

  /**
   * Returns this definition with a policy for numbers that JavaScript cannot hold.
   *
   * @param policy what is done about them
   * @return the definition
   */
  public Hydration<T> withNumbers(BeyondJavaScript policy) {
    return new Hydration<>(key, codec, build, maximumAge, policy, sizeLimit, timekeeper);
  }

  /**
   * Returns this definition with another limit to the size.
   *
   * @param limit how long the JSON of an envelope may be, inclusive, in UTF-16 code units
   * @return the definition
   * @throws IllegalArgumentException if the limit is not positive
   */
  public Hydration<T> withSizeLimit(int limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("A size limit is positive; it was " + limit + ".");
    }
    return new Hydration<>(key, codec, build, maximumAge, numbers, limit, timekeeper);
  }

  /**
   * Returns this definition by another clock.
   *
   * @param clock tells when an envelope is made and how old it is
   * @return the definition
   */
  public Hydration<T> withTimekeeper(Timekeeper clock) {
    return new Hydration<>(key, codec, build, maximumAge, numbers, sizeLimit, clock);
  }

  /**
   * Puts the current value of a signal into an envelope.
   *
   * @param signal the signal, or a store
   * @return the envelope of one consistent value
   * @throws HydrationException if a page cannot carry the value; says what and where
   */
  public HydrationEnvelope envelope(Signal<? extends T> signal) {
    return envelopeOf(signal.get());
  }

  /**
   * Puts a state into an envelope.
   *
   * @param state the state
   * @return the envelope
   * @throws HydrationException if a page cannot carry the state; says what and where
   */
  public HydrationEnvelope envelopeOf(T state) {
    Tree tree = codec.toTree(state);
    if (tree.depth() == Tree.MAXIMUM_DEPTH) {
      throw new HydrationException(
          "The state '%s' is %d objects and arrays deep, and the envelope would be one deeper than a tree may be; flatten it."
              .formatted(key, tree.depth()));
    }
    HydrationEnvelope envelope =
        HydrationEnvelope.seal(
            codec.schema(), build, key, timekeeper.now(), PageState.of(tree, numbers));
    return withinLimit(envelope);
  }

  private HydrationEnvelope withinLimit(HydrationEnvelope envelope) {
    int size = envelope.toJson().length();
    if (size > sizeLimit) {
      throw new HydrationException(
          "The envelope '%s' has %d characters and may have %d. Put less into the page, or raise the limit with withSizeLimit."
              .formatted(key, size, sizeLimit));
    }
    return envelope;
  }

  /**
   * Reads an envelope.
   *
   * @param json the text of the script element
   * @return the state, or what is wrong
   */
  public HydrationResult<T> read(String json) {
    HydrationEnvelope envelope;
    try {
      envelope =
          HydrationEnvelope.open(Tree.parse(json, JsonLimits.standard().withSize(sizeLimit)));
    } catch (UnreadableJsonException e) {
      String problem = String.valueOf(e.getMessage());
      return e.isTruncated()
          ? new HydrationResult.Truncated<>(problem)
          : new HydrationResult.Altered<>(problem);
    } catch (IllegalArgumentException e) {
      return new HydrationResult.Altered<>(String.valueOf(e.getMessage()));
    }
    return check(envelope);
  }

  private HydrationResult<T> check(HydrationEnvelope envelope) {
    if (!envelope.key().equals(key)) {
      return new HydrationResult.WrongKey<>(key, envelope.key());
    }
    if (!envelope.schema().equals(codec.schema())) {
      return new HydrationResult.WrongSchema<>(codec.schema(), envelope.schema());
    }
    if (!envelope.build().equals(build)) {
      return new HydrationResult.WrongBuild<>(build, envelope.build());
    }
    Duration age = Duration.between(envelope.time(), timekeeper.now());
    if (age.compareTo(maximumAge) > 0) {
      return new HydrationResult.Stale<>(age, maximumAge);
    }
    return decode(envelope);
  }

  private HydrationResult<T> decode(HydrationEnvelope envelope) {
    Instant time = envelope.time();
    try {
      return new HydrationResult.Restored<>(codec.fromTree(envelope.state()), time);
    } catch (CodecException e) {
      return new HydrationResult.Altered<>(
          "The hash is right, and yet the codec cannot read the state: it was forged, or the codec changed and kept its schema id. "
              + e.getMessage());
    }
  }
}
