package io.stateward.cache;

import static io.stateward.cache.ModelSetting.Mishaps.NONE;
import static io.stateward.cache.ModelSetting.Mode.AFTER;
import static io.stateward.cache.ModelSetting.Mode.INTENT;
import static io.stateward.cache.ModelSetting.Mode.THROUGH;
import static io.stateward.cache.ModelSetting.Mode.TRANSACTIONAL;
import static io.stateward.cache.ModelSetting.Warm.ALL;
import static io.stateward.cache.ModelSetting.Warm.LAYER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.stateward.cache.ModelSetting.Engine;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole protocol on the real layer: small settings are searched completely, large ones at
 * random with a fixed seed. {@code -Dstateward.cache.states=1000000} also searches the large ones,
 * up to so many states each.
 *
 * <p>Not promised, and not here: a writer that dies between its commit and its end, after the layer
 * forgot what it had announced. Then the time to live of what is kept is the bound.
 */
@DisplayName("The protocol on the layer in memory")
final class ProtocolSearchTest {

  private static final int MOST = Integer.getInteger("stateward.cache.states", 0);
  private static final int WALKS = 2_000;
  private static final Engine DEAF = new Engine(true, false, false, false);
  private static final Engine REPLICAS = new Engine(true, true, true, true);
  private static final Engine VERSIONS = new Engine(true, true, true, false, true);
  private static final ModelSetting ONE = ModelSetting.of(AFTER);

  static Stream<Arguments> small() {
    return Stream.of(
        arguments("all messages come, and no heartbeat", ONE.engine(DEAF)),
        arguments("messages are lost", ONE.mishaps(NONE.losing(2))),
        arguments("a flush", ONE.mishaps(NONE.losing(1).flushing(1))),
        arguments("a lease expires", ONE.mishaps(NONE.losing(1).expiring(1))),
        arguments("evictions", ONE.mishaps(NONE.losing(1).evicting(2))),
        arguments("all warm", ONE.warm(ALL).mishaps(NONE.losing(1).evicting(1).flushing(1))),
        arguments("a failover, all warm", ONE.warm(ALL).mishaps(NONE.failing(1))),
        arguments("a failover, one reader", ONE.readers(0).mishaps(NONE.failing(1))),
        arguments("a crash", ModelSetting.of(INTENT).mishaps(NONE.crashing(1))),
        arguments("a crash, warm", ModelSetting.of(INTENT).warm(ALL).mishaps(NONE.crashing(1))),
        arguments(
            "an outbox, and a crash", ModelSetting.of(TRANSACTIONAL).mishaps(NONE.crashing(1))),
        arguments(
            "an outbox, a crash, evictions, warm",
            ModelSetting.of(TRANSACTIONAL).warm(ALL).mishaps(NONE.crashing(1).evicting(1))),
        arguments("a source that lags", ONE.engine(REPLICAS).mishaps(NONE.evicting(1))),
        arguments(
            "versions of a source that lags",
            ONE.engine(VERSIONS).mishaps(NONE.losing(1).evicting(1).expiring(1))),
        arguments(
            "versions of a source that lags, written through",
            ModelSetting.of(THROUGH).engine(VERSIONS).mishaps(NONE.evicting(1))));
  }

  static Stream<Arguments> large() {
    ModelSetting through = ModelSetting.of(THROUGH, THROUGH);
    return Stream.of(
        arguments("three readers", ONE.readers(0, 0, 1).mishaps(NONE.losing(2))),
        arguments("two writers", ModelSetting.of(AFTER, AFTER).mishaps(NONE.losing(1))),
        arguments("warm layer", ONE.warm(LAYER).mishaps(NONE.losing(1).evicting(1).flushing(1))),
        arguments("a failover", ONE.mishaps(NONE.failing(1))),
        arguments("evicted, crash", ModelSetting.of(INTENT).mishaps(NONE.crashing(1).evicting(1))),
        arguments("through, evictions", through.mishaps(NONE.evicting(1).losing(1))),
        arguments("through, a crash", through.mishaps(NONE.crashing(1).losing(1))),
        arguments("through, a flush", through.mishaps(NONE.flushing(1))),
        arguments("through, a failover", through.mishaps(NONE.failing(1))),
        arguments("through, a lease expires", through.mishaps(NONE.expiring(1))),
        arguments("mixed", ModelSetting.of(THROUGH, INTENT).mishaps(NONE.evicting(1))),
        arguments(
            "mixed, without intent", ModelSetting.of(THROUGH, AFTER).mishaps(NONE.evicting(1))),
        arguments(
            "an outbox and an intent",
            ModelSetting.of(TRANSACTIONAL, INTENT).mishaps(NONE.crashing(1).losing(1))),
        arguments("all but a crash", through.mishaps(new ModelSetting.Mishaps(1, 1, 1, 1, 1, 0))),
        arguments(
            "a crash, and nothing forgotten",
            through.mishaps(new ModelSetting.Mishaps(1, 0, 1, 1, 0, 1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("small")
  @DisplayName("leaves nothing old in any schedule")
  void search_smallSetting_findsNothingOld(String name, ModelSetting setting) {
    ModelSearch search = new ModelSearch(setting);

    assertThat(search.search(Integer.MAX_VALUE)).isNull();
    assertThat(search.exhausted()).isTrue();
    assertThat(search.ends()).isPositive();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("large")
  @DisplayName("leaves nothing old in schedules at random")
  void walk_largeSetting_findsNothingOld(String name, ModelSetting setting) {
    ModelSearch search = new ModelSearch(setting);

    assertThat(search.walk(new Random(20_251), WALKS)).isNull();
    assertThat(search.ends()).isEqualTo(WALKS);
    if (MOST > 0) {
      assertThat(new ModelSearch(setting).search(MOST)).isNull();
    }
  }
}
