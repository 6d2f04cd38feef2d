package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What a client sends, against a hub that takes it in when it likes. */
final class CreditTest {

  private static final int PING_LENGTH = 16;

  /** A frame at the hub; a ping has a number. */
  private record Waiting(long ping, int length) {}

  @Property(seed = "20261123", tries = 300)
  void whoStaysWithinIt_neverHasMoreWaiting_andGoesOnForEver(
      @ForAll @IntRange(min = 16, max = 500) int frames,
      @ForAll @IntRange(min = 1_000, max = 20_000) int characters,
      @ForAll @LongRange(min = 1) long chance) {
    Random random = new Random(chance);
    Credit credit = Credit.of(frames, characters);
    Deque<Waiting> hub = new ArrayDeque<>();
    long pings = 0;
    int sent = 0;
    int next = length(random, characters);
    for (int step = 0; step < 5_000; step++) {
      boolean room = credit.hasRoom(next);
      if (credit.isPingDue() || (!room && !credit.isMarked())) {
        credit.pings(++pings, PING_LENGTH);
        credit.sent(PING_LENGTH);
        hub.add(new Waiting(pings, PING_LENGTH));
      } else if (room && random.nextInt(3) > 0) {
        credit.sent(next);
        hub.add(new Waiting(0, next));
        next = length(random, characters);
        sent++;
      } else if (!hub.isEmpty()) {
        Waiting taken = hub.remove();
        if (taken.ping() > 0 && (random.nextBoolean() || isLastPing(hub))) {
          credit.answered(taken.ping()); // of several, the last one's answer will do
        }
      }
      assertThat(hub).hasSizeLessThanOrEqualTo(frames);
      assertThat(hub.stream().mapToInt(Waiting::length).sum()).isLessThanOrEqualTo(characters);
    }
    assertThat(sent).isGreaterThan(1_000);
  }

  /** Mostly short; but a ping may wait with the longest. */
  private static int length(Random random, int characters) {
    return 1 + random.nextInt(random.nextInt(4) == 0 ? characters - PING_LENGTH : characters / 4);
  }

  private static boolean isLastPing(Deque<Waiting> hub) {
    return hub.stream().noneMatch(each -> each.ping() > 0);
  }

  @Property(tries = 1)
  void whoIsNotLimited_needsNoPings() {
    Credit credit = Credit.unlimited();
    for (int n = 0; n < 1_000; n++) {
      credit.sent(1_000_000);
    }

    assertThat(credit.hasRoom(1_000_000)).isTrue();
    assertThat(credit.isPingDue()).isFalse();
  }
}
