package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Codec;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However many keys are asked for at once, the stack is as deep as for a few, though everything is
 * done on the thread that asks. It is small here, so that what grows with the keys is too deep.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ManyKeysTest {

  private static final long SMALL_STACK = 256 * 1024;

  private final VirtualTimekeeper time = VirtualTimekeeper.create();

  private MemoryLayer layer() {
    return MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time).maximum(30_000));
  }

  private CacheBuilder<Object, String> over(MemoryLayer... layers) {
    CacheBuilder<Object, String> built =
        LayeredCache.named("numbers")
            .memory(30_000)
            .policy(Policy.ttl(Duration.ofHours(1)))
            .executor(Runnable::run)
            .timekeeper(time)
            .versions((String value) -> 0);
    for (MemoryLayer layer : layers) {
      built.layer(layer, Codec.text());
    }
    return built;
  }

  private static LayeredCache<Integer, String> plain(CacheBuilder<Object, String> built) {
    return built.build((Integer key) -> "v" + key);
  }

  private static LayeredCache<Integer, String> bulk(CacheBuilder<Object, String> built) {
    return built.buildBulkWith(
        (List<Load<Integer, String>> loads) ->
            loads.stream()
                .collect(Collectors.toMap(Load::key, load -> Loaded.of("v" + load.key()))));
  }

  /** Does it on a thread that has little room, and says how it ended. */
  private static <T> T shallow(Supplier<T> work) throws Exception {
    CompletableFuture<T> end = new CompletableFuture<>();
    Runnable run =
        () -> {
          try {
            end.complete(work.get());
          } catch (Throwable t) {
            end.completeExceptionally(t);
          }
        };
    Thread thread = new Thread(null, run, "small stack", SMALL_STACK);
    thread.setDaemon(true);
    thread.start();
    return end.get(20, TimeUnit.SECONDS);
  }

  private void assertReadAll(
      int count, Function<CacheBuilder<Object, String>, LayeredCache<Integer, String>> made)
      throws Exception {
    List<Integer> keys = IntStream.range(0, count).boxed().toList();
    MemoryLayer filled = layer();
    for (CacheBuilder<Object, String> built :
        List.of(over(), over(filled), over(filled), over(layer(), layer(), layer()))) {
      try (LayeredCache<Integer, String> cache = made.apply(built)) {
        Map<Integer, Result<String>> results = shallow(() -> cache.getAll(keys));

        assertThat(results).hasSize(count);
        results.forEach((key, result) -> assertThat(result.value()).isEqualTo("v" + key));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_500, 20_000})
  void getAll_ofManyKeys_needsNoMoreStackThanOfAFew(int count) throws Exception {
    assertReadAll(count, ManyKeysTest::plain);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_500, 20_000})
  void getAll_ofManyKeysInBulk_needsNoMoreStackThanOfAFew(int count) throws Exception {
    assertReadAll(count, ManyKeysTest::bulk);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_500, 200_000})
  void invalidateAll_ofManyKeys_needsNoMoreStackThanOfAFew(int count) throws Exception {
    List<Integer> keys = IntStream.range(0, count).boxed().toList();
    try (LayeredCache<Integer, String> cache = plain(over(layer()))) {
      Map<Integer, Stamp> stamps = shallow(() -> cache.invalidateAll(keys));

      assertThat(stamps).hasSize(count);
    }
  }
}
