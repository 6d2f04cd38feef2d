package io.stateward.cache.spi;

import static io.stateward.cache.spi.LayerSubjects.head;
import static io.stateward.cache.spi.LayerSubjects.invalidated;
import static io.stateward.cache.spi.LayerSubjects.leased;
import static io.stateward.cache.spi.LayerSubjects.now;
import static io.stateward.cache.spi.LayerSubjects.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.Stamp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 5: a write that is announced keeps old values out until it is over. */
interface LayerWriteRules extends LayerSubjects {

  @Test
  @DisplayName("5.1 to announce a write invalidates the key")
  default void rule5_1_announcingInvalidates() {
    LayerSession session = open();
    filled(session, "a", "old");
    Lease other = leased(now(session.acquire("b", null, moments(10))));
    now(session.invalidate(new Invalidation.Tag("x")));

    Intent intent = now(session.begin("a", moments(10)));
    now(session.begin("b", moments(10)));

    assertThat(text(open(), "a")).isNull();
    assertThat(intent.stamp().sequence()).isEqualTo(1);
    assertThat(now(session.heads()).get(session.bucketOf("a"))).isEqualTo(head(intent.stamp()));
    assertThat(intent.stamp().bucket()).isEqualTo(session.bucketOf("a"));
    assertThat(intent.wide().sequence()).isEqualTo(1);
    assertThat(now(session.fill("b", other, entry(other, "x")))).isFalse();
  }

  @Test
  @DisplayName("5.2 while a write is announced nobody is given a lease")
  default void rule5_2_writingKeepsReadersOut() {
    LayerSession session = open();
    now(session.begin("a", moments(10)));

    assertThat(now(open().acquire("a", null, moment()))).isInstanceOf(Acquired.Writing.class);
    assertThat(now(session.acquire("a", null, moment()))).isInstanceOf(Acquired.Writing.class);
    lease(session, "b");
  }

  @Test
  @DisplayName("5.3 a write without a value ends with another invalidation")
  default void rule5_3_completingInvalidates() {
    LayerSession session = open();
    Intent intent = now(session.begin("a", moments(10)));

    Completed completed = now(session.complete("a", intent, null));

    assertThat(completed).isEqualTo(new Completed(next(intent.stamp()), false));
    assertThat(now(session.read("a")).head()).isEqualTo(head(completed.stamp()));
    filled(open(), "a", "Ada");
  }

  private static Stamp next(Stamp stamp) {
    return new Stamp(stamp.bucket(), stamp.epoch(), stamp.sequence() + 1);
  }

  @Test
  @DisplayName("5.4 a write that was alone stores its value, as of its stamp")
  default void rule5_4_aloneItStores() {
    LayerSession session = open();
    Intent intent = now(session.begin("a", moments(10)));

    Completed completed = now(session.complete("a", intent, entry(intent, "new")));

    assertThat(completed).isEqualTo(new Completed(next(intent.stamp()), true));
    LayerEntry entry = now(open().read("a")).entry();
    assertThat(entry).isNotNull();
    assertThat(text(session, "a")).isEqualTo("new");
    assertThat(entry.token()).isEqualTo(intent.token());
    assertThat(entry.head()).isEqualTo(head(completed.stamp()));
    assertThat(entry.wide()).isEqualTo(intent.wide());
    LogPage page = now(session.log(session.bucketOf("a"), head(intent.stamp()), 5));
    assertThat(page.entries()).hasSize(1);
  }

  @Test
  @DisplayName("5.5 of two writes that overlap neither stores, in whichever order they end")
  default void rule5_5_overlappingDoNotStore() {
    LayerSession session = open();
    LayerSession other = open();
    for (boolean inOrder : new boolean[] {true, false}) {
      Intent first = now(session.begin("a", moments(10)));
      Intent second = now(other.begin("a", moments(10)));
      LayerEntry one = entry(first, "one");
      LayerEntry two = entry(second, "two");

      if (inOrder) {
        assertThat(now(session.complete("a", first, one)).stored()).isFalse();
      }
      assertThat(now(other.complete("a", second, two)).stored()).isFalse();
      if (!inOrder) {
        assertThat(now(other.acquire("a", null, moment()))).isInstanceOf(Acquired.Writing.class);
        assertThat(now(session.complete("a", first, one)).stored()).isFalse();
      }
      assertThat(text(session, "a")).isNull();
    }
  }

