package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.ChainWorld.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * Two instances over two layers, whatever happens between them. The source counts its writes, so a
 * value says how old it is; the model knows no more than when each write was over.
 *
 * <ul>
 *   <li>A read that begins at a time returns nothing that a write replaced which was over the bound
 *       before; and nothing at all that was replaced before, unless it comes from memory.
 *   <li>When all is over, neither a layer nor a memory has anything but what the source has.
 * </ul>
 */
final class ChainPropertyTest {

  private enum Kind {
    READ,
    SLOW_READ, // others act between its read of the source and its end
    READ_ALL,
    HOLD, // answers to reads of a layer, from now on
    RELEASE,
    BETWEEN, // the next invalidation of a layer and its answer, others act
    WRITE,
    WRITE_ANNOUNCED,
    WRITE_THROUGH,
    WRITE_TAGGED,
    CLEAR,
    FLUSH,
    EVICT,
    LOSE, // messages, from now on
    HEAR,
    PASS
  }

  /**
   * What is done: by which instance, to which key or layer, and in the middle of it what follows.
   */
  record Step(Kind kind, boolean first, boolean other, int nested) {}

  @Property(seed = "70411", tries = 1500)
  void reads_whateverHappens_areNoOlderThanTheBoundAndEndUpNew(@ForAll("steps") List<Step> steps) {
    Run run = new Run(steps, false);

    run.all();

    run.settle();
  }

  @Example
  void reads_ofAFarLayerThatAreJoined_areFoundOut() {
    Random random = new Random(70_412);

    assertThat(IntStream.range(0, 1500).anyMatch(i -> endsOld(random))).isTrue();
  }

