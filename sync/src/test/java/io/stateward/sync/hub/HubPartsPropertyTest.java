package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The small parts of a hub against naive models of them. */
final class HubPartsPropertyTest {

  private static Event event(long sequence, int bytes) {
    Mutation mutation = new Mutation("c", sequence, 0, sequence, Tree.of(sequence));
    return new Event("d", mutation, false, bytes);
  }

  @Property(seed = "71", tries = 300)
  void recent_holdsTheLastOnes_soManyAndSoLarge(
      @ForAll @IntRange(min = 1, max = 9) int capacity,
      @ForAll @LongRange(min = 1, max = 1000) long first,
      @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 600_000) Integer> sizes) {
    Recent recent = new Recent(capacity);
    long sequence = first;
    for (int size : sizes) {
      recent.add(event(sequence++, size));
    }

    long bytes = 0;
    boolean held = true;
    for (int i = sizes.size() - 1; i >= 0; i--) {
      bytes += sizes.get(i);
      boolean isLast = i == sizes.size() - 1;
      held = held && sizes.size() - i <= capacity && (isLast || bytes <= 1 << 20);
      Event found = recent.at(first + i);
      assertThat(found != null).as("sequence %d", first + i).isEqualTo(held);
      assertThat(found == null ? first + i : found.sequence()).isEqualTo(first + i);
    }
    assertThat(recent.at(sequence)).isNull();
  }

  @Property(seed = "72", tries = 300)
  void member_knowsWhatWasRefused(
      @ForAll @Size(max = 200) List<Boolean> outcomes, @ForAll @LongRange(max = 5) long start) {
    Member member = new Member("c", "p", 0, 0);
    Set<Long> refused = new HashSet<>();
    long id = 0;
    for (boolean accepted : outcomes) {
      id++;
      if (accepted) {
        member.accepted(id, start + id);
      } else {
        refused.add(id);
        member.refused(new Refusal(id, start, new Verdict.Refused("code" + id, "reason", null)));
      }
    }
    Member stored = Member.restore(Tree.parse(member.store(7).toJson()).asObject(), 9);

    for (Member each : List.of(member, stored)) {
      assertThat(each.last).isEqualTo(id);
      for (long i = 1; i <= id; i++) {
        long number = i;
        boolean wordForWord =
            refused.contains(i) && refused.stream().filter(other -> other >= number).count() <= 64;
        assertThat(each.wasRefused(i)).isEqualTo(refused.contains(i));
        Refusal word = each.refusal(i);
        assertThat(word != null).isEqualTo(wordForWord);
        assertThat(word == null ? "code" + i : word.verdict().code()).isEqualTo("code" + i);
      }
    }
  }

  /** What epochs there were, and which changes each said it has. */
  @Property(seed = "73", tries = 300)
  void lineage_containsWhatWasTold_unlessItWasLost(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = -5, max = 9) Integer> steps) {
    Lineage lineage = new Lineage("e0", "h0");
    List<String> history = new ArrayList<>(); // of each change, which epoch made it
    Map<Position, List<String>> told = new LinkedHashMap<>();
    int epoch = 0;
    told.put(new Position("e0", 0), List.of());
    Map<Integer, Tree> backups = new HashMap<>();
    Map<Integer, List<String>> histories = new HashMap<>();
    for (int step : steps) {
      if (step > 0) {
        for (int i = 0; i < step; i++) {
          history.add("e" + epoch);
          told.put(new Position("e" + epoch, history.size()), List.copyOf(history));
        }
        continue;
      }
      backups.put(epoch, lineage.store());
      histories.put(epoch, List.copyOf(history));
      if (step < -2 && epoch > 1) { // restored from a backup
        int to = epoch / 2;
        lineage = Lineage.restore(Objects.requireNonNull(backups.get(to)));
        history = new ArrayList<>(Objects.requireNonNull(histories.get(to)));
      } else {
        lineage = Lineage.restore(Tree.parse(lineage.store().toJson()));
      }
      epoch++;
      lineage.begin("e" + epoch, "h" + epoch, history.size());
      told.put(new Position("e" + epoch, history.size()), List.copyOf(history));
    }

    for (Map.Entry<Position, List<String>> each : told.entrySet()) {
      long at = each.getKey().sequence();
      boolean same = at <= history.size() && history.subList(0, (int) at).equals(each.getValue());
      if (lineage.contains(each.getKey(), history.size())) {
        assertThat(same).as("%s is of this history", each.getKey()).isTrue();
      } else if (backups.size() < 2) {
        assertThat(same).as("%s is not of this history", each.getKey()).isFalse();
      }
    }
  }

  @Property(seed = "74", tries = 100)
  void entry_isReadAsItWasWritten(
      @ForAll String client,
      @ForAll String text,
      @ForAll @LongRange(min = 1) long id,
      @ForAll @LongRange(max = Long.MAX_VALUE) long base,
      @ForAll boolean rewritten) {
    Tree change = Tree.object().plus(text, text).plus(text + "n", id);
    Mutation mutation = new Mutation(client, id, Math.abs(base), 7, change);
    Refusal refusal =
        new Refusal(id, 7, new Verdict.Refused("code", text, rewritten ? change : null));
    List<Entry> entries =
        List.of(
            new Entry.Accepted(mutation, rewritten ? "owner" : null, rewritten),
            new Entry.Refused(client, text, 3, refusal),
            new Entry.Began(text, client, id),
            new Entry.Deleted());

    for (Entry each : entries) {
      Entry read = Entry.read(each.bytes());
      assertThat(new String(read.bytes(), StandardCharsets.UTF_8))
          .isEqualTo(new String(each.bytes(), StandardCharsets.UTF_8));
      assertThat(read).isEqualTo(each);
    }
  }

  @Property(seed = "75", tries = 200)
  void bucket_letsThroughNoMoreThanItsRateAndTwoSeconds(
      @ForAll @IntRange(min = 1, max = 50) int perSecond,
      @ForAll @Size(max = 60) List<@IntRange(max = 400) Integer> millis) {
    Bucket bucket = new Bucket(perSecond, 0);
    long now = 0;
    int taken = 0;
    for (int wait : millis) {
      now += wait * 1_000_000L;
      for (int i = 0; i < 20; i++) {
        if (bucket.hasAny(now)) {
          bucket.take(1);
          taken++;
        } else {
          assertThat(bucket.waitNanos()).isPositive();
          long later = now + bucket.waitNanos();
          assertThat(later - now).isLessThanOrEqualTo(2_000_000_000L / perSecond + 2);
        }
      }
    }

    assertThat(taken).isLessThanOrEqualTo((int) (2L * perSecond + now * perSecond / 1e9 + 1));
  }

  /** Readers that read every now and then end with what everybody says last. */
  @Property(seed = "76", tries = 300)
  void presence_everyReaderEndsWithTheLastWords(
      @ForAll @Size(max = 80) List<@IntRange(max = 29) Integer> steps) {
    PresenceBoard board = new PresenceBoard();
    Map<String, Tree> last = new HashMap<>();
    Map<String, Tree> heard = new HashMap<>();
    long seen = 0;
    long since = 0;
    int number = 0;
    for (int step : steps) {
      String client = "c" + step % 5;
      if (step < 15) {
        Tree state = Tree.of(number++);
        board.put(client, state);
        last.put(client, state);
      } else if (step < 20) {
        board.put(client, Tree.ofNull());
        last.remove(client);
      } else if (step < 22) { // subscribes anew
        heard.clear();
        seen = 0;
        since = board.last();
      } else {
        PresenceBoard.Word word = board.next(seen, "c0", since);
        seen = hear(word, heard, seen);
      }
    }
    PresenceBoard.Word word = board.next(seen, "c0", since);
    while (word != null) {
      seen = hear(word, heard, seen);
      word = board.next(seen, "c0", since);
    }

    last.remove("c0");
    assertThat(heard).isEqualTo(last);
  }

  private static long hear(
      PresenceBoard.@org.jspecify.annotations.Nullable Word word,
      Map<String, Tree> heard,
      long seen) {
    if (word == null) {
      return seen;
    }
    assertThat(word.number()).isGreaterThan(seen);
    if (word.state().isNull()) {
      heard.remove(word.client());
    } else {
      heard.put(word.client(), word.state());
    }
    return word.number();
  }
}
