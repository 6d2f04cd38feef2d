package io.stateward.cache.spi;

import static io.stateward.cache.spi.LayerSubjects.elsewhere;
import static io.stateward.cache.spi.LayerSubjects.head;
import static io.stateward.cache.spi.LayerSubjects.invalidated;
import static io.stateward.cache.spi.LayerSubjects.now;
import static io.stateward.cache.spi.LayerSubjects.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.Stamp;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 4: invalidations have numbers without gaps, and can be read again. */
interface LayerLogRules extends LayerSubjects {

  @Test
  @DisplayName("4.1 an invalidation of a key removes its entry, and no other")
  default void rule4_1_entryIsRemoved() {
    LayerSession session = open();
    filled(session, "a", "Ada");
    filled(session, "b", "Bob");

    invalidated(open(), "a");

    assertThat(now(session.read("a")).entry()).isNull();
    assertThat(text(session, "b")).isEqualTo("Bob");
  }

  @Test
  @DisplayName("4.2 it takes the next number of its bucket, whether there was an entry or not")
  default void rule4_2_numbersOfABucket() {
    LayerSession session = open();
    List<Head> before = now(session.heads());
    String other = elsewhere(session, "a");

    List<Stamp> stamps = List.of(invalidated(session, "a"), invalidated(open(), "a"));
    Stamp elsewhere = invalidated(session, other);

    int bucket = session.bucketOf("a");
    long epoch = before.get(bucket).epoch();
    assertThat(stamps).containsExactly(new Stamp(bucket, epoch, 1), new Stamp(bucket, epoch, 2));
    assertThat(elsewhere.sequence()).isEqualTo(session.buckets() > 1 ? 1 : 3);
    assertThat(now(session.heads()).get(bucket).epoch()).isEqualTo(epoch);
    assertThat(now(session.read("a")).head())
        .isEqualTo(now(session.heads()).get(bucket))
        .isEqualTo(session.buckets() > 1 ? head(stamps.get(1)) : head(elsewhere));
  }

  @Test
  @DisplayName("4.3 what concerns many keys takes the next number of the wide bucket")
  default void rule4_3_wideNumbers() {
    LayerSession session = open();

    Stamp tag = now(session.invalidate(new Invalidation.Tag("x")));
    Stamp prefix = now(session.invalidate(new Invalidation.Prefix("a")));
    Stamp all = now(session.invalidate(new Invalidation.All()));

    assertThat(List.of(tag.bucket(), prefix.bucket(), all.bucket())).containsOnly(0);
    assertThat(List.of(tag.sequence(), prefix.sequence(), all.sequence()))
        .containsExactly(1L, 2L, 3L);
    List<Head> heads = now(session.heads());
    assertThat(heads.get(0)).isEqualTo(head(all)).isEqualTo(now(session.read("a")).wide());
    assertThat(heads.subList(1, heads.size())).allMatch(head -> head.sequence() == 0);
  }

  @Test
  @DisplayName("4.4 the log tells what follows a number, oldest first")
  default void rule4_4_logTellsWhatFollows() {
    LayerSession session = open();
    Head start = now(session.heads()).get(session.bucketOf("a"));
    Head one = head(invalidated(session, "a"));
    Head two = head(now(session.begin("a", moment())).stamp());
    Head three = head(invalidated(session, "a"));

    LogPage all = now(open().log(session.bucketOf("a"), start, 10));
    LogPage rest = now(session.log(session.bucketOf("a"), one, 10));

    Invalidation a = new Invalidation.Key("a");
    assertThat(all.complete()).isTrue();
    assertThat(all.head()).isEqualTo(three);
    assertThat(all.entries()).containsExactly(logged(one, a), logged(two, a), logged(three, a));
    assertThat(rest.entries()).containsExactly(logged(two, a), logged(three, a));
    LogPage none = now(session.log(session.bucketOf("a"), three, 10));
    assertThat(none.complete() && none.entries().isEmpty()).isTrue();
  }

  private static LogPage.Logged logged(Head head, Invalidation invalidation) {
    return new LogPage.Logged(head.sequence(), invalidation);
  }