  private static boolean endsOld(Random random) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      steps.add(new Step(kind, random.nextBoolean(), random.nextBoolean(), random.nextInt(4)));
    }
    Run run = new Run(steps, true);
    try {
      run.all();
      run.settle();
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(Kind.values()),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 3))
        .as(Step::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(40);
  }

  /** A read that is under way. */
  private record Pending(
      Instance by, String key, int atLeast, CompletableFuture<Result<String>> result) {}

  /** One sequence of steps. */
  private static final class Run {

    private static final long BOUND = World.POLICY.bound().toNanos();

    private final ChainWorld world = new ChainWorld();
    private final List<Instance> instances = List.of(world.instance(), world.instance());
    private final List<Step> steps;
    private final List<Pending> pending = new ArrayList<>();
    private final Map<String, List<long[]>> over = new HashMap<>(); // version, time
    private int version;
    private int next;

    Run(List<Step> steps, boolean joinsFarReads) {
      this.steps = steps;
      instances.forEach(it -> it.far().joinsReads = joinsFarReads);
      world.source.put("k", "0");
      world.source.put("l", "0");
    }

    void all() {
      while (next < steps.size()) {
        one();
      }
    }

    private void some(int most) {
      for (int i = 0; i < most && next < steps.size(); i++) {
        one();
      }
    }

    private void one() {
      Step step = steps.get(next++);
      Instance by = instances.get(step.first ? 0 : 1);
      String key = step.other ? "l" : "k";
      MemoryLayer layer = step.other ? world.near : world.far;
      World.Link link = step.other ? by.near() : by.far();
      switch (step.kind) {
        case READ -> read(by, key);
        case SLOW_READ -> {
          world.afterNextRead(() -> some(step.nested));
          read(by, key);
        }
        case READ_ALL -> readAll(by);
        case HOLD -> link.holdsReads = true;
        case RELEASE -> link.release();
        case BETWEEN ->
            link.beforeAnswer =
                () -> {
                  link.beforeAnswer = null;
                  some(step.nested);
                };
        case WRITE -> {
          int written = commit(key);
          some(step.nested);
          by.cache().invalidate(key);
          isOver(key, written);
        }
        case WRITE_ANNOUNCED -> announced(by, key, step.nested);
        case WRITE_THROUGH -> through(by, key, step.nested);
        case WRITE_TAGGED -> {
          int written = commit(key);
          by.cache().invalidateTag("tag:" + key);
          isOver(key, written);
        }
        case CLEAR -> {
          int k = commit("k");
          int l = commit("l");
          by.cache().clear();
          isOver("k", k);
          isOver("l", l);
        }
        case FLUSH -> layer.flush();
        case EVICT -> {
          world.near.evict(ChainWorld.CACHE, key);
          if (step.nested > 1) {
            world.far.evict(ChainWorld.CACHE, key);
          }
        }
        case LOSE -> world.wire.loses = true;
        case HEAR -> world.wire.loses = false;
        case PASS -> pass(Duration.ofMillis(150L << 2 * step.nested));
      }
      check();
    }

    private int commit(String key) {
      world.source.put(key, Integer.toString(++version));
      return version;
    }

    private void isOver(String key, int written) {
      over.computeIfAbsent(key, k -> new ArrayList<>())
          .add(new long[] {written, world.time.nanoTime()});
    }

    /** The latest version that was over at a time. */
    private int overBy(String key, long nanos) {
      return over.getOrDefault(key, List.of()).stream()
          .filter(it -> it[1] <= nanos)
          .mapToInt(it -> (int) it[0])
          .max()
          .orElse(0);
    }

    private void announced(Instance by, String key, int nested) {
      int[] written = new int[1];
      by.cache()
          .invalidate(
              key,
              () -> {
                some(nested / 2);
                written[0] = commit(key);
                some(nested);
              });
      isOver(key, written[0]);
    }

    private void through(Instance by, String key, int nested) {
      int[] written = new int[1];
      by.cache()
          .write(
              key,
              () -> {
                some(nested / 2);
                written[0] = commit(key);
                some(nested);
                return Integer.toString(written[0]);
              },
              "tag:" + key);
      isOver(key, written[0]);
    }

    private void read(Instance by, String key) {
      int atLeast = atLeast(by, key);
      CompletableFuture<Result<String>> result = new CompletableFuture<>();
      pending.add(new Pending(by, key, atLeast, result)); // others may act before it is back
      ask(by, key)
          .whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  result.complete(value);
                } else {
                  result.completeExceptionally(failure);
                }
              });
    }

    /** How new a read has to be that begins now. */
    private int atLeast(Instance by, String key) {
      boolean shares =
          by.cache().peek(key).isPresent()
              || pending.stream().anyMatch(it -> it.by == by && it.key.equals(key));
      return overBy(key, world.time.nanoTime() - (shares ? BOUND : 0));
    }

    /** On another thread: a loader would not let this one ask for its own key. */
    private static CompletableFuture<Result<String>> ask(Instance by, String key) {
      return elsewhere(() -> by.cache().getAsync(key).toCompletableFuture());
    }

    private static <T> T elsewhere(Supplier<T> work) {
      return CompletableFuture.supplyAsync(work, task -> new Thread(task).start()).join();
    }

    private void readAll(Instance by) {
      Map<String, Integer> atLeast = Map.of("k", atLeast(by, "k"), "l", atLeast(by, "l"));
      CompletableFuture<Map<String, Result<String>>> both = new CompletableFuture<>();
      atLeast.forEach(
          (key, least) ->
              pending.add(
                  new Pending(
                      by,
                      key,
                      least,
                      both.thenApply(results -> Objects.requireNonNull(results.get(key))))));
      elsewhere(() -> by.cache().getAllAsync(List.of("k", "l")).toCompletableFuture())
          .whenComplete(
              (results, failure) -> {
                if (failure == null) {
                  both.complete(results);
                } else {
                  both.completeExceptionally(failure);
                }
              });
    }

    private void pass(Duration time) {
      Duration step = Duration.ofMillis(50);
      for (Duration passed = Duration.ZERO;
          passed.compareTo(time) < 0;
          passed = passed.plus(step)) {
        world.time.advance(step);
      }
    }

    private void check() {
      for (Pending read : List.copyOf(pending)) {
        if (read.result.isDone() && pending.remove(read)) {
          Result<String> result = read.result.join();
          assertThat(Integer.parseInt(result.value()))
              .as("%s of %s in %s", result, read.key, steps)
              .isGreaterThanOrEqualTo(read.atLeast);
        }
      }
    }

    /** Lets everything come to its end, and looks at what is left. */
    void settle() {
      instances.forEach(
          it -> {
            it.near().release();
            it.far().release();
            it.near().beforeAnswer = null;
            it.far().beforeAnswer = null;
          });
      for (int i = 0; i < 200 && !pending.isEmpty(); i++) {
        pass(Duration.ofMillis(200));
        check();
      }
      assertThat(pending).isEmpty();
      pass(World.POLICY.bound());
      for (String key : List.of("k", "l")) {
        String now = world.source.get(key);
        assertThat(old(world.near, key, now)).as("near in %s", steps).isNull();
        assertThat(old(world.far, key, now)).as("far in %s", steps).isNull();
        for (Instance it : instances) {
          assertThat(it.get(key)).as("%s in %s", key, steps).isEqualTo(now);
        }
        assertThat(world.instance().get(key)).as("%s in %s", key, steps).isEqualTo(now);
      }
    }

    /** What a layer has that is neither the present value nor invalid by a mark. */
    private @Nullable String old(MemoryLayer layer, String key, @Nullable String now) {
      var entry = world.in(layer, key);
      String text = ChainWorld.text(entry);
      if (entry == null || Objects.equals(text, now)) {
        return null;
      }
      var marks = world.session(layer).wideMarks().toCompletableFuture().join();
      long tagged = marks.tags().getOrDefault("tag:" + key, -1L);
      return entry.wide().sequence() < Math.max(tagged, marks.all()) ? null : text;
    }
  }
}
