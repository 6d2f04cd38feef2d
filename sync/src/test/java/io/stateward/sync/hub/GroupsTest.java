package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class GroupsTest {

  /** A step is whom it is about, of 6; in which group, of 3; and whether it comes or goes. */
  @Property(seed = "7101", tries = 500)
  void members_areThoseOfASetThatIsNeverTooLarge(
      @ForAll @IntRange(min = 1, max = 4) int most,
      @ForAll @Size(max = 60) List<@IntRange(max = 35) Integer> steps) {
    Groups<Integer> groups = new Groups<>(most);
    Map<String, Set<Integer>> model = new HashMap<>();
    for (int step : steps) {
      int member = step % 6;
      String name = "g" + step / 6 % 3;
      Set<Integer> group = model.computeIfAbsent(name, each -> new HashSet<>());
      if (step < 18) {
        boolean expected = group.size() < most && group.add(member);
        assertThat(groups.add(name, member)).isEqualTo(expected);
      } else {
        group.remove(member);
        groups.remove(name, member);
      }
    }

    model.values().removeIf(Set::isEmpty);
    assertThat(groups.size()).isEqualTo(model.size());
  }

  @Test
  void members_ofManyThreads_areNeverTooManyAndLeaveNothingBehind() throws InterruptedException {
    Groups<Integer> groups = new Groups<>(3);
    AtomicInteger within = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    int threads = 8;
    CountDownLatch done = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    for (int i = 0; i < threads; i++) {
      int member = i;
      pool.execute(
          () -> {
            for (int round = 0; round < 5_000; round++) {
              if (groups.add("all", member)) {
                most.accumulateAndGet(within.incrementAndGet(), Math::max);
                within.decrementAndGet();
                groups.remove("all", member);
              }
            }
            done.countDown();
          });
    }
    pool.shutdown();

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isBetween(1, 3);
    assertThat(groups.size()).isZero();
  }
}
