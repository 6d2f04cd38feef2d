package io.stateward.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Codec;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.signal.Signal;
import io.stateward.store.ReducingStore;
import io.stateward.store.Store;
import io.stateward.time.VirtualTimekeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of whatever can be done, to a timeline and to a list of commits that is folded anew
 * from its start for every look.
 */
final class TimelinePropertyTest {

  static final TreeCodec<String> TEXT =
      TreeCodec.of("state/1", text -> Tree.of(text), Tree::asString);

  /** What can happen to a text: order matters, and some actions change nothing. */
  sealed interface Action {
    /** Puts a letter behind. */
    record Append(char letter) implements Action {}

    /** Takes the last letter away. */
    record Shorten() implements Action {}

    /** Leaves one letter, whatever was there. */
    record Reset(char letter) implements Action {}

    static String after(String text, Action action) {
      if (action instanceof Append append) {
        return text + append.letter;
      } else if (action instanceof Reset reset) {
        return String.valueOf(reset.letter);
      }
      return text.isEmpty() ? text : text.substring(0, text.length() - 1);
    }
  }

  static final TreeCodec<Action> ACTIONS =
      TreeCodec.of("action/1", TimelinePropertyTest::write, TimelinePropertyTest::read);

  private static Tree write(Action action) {
    if (action instanceof Action.Append append) {
      return Tree.of("+" + append.letter());
    } else if (action instanceof Action.Reset reset) {
      return Tree.of("=" + reset.letter());
    }
    return Tree.of("-");
  }

  private static Action read(Tree tree) {
    String text = tree.asString();
    if (text.startsWith("+")) {
      return new Action.Append(text.charAt(1));
    }
    return text.startsWith("=") ? new Action.Reset(text.charAt(1)) : new Action.Shorten();
  }

  /** A commit in the model. */
  private static final class Entry {
    final long version;
    final List<Action> actions;
    final String actual;
    boolean skipped;

    Entry(long version, List<Action> actions, String actual) {
      this.version = version;
      this.actions = actions;
      this.actual = actual;
    }

    String after(String before) {
      if (skipped) {
        return before;
      }
      String state = actions.isEmpty() ? actual : before;
      for (Action action : actions) {
        state = Action.after(state, action);
      }
      return state;
    }
  }

  /** The timeline under test, beside the model. */
  private static final class Pair {
    final ReducingStore<String, Action> store = Store.reducing("text", "", Action::after);
    final AtomicInteger calls = new AtomicInteger();
    final Timeline<String, Action> timeline;
    final Signal<String> view;
    final int most;
    final List<Entry> entries = new ArrayList<>();
    String baseActual = "";
    String baseShown = "";
    long baseVersion;
    @Nullable Long pinned;
    String pinnedState = "";

    Pair(int most) {
      this.most = most;
      this.timeline = Timeline.of(store, this::counted, most, VirtualTimekeeper.create());
      this.view = timeline.view();
    }

    private String counted(String text, Action action) {
      calls.incrementAndGet();
      return Action.after(text, action);
    }

    void committed(long before, List<Action> actions) {
      if (store.version() == before) {
        return;
      }
      entries.add(new Entry(store.version(), actions, store.get()));
      if (entries.size() > most) {
        Entry first = entries.get(0);
        baseShown = first.after(baseShown);
        baseActual = first.actual;
        baseVersion = first.version;
        entries.remove(0);
      }
    }

    /** Returns the state shown at a version, by folding everything. */
    String shownAt(long version) {
      String state = baseShown;
      for (Entry entry : entries) {
        if (entry.version <= version) {
          state = entry.after(state);
        }
      }
      return state;
    }

    long newest() {
      return entries.isEmpty() ? baseVersion : entries.get(entries.size() - 1).version;
    }

    void pin(long version) {
      pinned = version;
      pinnedState = shownAt(version);
    }

    void touched() {
      if (pinned != null && pinned >= baseVersion) {
        pinnedState = shownAt(pinned);
      }
    }

    int actionsNotSkippedAfter(long version) {
      return entries.stream()
          .filter(entry -> entry.version > version && !entry.skipped)
          .mapToInt(entry -> entry.actions.size())
          .sum();
    }

    void compare() {
      assertThat(view.get()).isEqualTo(pinned == null ? shownAt(newest()) : pinnedState);
      List<Moment<String, Action>> moments = timeline.moments();
      assertThat(moments).extracting(Moment::version).isEqualTo(versions());
      String before = baseShown;
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        assertThat(moments.get(i).before()).isEqualTo(before);
        before = entry.after(before);
        assertThat(moments.get(i).after()).isEqualTo(before);
        assertThat(moments.get(i).skipped()).isEqualTo(entry.skipped);
        assertThat(moments.get(i).actions()).isEqualTo(entry.actions);
      }
      TimelineStatus status = timeline.status().get();
      assertThat(status.oldest()).isEqualTo(baseVersion);
      assertThat(status.newest()).isEqualTo(newest());
      assertThat(status.viewed()).isEqualTo(pinned == null ? newest() : pinned);
      assertThat(status.skipped())
          .isEqualTo((int) entries.stream().filter(entry -> entry.skipped).count());
    }