  @Test
  @DisplayName(
      "5.6 a write that was announced during another does not store though that one's time is over")
  default void rule5_6_overlappedByTheDeadDoesNotStore() {
    LayerSession session = open();
    now(session.begin("a", moments(5)));
    Intent intent = now(session.begin("a", moments(50)));

    pass(moments(6));

    assertThat(now(session.complete("a", intent, entry(intent, "x"))).stored()).isFalse();
    assertThat(text(session, "a")).isNull();
  }

  @Test
  @DisplayName("5.7 an invalidation during a write keeps its value out, and leaves it announced")
  default void rule5_7_invalidationDuringAWrite() {
    LayerSession session = open();
    Intent intent = now(session.begin("a", moments(10)));

    invalidated(open(), "a");

    assertThat(now(session.acquire("a", null, moment()))).isInstanceOf(Acquired.Writing.class);
    assertThat(now(session.complete("a", intent, entry(intent, "x"))).stored()).isFalse();
    assertThat(text(session, "a")).isNull();
  }

  @Test
  @DisplayName("5.8 after its time a write is as one that was not announced")
  default void rule5_8_timeEndsTheIntent() {
    LayerSession session = open();
    Intent intent = now(session.begin("a", moments(5)));
    pass(moments(6));
    filled(open(), "a", "old");

    Completed completed = now(session.complete("a", intent, entry(intent, "x")));

    assertThat(completed.stored()).isFalse();
    assertThat(completed.stamp()).isEqualTo(next(intent.stamp()));
    assertThat(now(session.read("a")).entry()).isNull();
  }

  @Test
  @DisplayName("5.9 a write that ends again only invalidates")
  default void rule5_9_endingTwice() {
    LayerSession session = open();
    Intent intent = now(session.begin("a", moments(10)));
    now(session.complete("a", intent, entry(intent, "new")));

    Completed again = now(session.complete("a", intent, entry(intent, "new")));

    assertThat(again.stored()).isFalse();
    assertThat(again.stamp()).isEqualTo(next(next(intent.stamp())));
    assertThat(text(session, "a")).isNull();
  }

  @Test
  @DisplayName("5.10 writes one after the other all store")
  default void rule5_10_sequentialWritesStore() {
    LayerSession session = open();

    for (LayerSession at : new LayerSession[] {session, open(), session}) {
      Intent intent = now(at.begin("a", moments(10)));
      assertThat(now(at.complete("a", intent, entry(intent, "new"))).stored()).isTrue();
      assertThat(text(session, "a")).isEqualTo("new");
    }
  }

  @Test
  @DisplayName("5.11 what is written has the token and the numbers of its intent, or is refused")
  default void rule5_11_entriesAreChecked() {
    LayerSession session = open();
    Intent intent = now(session.begin("a", moments(10)));
    Intent other = new Intent("x", intent.stamp(), intent.wide(), intent.connection());
    Intent later = new Intent(intent.token(), next(intent.stamp()), intent.wide(), 1);

    for (Intent wrong : new Intent[] {other, later}) {
      assertThatThrownBy(() -> session.complete("a", intent, entry(wrong, "x")))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(now(session.complete("a", intent, entry(intent, "new"))).stored()).isTrue();
  }

  @Test
  @DisplayName("5.12 closing a session leaves its writes announced: they may still be to come")
  default void rule5_12_closingLeavesIntents() {
    LayerSession closed = open();
    now(closed.begin("a", moments(10)));

    closed.close();

    assertThat(now(open().acquire("a", null, moment()))).isInstanceOf(Acquired.Writing.class);
    pass(moments(11));
    filled(open(), "a", "Ada");
  }

  @Test
  @DisplayName("5.13 an announced write of one key concerns no other, nor does its token")
  default void rule5_13_intentIsOfItsKey() {
    LayerSession session = open();
    Intent a = now(session.begin("a", moments(10)));
    now(session.begin("b", moments(10)));

    assertThat(now(session.complete("b", a, entry(a, "x"))).stored()).isFalse();
    assertThat(text(session, "b")).isNull();
    assertThat(now(session.acquire("b", null, moment()))).isInstanceOf(Acquired.Writing.class);
  }
}
