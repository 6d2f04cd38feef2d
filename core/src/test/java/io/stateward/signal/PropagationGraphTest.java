package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The behaviours that signal libraries agree on, for the graphs that their test suites describe:
 * propagation, dynamic dependencies, cut-off, subscriptions, inner writes, circles, batches,
 * errors.
 */
@Timeout(30)
final class PropagationGraphTest {

  private final Store<String> a = Store.of("a", "a");
  private final List<String> ran = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();

  private <T> T ran(String name, T result) {
    ran.add(name);
    return result;
  }

  private void watch(Signal<String> signal) {
    signal.subscribe(change -> seen.add(change.now()));
    ran.clear();
  }

  @Nested
  @DisplayName("Propagation")
  final class Propagation {

    @Test
    void diamond_changed_evaluatesItsTipOnce() {
      Signal<String> b = a.map(v -> ran("b", v + "b"));
      Signal<String> c = a.map(v -> ran("c", v + "c"));
      Signal<String> d = Signal.combine(b, c, (x, y) -> ran("d", x + y));
      watch(d);

      a.set("x");

      assertThat(seen).containsExactly("xbxc");
      assertThat(ran).containsExactlyInAnyOrder("b", "c", "d").endsWith("d");
    }

    @Test
    void diamondWithTail_changed_evaluatesTheTailOnce() {
      Signal<String> b = Signal.derive(from -> ran("b", from.get(a) + "b"));
      Signal<String> c = Signal.derive(from -> ran("c", from.get(a) + "c"));
      Signal<String> d = Signal.derive(from -> ran("d", from.get(b) + from.get(c)));
      watch(Signal.derive(from -> ran("e", from.get(d) + "!")));

      a.set("x");

      assertThat(seen).containsExactly("xbxc!");
      assertThat(ran).hasSize(4).endsWith("d", "e");
    }

    @Test
    void jaggedDiamond_changed_evaluatesEveryTailOnceAndInOrder() {
      Signal<String> b = Signal.derive(from -> ran("b", from.get(a)));
      Signal<String> c = Signal.derive(from -> ran("c", from.get(a)));
      Signal<String> d = Signal.derive(from -> ran("d", from.get(c)));
      Signal<String> e = Signal.derive(from -> ran("e", from.get(b) + from.get(d)));
      watch(e.map(v -> ran("f", v)));
      watch(e.map(v -> ran("g", v)));

      a.set("x");

      assertThat(seen).containsExactly("xx", "xx");
      assertThat(ran).hasSize(6).doesNotHaveDuplicates();
      assertThat(ran.indexOf("d")).isGreaterThan(ran.indexOf("c"));
      assertThat(ran.subList(3, 4)).containsExactly("e");
    }

    @Test
    void change_thatAnIntermediateAbsorbs_goesNoFurther() {
      Signal<String> constant = Signal.derive(from -> ran("b", from.get(a).substring(0, 0)));
      watch(Signal.derive(from -> ran("c", from.get(constant) + "c")));

      a.set("x");

      assertThat(seen).isEmpty();
      assertThat(ran).containsExactly("b");
    }

    @Test
    void change_thatOneOfTwoBranchesAbsorbs_arrivesThroughTheOther() {
      Signal<String> constant = Signal.derive(from -> ran("b", from.get(a).substring(0, 0)));
      Signal<String> moving = Signal.derive(from -> ran("c", from.get(a)));
      watch(Signal.derive(from -> ran("d", from.get(constant) + from.get(moving))));

      a.set("x");

      assertThat(seen).containsExactly("x");
      assertThat(ran).hasSize(3).endsWith("d");
    }

    @Test
    void wideFan_changed_evaluatesEachBranchOnce() {
      List<Signal<String>> branches = new ArrayList<>();
      IntStream.range(0, 1_000)
          .forEach(i -> branches.add(Signal.derive(from -> ran("b", from.get(a) + i))));
      watch(Signal.combineAll(branches, all -> ran("end", all.get(999))));

      a.set("x");

      assertThat(seen).containsExactly("x999");
      assertThat(ran).hasSize(1_001).endsWith("end");
    }

    @Test
    void shortAndLongPath_toOneSignal_areSeenTogether() {
      Signal<String> far = a;
      for (int i = 0; i < 20; i++) {
        far = far.map(v -> v);
      }
      Signal<String> end = Signal.combine(a, far, (near, later) -> near + "=" + later);
      watch(end);

      a.set("x");

      assertThat(seen).containsExactly("x=x");
    }

    @Test
    void nobodyReads_changed_evaluatesNothing() {
      Signal<String> b = a.map(v -> ran("b", v));
      Signal<String> c = Signal.derive(from -> ran("c", from.get(b)));

      a.set("x");
      assertThat(ran).isEmpty();
      assertThat(c.get()).isEqualTo("x");
      assertThat(c.get()).isEqualTo("x");

      assertThat(ran).containsExactly("b", "c");
    }
  }

