package io.stateward.history;

import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.signal.internal.Tap;
import io.stateward.signal.internal.Transaction;
import io.stateward.store.Commit;
import io.stateward.store.Middleware;
import io.stateward.store.Reducer;
import io.stateward.store.ReducingStore;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The timeline of a store, or one that was opened and has none. */
final class RecordingTimeline<S, A> implements Timeline<S, A> {

  /*
   * Concurrency
   * -----------
   * A commit is noted, with its time and label, while the store's lock is held, by the thread that
   * makes it. Of a reducing store, that is a stamp only: the actions come with the delivery, in the
   * order of versions, and find their stamp. The log is immutable and kept in a notebook, whose folds
   * call lenses, equalities and reducers without a lock.
   *
   * The first moment that the tap tells is where the log starts. The recorder is added before the
   * tap, so what it tells is in the log from there on, and not before.
   */

  private final Replay<S, A> replay;
  private final int most;
  private final Notebook<TimelineLog<S, A>> log;
  private final Queue<Stamp> stamps = new ConcurrentLinkedQueue<>();
  private final Store<Looked<S>> looked;
  private final List<Subscription> opened = new ArrayList<>(2); // written by the factories alone

  @SuppressWarnings("ThreadLocalUsage") // a label is of this timeline and this thread
  private final ThreadLocal<String> labels = new ThreadLocal<>();

  private final Signal<S> view;
  private boolean begun; // guarded by the store's lock

