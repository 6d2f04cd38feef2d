package io.stateward.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.sync.text.TextDelta;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class SequencedTextPropertyTest {

  /** Looks at every event, as the definition says. */
  private static long criticalAt(List<Long> bases, long floor, long sequence) {
    long found = floor;
    for (long candidate = floor + 1; candidate <= floor + bases.size(); candidate++) {
      long at = candidate;
      boolean critical =
          bases.subList((int) (at - floor), bases.size()).stream().allMatch(base -> base >= at);
      found = candidate <= sequence && critical ? candidate : found;
    }
    return found;
  }

  /** A step is how far behind its author is, of three who never go back. */
  @Property(seed = "7102", tries = 500)
  void criticalAt_isWhatAllLaterEventsWereMadeAfter(
      @ForAll @IntRange(max = 1_000) int floor,
      @ForAll @Size(max = 60) List<@IntRange(max = 17) Integer> steps) {
    SequencedText events = SequencedText.startingAt(floor, 0);
    List<Long> bases = new ArrayList<>();
    for (int step : steps) {
      String client = "c" + step % 3;
      long base = Math.max(events.baseOf(client), events.last() - step / 3);
      events.add(client, base, TextDelta.insert(0, "x"));
      bases.add(base);
      for (long sequence = floor - 1L; sequence <= events.last() + 1; sequence++) {
        assertThat(events.criticalAt(sequence)).isEqualTo(criticalAt(bases, floor, sequence));
      }
    }
  }
}