  @Nested
  @DisplayName("Dynamic dependencies")
  final class Dynamic {

    private final Store<Boolean> which = Store.of("which", true);
    private final Store<String> b = Store.of("b", "b");
    private final Signal<String> left = Signal.derive(from -> ran("left", from.get(a)));
    private final Signal<String> right = Signal.derive(from -> ran("right", from.get(b)));
    private final Signal<String> chosen =
        Signal.derive(from -> ran("chosen", from.get(which) ? from.get(left) : from.get(right)));

    @Test
    void branchNotTaken_changed_evaluatesNothing() {
      watch(chosen);

      b.set("x");

      assertThat(ran).isEmpty();
      assertThat(seen).isEmpty();
    }

    @Test
    void branchLeft_changed_evaluatesNothingFromThenOn() {
      watch(chosen);
      which.set(false);
      ran.clear();

      a.set("x");
      assertThat(ran).isEmpty();
      b.set("y");

      assertThat(ran).containsExactly("right", "chosen");
      assertThat(seen).containsExactly("b", "y");
    }

    @Test
    void branchTakenAgain_afterItChanged_isEvaluatedAnew() {
      watch(chosen);
      which.set(false);
      a.set("x");
      which.set(true);
      a.set("y");

      assertThat(seen).containsExactly("b", "x", "y");
    }

    @Test
    void guard_changedTogetherWithWhatItGuards_keepsTheGuardedFromRunning() {
      Store<List<String>> items = Store.of("items", List.of("one"));
      Signal<Boolean> any = Signal.derive(from -> !from.get(items).isEmpty());
      Signal<String> first = Signal.derive(from -> from.get(items).get(0));
      Signal<String> shown = Signal.derive(from -> from.get(any) ? from.get(first) : "none");
      watch(shown);

      items.set(List.of());
      items.set(List.of("two"));

      assertThat(seen).containsExactly("none", "two");
    }

    @Test
    void twoSignals_thatReadEachOtherInTurn_areNoCircle() {
      List<Signal<String>> pair = new ArrayList<>();
      pair.add(Signal.derive(from -> from.get(which) ? from.get(a) : from.get(pair.get(1))));
      pair.add(Signal.derive(from -> from.get(which) ? from.get(pair.get(0)) : from.get(b)));
      watch(pair.get(0));
      watch(pair.get(1));

      which.set(false);
      b.set("x");
      which.set(true);
      a.set("y");

      assertThat(seen).containsExactly("b", "b", "x", "x", "a", "a", "y", "y");
    }

    @Test
    void get_insideTheFunction_isNotADependency() {
      Signal<String> untracked = Signal.derive(from -> from.get(a) + b.get());
      watch(untracked);

      b.set("x");
      assertThat(seen).isEmpty();
      a.set("y");

      assertThat(seen).containsExactly("yx");
    }
  }

  @Nested
  @DisplayName("Equality")
  final class Equality {

    @Test
    void equalValue_written_movesNothingThatIsMadeOfIt() {
      Signal<String> end = Signal.derive(from -> ran("end", from.get(a.map(v -> v))));
      watch(end);

      a.set(String.valueOf(new char[] {'a'}));

      assertThat(seen).isEmpty();
      assertThat(end.get()).isEqualTo("a");
    }

    @Test
    void distinct_byAnEqualityOfItsOwn_isWhatThoseDownstreamSee() {
      Signal<String> sameLength = a.distinct((one, other) -> one.length() == other.length());
      watch(Signal.derive(from -> ran("end", from.get(sameLength))));

      a.set("x");
      assertThat(ran).isEmpty();
      a.set("yy");

      assertThat(seen).containsExactly("yy");
    }

    @Test
    void equality_thatThrows_countsAsDifferentAndHarmsNobody() {
      Signal<String> broken =
          a.distinct(
              (one, other) -> {
                throw new IllegalStateException("no comparing");
              });
      watch(broken);
      watch(a.map(v -> v));

      a.set("x");

      assertThat(seen).containsExactly("x", "x");
    }
  }

  @Nested
  @DisplayName("Subscriptions")
  final class Subscriptions {

    @Test
    void subscriber_closingItselfAndOthersInACallback_isObeyedAtOnce() {
      Signal<String> end = Signal.derive(from -> from.get(a));
      AtomicReference<Subscription> self = new AtomicReference<>();
      AtomicReference<Subscription> next = new AtomicReference<>();
      self.set(
          end.subscribe(
              change -> {
                seen.add("first " + change.now());
                self.get().close();
                next.get().close();
              }));
      next.set(end.subscribe(change -> seen.add("second " + change.now())));
      end.subscribe(change -> seen.add("third " + change.now()));

      a.set("x");
      a.set("y");

      assertThat(seen).containsExactly("first x", "third x", "third y");
    }