    List<Long> versions() {
      return entries.stream().map(entry -> entry.version).toList();
    }
  }

  /** One thing to do. */
  sealed interface Step {
    void doTo(Pair pair);

    /** One action, or several in one commit. */
    record Dispatch(List<Action> actions) implements Step {
      @Override
      public void doTo(Pair pair) {
        long before = pair.store.version();
        if (actions.size() == 1) {
          pair.store.dispatch(actions.get(0));
        } else {
          Store.atomically(() -> actions.forEach(pair.store::dispatch), pair.store);
        }
        pair.committed(before, effective(pair, actions));
      }

      /** Actions that changed nothing leave no trace. */
      private static List<Action> effective(Pair pair, List<Action> all) {
        String state =
            pair.entries.isEmpty()
                ? pair.baseActual
                : pair.entries.get(pair.entries.size() - 1).actual;
        List<Action> effective = new ArrayList<>();
        for (Action action : all) {
          String next = Action.after(state, action);
          if (next != state) {
            effective.add(action);
          }
          state = next;
        }
        return effective;
      }
    }

    /** A plain update. */
    record Update(char letter) implements Step {
      @Override
      public void doTo(Pair pair) {
        long before = pair.store.version();
        pair.store.update(text -> letter + text);
        pair.committed(before, List.of());
      }
    }

    /** A jump to somewhere, kept or not. */
    record Jump(int back) implements Step {
      @Override
      public void doTo(Pair pair) {
        long version = pair.newest() - back;
        boolean found = pair.timeline.jump(version).fold(moment -> true, notKept -> false);
        assertThat(found).isEqualTo(version >= pair.baseVersion && back >= 0);
        if (found) {
          pair.pin(version);
        }
      }
    }

    /** A step back or forth. */
    record Walk(boolean back) implements Step {
      @Override
      public void doTo(Pair pair) {
        var result = back ? pair.timeline.stepBack() : pair.timeline.stepForward();
        long from = pair.pinned == null ? pair.newest() : pair.pinned;
        long to = from < pair.baseVersion ? (back ? -1 : pair.baseVersion) : from + (back ? -1 : 1);
        boolean kept = to >= pair.baseVersion && to <= pair.newest();
        assertThat(result.<Boolean>fold(found -> true, notKept -> false)).isEqualTo(kept);
        if (kept) {
          pair.pin(to);
        }
      }
    }

    /** The view follows again. */
    record Resume() implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.timeline.resume();
        pair.pinned = null;
      }
    }

    /** Something is skipped, or taken in again. */
    record Skip(int back, boolean skip) implements Step {
      @Override
      public void doTo(Pair pair) {
        long version = pair.newest() - back;
        pair.calls.set(0);
        var result = skip ? pair.timeline.skip(version) : pair.timeline.include(version);
        int calls = pair.calls.get();
        boolean kept = pair.versions().contains(version);
        assertThat(result.<Boolean>fold(found -> true, notKept -> false)).isEqualTo(kept);
        boolean changed = false;
        for (Entry entry : pair.entries) {
          if (entry.version == version && entry.skipped != skip) {
            entry.skipped = skip;
            changed = true;
          }
        }
        assertThat(calls)
            .isLessThanOrEqualTo(changed ? pair.actionsNotSkippedAfter(version - 1) : 0);
        pair.touched();
      }
    }

    /** Everything is taken in again. */
    record IncludeAll() implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.calls.set(0);
        pair.timeline.includeAll();
        assertThat(pair.calls).hasValue(0);
        pair.entries.forEach(entry -> entry.skipped = false);
        pair.baseShown = pair.baseActual;
        pair.touched();
      }
    }
  }

  @Property(seed = "31415", tries = 2_000)
  void everyLook_isTheFullFold(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 12) int most) {
    Pair pair = new Pair(most);

    for (Step step : steps) {
      step.doTo(pair);
      pair.compare();
    }
    pair.timeline.includeAll();
    pair.timeline.resume();

    assertThat(pair.view.get()).isEqualTo(pair.store.get());
  }

  @Property(seed = "31416", tries = 500)
  void savedAndOpened_showsTheSame(@ForAll("steps") List<Step> steps) {
    Pair pair = new Pair(1_000);
    steps.forEach(step -> step.doTo(pair));
    Codec<SavedTimeline<String, Action>> codec = SavedTimeline.codec(TEXT, ACTIONS, 1_000);

    byte[] json = codec.encode(pair.timeline.save());
    Timeline<String, Action> opened = Timeline.open(codec.decode(json), Action::after);

    assertThat(opened.moments()).isEqualTo(pair.timeline.moments());
    opened
        .moments()
        .forEach(
            moment -> {
              opened.jump(moment.version());
              assertThat(opened.view().get()).isEqualTo(pair.shownAt(moment.version()));
            });
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Character> letters = Arbitraries.of('a', 'b', 'c');
    Arbitrary<Action> actions =
        Arbitraries.oneOf(
            letters.map(Action.Append::new),
            letters.map(Action.Append::new),
            Arbitraries.create(Action.Shorten::new),
            letters.map(Action.Reset::new));
    Arbitrary<Integer> backs = Arbitraries.integers().between(-1, 14);
    return Arbitraries.<Step>oneOf(
            actions.list().ofSize(1).map(Step.Dispatch::new),
            actions.list().ofSize(1).map(Step.Dispatch::new),
            actions.list().ofMinSize(1).ofMaxSize(3).map(Step.Dispatch::new),
            letters.map(Step.Update::new),
            backs.map(Step.Jump::new),
            Arbitraries.of(true, true, false).map(Step.Walk::new),
            Arbitraries.create(Step.Resume::new),
            backs.map(back -> new Step.Skip(back, true)),
            backs.map(back -> new Step.Skip(back, true)),
            backs.map(back -> new Step.Skip(back, false)),
            Arbitraries.of(true, false, false)
                .map(all -> all ? new Step.IncludeAll() : new Step.Resume()))
        .list()
        .ofMaxSize(50);
  }
}