  @Test
  @DisplayName("4.5 the log of the wide bucket tells of tags, prefixes and everything")
  default void rule4_5_wideLog() {
    LayerSession session = open();
    Head start = now(session.heads()).get(0);
    List<Invalidation> wide =
        List.of(new Invalidation.Tag("x"), new Invalidation.Prefix("a/é"), new Invalidation.All());

    wide.forEach(invalidation -> now(session.invalidate(invalidation)));

    assertThat(now(open().log(LayerSession.WIDE, start, 10)).entries())
        .extracting(LogPage.Logged::invalidation)
        .containsExactlyElementsOf(wide);
  }

  @Test
  @DisplayName("4.6 no more is told than is wanted, and then the head is further on")
  default void rule4_6_pages() {
    LayerSession session = open();
    int bucket = session.bucketOf("a");
    Head start = now(session.heads()).get(bucket);
    for (int i = 0; i < 5; i++) {
      invalidated(session, "a");
    }

    LogPage page = now(session.log(bucket, start, 2));

    assertThat(page.complete()).isTrue();
    assertThat(page.head().sequence()).isEqualTo(5);
    assertThat(page.entries()).extracting(LogPage.Logged::sequence).containsExactly(1L, 2L);
  }

  @Test
  @DisplayName(
      "4.7 what follows a number of another epoch, or one that was not given, is not known")
  default void rule4_7_unknownNumbers() {
    LayerSession session = open();
    int bucket = session.bucketOf("a");
    Head head = head(invalidated(session, "a"));

    for (Head unknown :
        List.of(new Head(head.epoch() + 1, 0), new Head(head.epoch(), head.sequence() + 1))) {
      LogPage page = now(session.log(bucket, unknown, 10));
      assertThat(page.complete()).isFalse();
      assertThat(page.entries()).isEmpty();
      assertThat(page.head()).isEqualTo(head);
    }
  }

  @Test
  @DisplayName("4.8 a log that does not reach back far enough says so")
  default void rule4_8_trimmedLogSaysSo() {
    Assumptions.assumeTrue(logBound() > 0, "the log of the fixture is too long");
    LayerSession session = open();
    int bucket = session.bucketOf("a");
    Head start = now(session.heads()).get(bucket);
    for (int i = 0; i <= logBound(); i++) {
      invalidated(session, "a");
    }

    LogPage missing = now(session.log(bucket, start, 10));
    Head last = new Head(start.epoch(), logBound());
    LogPage present = now(session.log(bucket, last, 10));

    assertThat(missing.complete()).isFalse();
    assertThat(missing.entries()).isEmpty();
    assertThat(present.complete()).isTrue();
    assertThat(present.entries()).hasSize(1);
  }

  @Test
  @DisplayName("4.9 the marks are the latest number of each tag and prefix, and of everything")
  default void rule4_9_wideMarks() {
    LayerSession session = open();
    assertThat(now(session.wideMarks()).all()).isZero();
    now(session.invalidate(new Invalidation.All()));
    now(session.invalidate(new Invalidation.Tag("x")));
    now(session.invalidate(new Invalidation.Prefix("x")));
    Stamp last = now(session.invalidate(new Invalidation.Tag("x")));

    WideMarks marks = now(open().wideMarks());

    assertThat(marks.head()).isEqualTo(head(last));
    assertThat(marks.all()).isEqualTo(1);
    assertThat(marks.tags()).containsOnlyKeys("x").containsEntry("x", 4L);
    assertThat(marks.prefixes()).containsOnlyKeys("x").containsEntry("x", 3L);
  }

  @Test
  @DisplayName("4.10 no mark is lost: what is not listed any more counts as everything")
  default void rule4_10_marksAreNotLost() {
    LayerSession session = open();
    int many = 3 * Math.max(logBound(), 10);
    for (int i = 1; i <= many; i++) {
      now(session.invalidate(new Invalidation.Tag("t" + i)));
    }

    WideMarks marks = now(session.wideMarks());

    for (int i = 1; i <= many; i++) {
      long mark = Math.max(marks.all(), marks.tags().getOrDefault("t" + i, 0L));
      assertThat(mark).isGreaterThanOrEqualTo(i).isLessThanOrEqualTo(many);
    }
    assertThat(marks.tags()).containsEntry("t" + many, (long) many);
  }

  @Test
  @DisplayName("4.11 a bucket that there is not, and a page of nothing, are refused as arguments")
  default void rule4_11_argumentsOfLog() {
    LayerSession session = open();
    Head head = now(session.heads()).get(0);

    assertThatThrownBy(() -> session.log(-1, head, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.log(session.buckets() + 1, head, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.log(1, head, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