  private RecordingTimeline(
      @Nullable Store<S> store, Replay<S, A> replay, int most, TimelineLog<S, A> start) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "A timeline keeps at least 1 moment, not %d; close it to keep none.".formatted(most));
    }
    this.replay = replay;
    this.most = most;
    this.log = new Notebook<>(start);
    this.looked = Store.of("timeline of '%s'".formatted(replay.name()), new Looked<>(start));
    this.view =
        store == null
            ? looked.select(now -> now.shown)
            : Signal.combine(store, looked, (live, now) -> now.status.live() ? live : now.shown);
  }

  static <S> Timeline<S, Void> of(Store<S> store, int most, Timekeeper timekeeper) {
    var timeline =
        new RecordingTimeline<S, Void>(
            store,
            new Replay<>(store.name(), (state, none) -> state),
            most,
            TimelineLog.notBegun(store.get()));
    timeline.opened.add(
        Tap.open(store, moment -> timeline.note(moment, timeline.stamp(moment, timekeeper))));
    timeline.opened.add(
        store.subscribe(Delivery.every().named("timeline"), change -> timeline.publish()));
    timeline.publish();
    return timeline;
  }

  static <S, A> Timeline<S, A> of(
      ReducingStore<S, A> store, Reducer<S, A> reducer, int most, Timekeeper timekeeper) {
    var timeline =
        new RecordingTimeline<S, A>(
            store, new Replay<>(store.name(), reducer), most, TimelineLog.notBegun(store.get()));
    timeline.opened.add(store.use(Middleware.recording(timeline::record)));
    timeline.opened.add(
        Tap.open(store, moment -> timeline.begin(moment, timeline.stamp(moment, timekeeper))));
    timeline.publish();
    return timeline;
  }

  static <S, A> Timeline<S, A> open(SavedTimeline<S, A> saved, Reducer<S, A> reducer) {
    var replay = new Replay<S, A>("saved timeline", reducer);
    int most = Math.max(1, saved.commits().size());
    return new RecordingTimeline<>(null, replay, most, TimelineLog.opened(saved, replay));
  }

  /** When a commit was made, and what it was called. */
  private record Stamp(long version, Instant time, @Nullable String label) {}

  /** What is looked at. A class: comparing two would compare whole states. */
  private static final class Looked<S> {
    final S shown;
    final TimelineStatus status;

    Looked(TimelineLog<S, ?> log) {
      this.shown = log.shown();
      this.status = log.status();
    }
  }

  private Stamp stamp(Tap.Moment<S> moment, Timekeeper timekeeper) {
    return new Stamp(moment.version(), timekeeper.now(), labels.get());
  }

  /** Notes a commit without actions. Called under the store's lock. */
  private void note(Tap.Moment<S> moment, Stamp stamp) {
    log.note(now -> now.taking(moment, entryOf(stamp), most, replay));
  }

  private Function<S, TimelineLog.Entry<S, A>> entryOf(Stamp stamp) {
    return state -> TimelineLog.Entry.of(stamp.version, stamp.time, stamp.label, List.of(), state);
  }

  /** Begins with the first moment, and stamps those after it. Called under the store's lock. */
  private void begin(Tap.Moment<S> moment, Stamp stamp) {
    if (begun) {
      stamps.add(stamp);
    } else {
      begun = true;
      note(moment, stamp);
    }
  }

  /** Takes a commit with its actions, in its delivery. */
  private void record(Commit<S, A> commit) {
    Stamp stamp = stampOf(commit.version());
    if (stamp != null) {
      String label = stamp.label == null ? commit.cause() : stamp.label;
      var entry =
          TimelineLog.Entry.of(
              commit.version(), stamp.time, label, commit.actions(), commit.after());
      log.note(now -> now.appended(entry, most, replay));
      publish();
    }
  }

  /** Returns the stamp of a version; null for one that is older than the log. */
  private @Nullable Stamp stampOf(long version) {
    Stamp last = null;
    for (Stamp next = stamps.peek();
        next != null && next.version <= version;
        next = stamps.peek()) {
      last = stamps.poll();
    }
    return last != null && last.version == version ? last : null;
  }

  private TimelineLog<S, A> publish() {
    TimelineLog<S, A> account = log.account();
    looked.update(
        was -> {
          Looked<S> now = new Looked<>(log.folded());
          return now.shown == was.shown && now.status.equals(was.status) ? was : now;
        });
    return account;
  }

  @Override
  public Signal<S> view() {
    return view;
  }

  @Override
  public Signal<TimelineStatus> status() {
    return looked.select(now -> now.status);
  }

  @Override
  public List<Moment<S, A>> moments() {
    return new Moments<>(log.account());
  }

  @Override
  public MomentResult<S, A> jump(long version) {
    refuseInside("jump");
    TimelineLog<S, A> now = log.account();
    return version > now.newest().version() ? notKept(now) : pin(now, now.indexAt(version));
  }

  @Override
  public MomentResult<S, A> stepBack() {
    refuseInside("step");
    TimelineLog<S, A> now = log.account();
    return pin(now, now.indexAt(now.status().viewed()) - 1);
  }

  @Override
  public MomentResult<S, A> stepForward() {
    refuseInside("step");
    TimelineLog<S, A> now = log.account();
    int next = Math.max(now.indexAt(now.status().viewed()), -2) + 1;
    return next < now.entries().size() ? pin(now, next) : notKept(now);
  }

  private MomentResult<S, A> pin(TimelineLog<S, A> now, int index) {
    if (index < -1) {
      return notKept(now);
    }
    Moment<S, A> moment = now.moment(index);
    log.note(later -> later.pinned(new TimelineLog.Pin<>(moment.version(), moment.after())));
    publish();
    return new MomentResult.Found<>(moment);
  }

  private static <S, A> MomentResult<S, A> notKept(TimelineLog<S, A> now) {
    return new MomentResult.NotKept<>(now.base().version(), now.newest().version());
  }

  @Override
  public void resume() {
    change("resume", now -> now.pinned(null));
  }

  @Override
  public MomentResult<S, A> skip(long version) {
    return skip(version, true);
  }

  @Override
  public MomentResult<S, A> include(long version) {
    return skip(version, false);
  }

  private MomentResult<S, A> skip(long version, boolean skip) {
    TimelineLog<S, A> after = change("skip", now -> now.skipping(version, skip, replay));
    int index = after.indexAt(version);
    return index < 0 || after.entry(index).version() != version
        ? notKept(after)
        : new MomentResult.Found<>(after.moment(index));
  }

  @Override
  public void includeAll() {
    change("include", TimelineLog::complete);
  }

  @Override
  public void clear() {
    change("clear", TimelineLog::cleared);
  }

  private TimelineLog<S, A> change(String attempted, UnaryOperator<TimelineLog<S, A>> change) {
    refuseInside(attempted);
    log.note(change);
    return publish();
  }

  @Override
  public void label(String label, Runnable body) {
    refuseInside("label");
    String outer = labels.get();
    labels.set(Objects.requireNonNull(label, "label"));
    try {
      body.run();
    } finally {
      if (outer == null) {
        labels.remove();
      } else {
        labels.set(outer);
      }
    }
  }

  @Override
  public SavedTimeline<S, A> save() {
    return log.account().saved();
  }

  private void refuseInside(String attempted) {
    Transaction.refuseInside(
        () -> "%s in the timeline of '%s'".formatted(attempted, replay.name()));
  }

  @Override
  public void close() {
    refuseInside("close");
    opened.forEach(Subscription::close);
    publish();
  }
}