    @Test
    void subscriber_addedInACallback_startsWithTheNextChange() {
      Signal<String> end = Signal.derive(from -> from.get(a));
      end.subscribe(
          change -> {
            if (change.now().equals("x")) {
              end.subscribe(inner -> seen.add("inner " + inner.was() + inner.now()));
            }
          });

      a.set("x");
      assertThat(seen).isEmpty();
      a.set("y");

      assertThat(seen).containsExactly("inner xy");
    }

    @Test
    void lastSubscription_closed_stopsEveryEvaluation() {
      Signal<String> b = a.map(v -> ran("b", v));
      Signal<String> c = Signal.derive(from -> ran("c", from.get(b)));
      Subscription one = c.subscribe(change -> {});
      Subscription two = c.map(v -> ran("d", v)).subscribe(change -> {});
      one.close();
      ran.clear();
      a.set("x");
      assertThat(ran).containsExactly("b", "c", "d");
      two.close();
      ran.clear();

      a.set("y");

      assertThat(ran).isEmpty();
    }

    @Test
    void signal_watchedAgain_startsFromWhatItIsThen() {
      Signal<String> end = Signal.derive(from -> from.get(a) + "!");
      end.subscribe(change -> {}).close();
      a.set("x");
      end.subscribe(change -> seen.add(change.was() + change.now()));

      a.set("y");

      assertThat(seen).containsExactly("x!y!");
    }
  }

  @Nested
  @DisplayName("Writes inside callbacks")
  final class InnerWrites {

    @Test
    void callback_thatWritesWhatItIsMadeOf_convergesWithoutRecursion() {
      Store<Integer> n = Store.of("n", 0);
      Signal<Integer> capped = Signal.derive(from -> Math.min(from.get(n), 500));
      List<Integer> told = new ArrayList<>();
      capped.subscribe(
          change -> {
            told.add(change.now());
            n.update(v -> v + 1);
          });

      n.set(1);

      assertThat(n.get()).isEqualTo(501);
      assertThat(told).hasSize(500).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void callback_thatNeverStopsWriting_isCutWithTheChain() {
      Store<Integer> n = Store.of("counter", 0);
      AtomicReference<Throwable> cut = new AtomicReference<>();
      n.map(v -> v)
          .subscribe(
              Delivery.every().named("feeder"),
              change -> {
                try {
                  n.update(v -> v + 1);
                } catch (FeedbackLoopException e) {
                  cut.set(e);
                }
              });

      n.set(1);

      assertThat(cut.get())
          .isInstanceOf(FeedbackLoopException.class)
          .hasMessageContaining("counter")
          .hasMessageContaining("feeder");
    }

    @Test
    void callback_thatWritesAnotherInput_isFollowedByOneMoreConsistentChange() {
      Store<String> b = Store.of("b", "b");
      Signal<String> both = Signal.combine(a, b, (x, y) -> x + y);
      a.subscribe(change -> b.set(change.now().toUpperCase(java.util.Locale.ROOT)));
      watch(both);

      a.set("x");

      assertThat(both.get()).isEqualTo("xX");
      assertThat(seen).endsWith("xX").doesNotHaveDuplicates();
    }

    @Test
    void function_thatWrites_failsWithAnErrorThatSaysSoOrIsHarmless() {
      Store<Integer> n = Store.of("n", 0);
      Signal<Integer> writing =
          Signal.derive(
              from -> {
                int v = from.get(n);
                return v < 3 ? n.update(before -> before + 1) : v;
              });

      assertThat(writing.get()).isEqualTo(1);
      assertThat(n.get()).isEqualTo(1);
      assertThat(writing.get()).isEqualTo(2);
    }
  }

  @Nested
  @DisplayName("Circles")
  final class Circles {

    @Test
    void signal_thatReadsItself_failsWithItsName() {
      AtomicReference<Signal<Integer>> self = new AtomicReference<>();
      self.set(Signal.<Integer>derive(from -> from.get(self.get()) + 1).named("ouroboros"));

      assertThatThrownBy(() -> self.get().get())
          .isInstanceOf(SignalFailedException.class)
          .hasStackTraceContaining("'ouroboros' depends on itself");
    }

