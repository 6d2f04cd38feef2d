package io.stateward.cache.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Loaded;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import io.stateward.flow.Backoff;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A page that is written, and fetched by a CDN at the same time: after the second purge, none is
 * served that is older than the write. The fetches take at most {@link #LONGEST}.
 */
final class CdnRaceTest {

  private static final Duration LONGEST = Duration.ofSeconds(29);
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final Policy POLICY =
      Policy.ttl(Duration.ofHours(1)).staleWhileRevalidate(Duration.ofSeconds(60));
  private static final HttpCaching CACHING =
      HttpCaching.shared(POLICY).cdn(Duration.ofMinutes(10), Cdn.surrogate(SurrogateKeys.of("p")));

  /** What may happen. */
  enum Step {
    GET,
    WRITE,
    WRITE_WHILE_LOADED,
    ARRIVE_FIRST,
    ARRIVE_LAST,
    SECOND,
    HALF_A_MINUTE,
    HOUR
  }

  /** A number as the page, and when each number was written. */
  private static final class World {
    final VirtualTimekeeper time = VirtualTimekeeper.create();
    final CdnModel cdn = new CdnModel(time, this::serve);
    final Purging purging;
    final LayeredCache<String, Integer> pages;
    final List<Long> writtenAt = new ArrayList<>(List.of(0L));
    boolean writesWhileLoaded;
    int worst; // how many seconds too old a page was, at most

    World(Duration again) {
      purging =
          Purging.of(SurrogateKeys.of("p"), cdn, again, Backoff.fixed(Duration.ofSeconds(1)), time);
      pages =
          LayeredCache.named("p")
              .policy(POLICY)
              .executor(Runnable::run)
              .timekeeper(time)
              .onInvalidate(purging)
              .buildWith(load -> Loaded.of(load()));
    }

    private int load() {
      int now = writtenAt.size() - 1;
      if (writesWhileLoaded) {
        writesWhileLoaded = false;
        write();
      }
      return now;
    }

    void write() {
      writtenAt.add(time.nanoTime());
      pages.invalidate("/");
    }

    private CdnModel.Page serve(String path) {
      Result<Integer> page = pages.get(path);
      return new CdnModel.Page(page.value().toString(), CACHING.answer(path, page, null).headers());
    }

    void advance(Duration by) { // second by second, so that no fetch takes longer than it may
      for (long i = 0; i < by.toSeconds(); i++) {
        time.advance(Duration.ofSeconds(1));
        while (!cdn.underWay.isEmpty()
            && time.nanoTime() - cdn.underWay.get(0).begunAtNanos() >= LONGEST.toNanos()) {
          cdn.arrive(0);
        }
      }
    }

    void step(Step step) {
      switch (step) {
        case GET -> look(cdn.get("/"));
        case WRITE -> write();
        case WRITE_WHILE_LOADED -> {
          pages.invalidate("/");
          writesWhileLoaded = true;
        }
        case ARRIVE_FIRST -> arrive(0);
        case ARRIVE_LAST -> arrive(cdn.underWay.size() - 1);
        case SECOND -> advance(Duration.ofSeconds(1));
        case HALF_A_MINUTE -> advance(Duration.ofSeconds(31));
        default -> advance(Duration.ofMinutes(10).plusSeconds(30)); // stale in the CDN
      }
    }

    private void arrive(int index) {
      if (index >= 0 && index < cdn.underWay.size()) {
        cdn.arrive(index);
      }
    }

    private void look(@Nullable String body) {
      int next = body == null ? writtenAt.size() : Integer.parseInt(body) + 1;
      if (next < writtenAt.size()) { // a later one had been written
        long nanos = time.nanoTime() - writtenAt.get(next);
        worst = Math.max(worst, (int) Duration.ofNanos(nanos).toSeconds());
      }
    }
  }

  @Test
  void fetch_arrivesAfterThePurge_isDroppedByTheSecond() {
    World once = new World(Duration.ZERO);
    World twice = new World(AGAIN);
    for (World world : List.of(once, twice)) {
      world.cdn.begin("/");
      world.write(); // the first purge finds nothing
      world.advance(LONGEST); // then the old page arrives
      assertThat(world.cdn.get("/")).isEqualTo("0");
      world.advance(Duration.ofSeconds(1));
    }

    assertThat(once.cdn.get("/")).isEqualTo("0"); // for ten minutes, as it was allowed
    assertThat(twice.cdn.get("/")).isNull();
    twice.cdn.arrive(0);
    assertThat(twice.cdn.get("/")).isEqualTo("1");
  }

  @Test
  void fetch_ofWhatIsWrittenWhileItIsLoaded_isKeptByNobody() {
    World world = new World(AGAIN);
    world.writesWhileLoaded = true;

    world.cdn.begin("/");
    world.cdn.arrive(0);

    assertThat(world.cdn.get("/")).isNull();
  }

  @Property(seed = "5861", tries = 2_000)
  void get_anyOrder_isNeverOlderThanASecondPurge(@ForAll("steps") List<Step> steps) {
    World world = new World(AGAIN);

    steps.forEach(world::step);

    assertThat(world.worst).isLessThan((int) AGAIN.toSeconds());
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Arbitraries.of(Step.values()).list().ofMinSize(1).ofMaxSize(60);
  }
}
