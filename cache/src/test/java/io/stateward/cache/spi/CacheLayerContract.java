package io.stateward.cache.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

/**
 * The rules that every {@link CacheLayer} obeys. To check one, extend this class and return a layer
 * from {@link #layer}, the same one for all of a test; say with {@link #pass} how its time passes,
 * and with {@link #weather} how it is flushed and loses its connections.
 *
 * <pre>{@code
 * final class MyLayerTest extends CacheLayerContract {
 *   private final MyLayer layer = MyLayer.create();
 *
 *   @Override
 *   public CacheLayer layer() {
 *     return layer;
 *   }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@DisplayName("A cache layer")
public abstract class CacheLayerContract
    implements LayerSessionRules,
        LayerLeaseRules,
        LayerRefreshRules,
        LayerLogRules,
        LayerWriteRules,
        LayerWeatherRules,
        LayerThreadRules,
        LayerFenceRules {

  /** For subclasses. */
  protected CacheLayerContract() {}

  /**
   * Returns the layer under test, which is empty when the test begins.
   *
   * @return the same layer during a test
   */
  @Override
  public abstract CacheLayer layer();

  /**
   * Lets time pass for the layer.
   *
   * @param time how long
   */
  @Override
  public abstract void pass(Duration time);

  /**
   * Returns a short time, by whose multiples the rules measure. A layer whose time is real needs
   * one that is long against a round trip.
   *
   * @return the moment; a second unless overridden
   */
  @Override
  public Duration moment() {
    return Duration.ofSeconds(1);
  }

  /**
   * Returns how many invalidations a bucket of the layer under test remembers.
   *
   * @return the number, or 0 if it is too many to try; 0 unless overridden
   */
  @Override
  public int logBound() {
    return 0;
  }

  /**
   * Returns how often the rules about threads try.
   *
   * @return the number; 100 unless overridden
   */
  @Override
  public int rounds() {
    return 100;
  }

  /**
   * Tells whether announced writes outlive the want of memory. A layer that drops a key with all
   * that it has of it closes less of the gap between the end of a write and the death of who wrote.
   *
   * @return whether they do; true unless overridden
   */
  @Override
  public boolean keepsIntents() {
    return true;
  }

  /**
   * Returns what can be made to happen to the layer.
   *
   * @return the weather, or null if the fixture can make none; null unless overridden
   */
  @Override
  public @Nullable LayerWeather weather() {
    return null;
  }
}