    @Test
    void signals_thatReadEachOtherThroughOthers_failAndRecoverWhenTheCircleIsGone() {
      Store<Boolean> closed = Store.of("closed", true);
      AtomicReference<Signal<Integer>> last = new AtomicReference<>();
      Signal<Integer> first = Signal.derive(from -> from.get(closed) ? from.get(last.get()) : 1);
      Signal<Integer> mapped = first.map(n -> n + 1);
      last.set(Signal.combine(mapped, mapped, Integer::sum));
      List<Integer> told = new ArrayList<>();
      last.get().subscribe(change -> told.add(change.now()));

      assertThatThrownBy(() -> last.get().get())
          .isInstanceOf(SignalFailedException.class)
          .hasStackTraceContaining("depends on itself");
      closed.set(false);

      assertThat(last.get().get()).isEqualTo(4);
      assertThat(told).containsExactly(4);
    }
  }

  @Nested
  @DisplayName("Batches")
  final class Batches {

    private final Store<String> b = Store.of("b", "b");
    private final Signal<String> both = Signal.combine(a, b, (x, y) -> ran("both", x + y));

    @Test
    void atomically_overBothInputs_isOneChange() {
      watch(both);

      Store.atomically(
          () -> {
            a.set("1");
            a.set("2");
            b.set("3");
          },
          a,
          b);

      assertThat(seen).containsExactly("23");
      assertThat(ran).containsExactly("both");
    }

    @Test
    void atomically_thatReads_seesItsOwnWritesAndNobodyElseDoes() throws InterruptedException {
      List<String> elsewhere = new ArrayList<>();

      Store.atomically(
          () -> {
            a.set("x");
            assertThat(both.get()).isEqualTo("xb");
            Thread other = new Thread(() -> elsewhere.add(both.get()));
            other.start();
            try {
              other.join();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            b.set("y");
            assertThat(both.get()).isEqualTo("xy");
          },
          a,
          b);

      assertThat(elsewhere).containsExactly("ab");
      assertThat(both.get()).isEqualTo("xy");
    }

    @Test
    void atomically_thatThrows_leavesNoTraceInWhatIsDerived() {
      watch(both);

      assertThatThrownBy(
              () ->
                  Store.atomically(
                      () -> {
                        a.set("x");
                        assertThat(both.get()).isEqualTo("xb");
                        throw new IllegalStateException("no");
                      },
                      a,
                      b))
          .hasMessage("no");

      assertThat(both.get()).isEqualTo("ab");
      assertThat(seen).isEmpty();
      a.set("y");
      assertThat(seen).containsExactly("yb");
    }

    @Test
    void atomically_thatEndsWhereItBegan_tellsNobody() {
      watch(both);

      Store.atomically(
          () -> {
            a.set("x");
            a.set("a");
          },
          a,
          b);

      assertThat(seen).isEmpty();
    }
  }

  @Nested
  @DisplayName("Errors")
  final class Errors {

    private final Signal<String> failing =
        Signal.<String>derive(
                from -> {
                  String v = ran("failing", from.get(a));
                  if (v.equals("bad")) {
                    throw new IllegalArgumentException("bad value");
                  }
                  return v;
                })
            .named("picky");

    @Test
    void error_readTwice_wasEvaluatedOnce() {
      a.set("bad");

      assertThatThrownBy(failing::get).hasRootCauseMessage("bad value");
      assertThatThrownBy(failing::get).hasRootCauseMessage("bad value");

      assertThat(ran).containsExactly("failing");
    }

    @Test
    void error_upstream_isPassedOnWithTheCulpritAndPoisonsNobodyElse() {
      Signal<String> after = failing.map(v -> ran("after", v));
      Signal<String> beside = Signal.derive(from -> from.get(a));
      watch(after);
      watch(beside);

      a.set("bad");

      assertThatThrownBy(after::get)
          .isInstanceOf(SignalFailedException.class)
          .hasMessageContaining("'picky'");
      assertThat(ran).containsExactly("failing");
      assertThat(seen).containsExactly("bad");
    }

    @Test
    void error_gone_isFollowedByTheChangeFromTheLastGoodValue() {
      List<String> chain = new ArrayList<>();
      failing.subscribe(change -> chain.add(change.was() + ">" + change.now()));

      a.set("bad");
      a.set("good");
      a.set("bad");
      a.set("good");

      assertThat(chain).containsExactly("a>good");
    }

    @Test
    void error_caughtByWhoReads_isAValueLikeAnyOther() {
      Signal<String> careful =
          Signal.derive(
              from -> {
                try {
                  return from.get(failing);
                } catch (SignalFailedException e) {
                  return "sorry";
                }
              });
      watch(careful);

      a.set("bad");
      a.set("x");

      assertThat(seen).containsExactly("sorry", "x");
    }

    @Test
    void subscriber_thatThrows_harmsNobody() {
      Signal<String> end = Signal.derive(from -> from.get(a));
      end.subscribe(
          change -> {
            throw new IllegalStateException("subscriber");
          });
      watch(end);

      a.set("x");
      a.set("y");

      assertThat(seen).containsExactly("x", "y");
    }
  }
}
