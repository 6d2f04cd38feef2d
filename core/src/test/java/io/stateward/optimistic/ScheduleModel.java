package io.stateward.optimistic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an optimistic store is, said naively: a list of commands that is executed from the beginning
 * whenever anything happens.
 */
final class ScheduleModel {

  /** What a mutation does; names may be temporary. */
  record Deed(Verb verb, String item, int count) {

    /** The kinds of commands; the last one, which does not throw, is the server's. */
    enum Verb {
      ADD,
      SET,
      EDIT,
      REMOVE,
      DROP
    }

    Map<String, Integer> on(Map<String, Integer> state, Map<String, String> ids) {
      String name = ids.getOrDefault(item, item);
      Map<String, Integer> next = new TreeMap<>(state);
      if ((verb == Verb.EDIT || verb == Verb.REMOVE) && !state.containsKey(name)) {
        throw new IllegalStateException("there is no " + name);
      }
      switch (verb) {
        case ADD -> next.merge(name, count, Integer::sum);
        case SET, EDIT -> next.put(name, count);
        case REMOVE, DROP -> next.remove(name);
      }
      return next;
    }
  }

  /** A command, however it came to be. */
  @FunctionalInterface
  interface Doing {
    Map<String, Integer> on(Map<String, Integer> state, Map<String, String> ids);
  }

  /** A mutation. */
  static final class Entry {
    final Deed deed;
    final ScheduledKind kind;
    Doing doing;
    MutationStatus status = MutationStatus.PENDING;
    Map<String, Integer> image = Map.of();
    @Nullable String result; // what it was settled with
    @Nullable Integer base; // what was confirmed when it was sent last
    boolean sentSomething; // there was anything of it when it was sent last
    boolean waits = true; // for an answer of its call
    boolean deciding;
    boolean uncertain; // it was not answered in time, so it may have been carried out
    int theirs;
    int timeouts;
    int conflicts;
    long due = Long.MAX_VALUE;
    long order;

    Entry(Deed deed, ScheduledKind kind) {
      this.deed = deed;
      this.kind = kind;
      this.doing = deed::on;
    }

    boolean isAcknowledged() {
      return status == MutationStatus.ACKNOWLEDGED;
    }
  }

  Map<String, Integer> base = new TreeMap<>();
  final List<Entry> log = new ArrayList<>();
  final List<Entry> all = new ArrayList<>();
  final Set<Entry> abandoned = new HashSet<>();
  final Map<String, String> ids = new HashMap<>();
  final List<DeadLetter.Kind> letters = new ArrayList<>();
  final List<Map<String, Integer>> trace = new ArrayList<>(); // what was visible after each commit
  long millis;
  private long orders;

  Map<String, Integer> visible() {
    return log.isEmpty() ? base : log.get(log.size() - 1).image;
  }

  private void commit() {
    refold();
    while (!log.isEmpty() && log.get(0).isAcknowledged()) {
      base = log.remove(0).image;
    }
    trace.add(visible());
  }

  private void refold() {
    List<Entry> lost = new ArrayList<>();
    Map<String, Integer> state = base;
    for (Entry entry : List.copyOf(log)) {
      Map<String, Integer> next = executed(entry, state);
      if (next == null) {
        log.remove(entry);
        letters.add(DeadLetter.Kind.NOT_REPLAYABLE);
        lost.add(entry);
      } else {
        entry.image = next;
        state = next;
      }
    }
    for (Entry entry : lost) {
      if (!entry.isAcknowledged()) {
        abandoned.add(entry);
        settle(entry, "Lost");
      }
    }
  }

  private @Nullable Map<String, Integer> executed(Entry entry, Map<String, Integer> state) {
    try {
      return entry.doing.on(state, ids);
    } catch (IllegalStateException e) {
      Integer last = entry.image.get(real(entry));
      if (!entry.kind.keepsImage() || last == null) {
        return null;
      }
      entry.doing =
          (now, known) -> with(now, known.getOrDefault(entry.deed.item(), entry.deed.item()), last);
      return entry.doing.on(state, ids);
    }
  }

  String real(Entry entry) {
    return ids.getOrDefault(entry.deed.item(), entry.deed.item());
  }

  static Map<String, Integer> with(Map<String, Integer> state, String item, int count) {
    Map<String, Integer> next = new TreeMap<>(state);
    next.put(item, count);
    return next;
  }

  private void settle(Entry entry, String result) {
    entry.result = result;
    entry.due = Long.MAX_VALUE;
    entry.waits = false;
    entry.deciding = false;
  }

  boolean isOpen(Entry entry) {
    return log.contains(entry) && !entry.isAcknowledged();
  }

  /** Returns the mutation; null if its command threw. */
  @Nullable Entry mutate(Deed deed, ScheduledKind kind) {
    Entry entry = new Entry(deed, kind);
    try {
      entry.image = entry.doing.on(visible(), ids);
    } catch (IllegalStateException e) {
      return null;
    }
    log.add(entry);
    all.add(entry);
    trace.add(visible());
    send(entry);
    return entry;
  }

  private void send(Entry entry) {
    entry.base = base.get(real(entry));
    entry.sentSomething = entry.base != null || entry.image.containsKey(real(entry));
    entry.waits = entry.kind.calls();
    entry.order = orders++;
    entry.due =
        entry.kind.timeoutMillis() > 0 ? millis + entry.kind.timeoutMillis() : Long.MAX_VALUE;
  }

  /** Takes an acknowledgement, with what the server has of an item or without. */
  Settlement acknowledge(@Nullable Entry entry, @Nullable Deed server) {
    if (entry == null) {
      return Settlement.UNKNOWN;
    }
    if (isOpen(entry)) {
      confirm(entry, server);
      return Settlement.SETTLED;
    }
    if (!abandoned.contains(entry)) {
      return Settlement.DUPLICATE;
    }
    if (server != null) {
      push(List.of(server), Set.of(entry));
    } else {
      abandoned.remove(entry);
      late(entry);
    }
    return Settlement.LATE;
  }

  private void late(Entry entry) {
    if (confirmNow(entry)) {
      commit();
    } else {
      letters.add(DeadLetter.Kind.NOT_REPLAYABLE);
    }
  }

  private void confirm(Entry entry, @Nullable Deed server) {
    if (server != null) {
      settle(entry, "Effective");
      absorbExcept(Set.of(entry));
      base = server.on(base, ids);
      log.remove(entry);
      commit();
      return;
    }
    settle(entry, "Effective");
    entry.status = MutationStatus.ACKNOWLEDGED;
    if (entry.kind.atOnce() && log.indexOf(entry) > 0) {
      confirmNow(entry); // or it keeps its place
    }
    commit();
  }

  boolean reject(@Nullable Entry entry) {
    return entry != null && end(entry, "Rejected", DeadLetter.Kind.REJECTED, false);
  }

  boolean cancel(Entry entry) {
    return end(entry, "Cancelled", null, true);
  }

  private boolean end(
      Entry entry, String result, DeadLetter.@Nullable Kind kind, boolean mayBeCarriedOut) {
    if (!isOpen(entry)) {
      return false;
    }
    settle(entry, result);
    log.remove(entry);
    if (kind != null) {
      letters.add(kind);
    }
    if (mayBeCarriedOut) {
      abandoned.add(entry);
    }
    commit();
    return true;
  }

  /** Executes a mutation on what is confirmed and acknowledged; false if that cannot be. */
  private boolean confirmNow(Entry entry) {
    Map<String, Integer> was = base;
    List<Entry> before = List.copyOf(log);
    absorbExcept(Set.of(entry));
    try {
      base = entry.doing.on(base, ids);
      log.remove(entry);
      return true;
    } catch (IllegalStateException e) {
      base = was;
      log.clear();
      log.addAll(before);
      return false;
    }
  }

  private void absorbExcept(Set<Entry> included) {
    for (Entry entry : List.copyOf(log)) {
      if (entry.isAcknowledged() && !included.contains(entry)) {
        try {
          base = entry.doing.on(base, ids);
          log.remove(entry);
        } catch (IllegalStateException e) {
          continue; // it depends on what is not confirmed
        }
      }
    }
  }

  /** Takes what the server sent, which includes some mutations. */
  void push(List<Deed> patches, Set<Entry> includes) {
    List<Entry> closed = includes.stream().filter(this::isOpen).toList();
    absorbExcept(Set.of());
    for (Deed patch : patches) {
      base = patch.on(base, ids);
    }
    log.removeAll(includes);
    abandoned.removeAll(includes);
    closed.forEach(entry -> settle(entry, "Effective"));
    commit();
  }

  /** The call was answered with the server's own version. */
  void saved(Entry entry, int count) {
    if (!entry.waits) {
      return;
    }
    String item = entry.deed.item();
    boolean learns = entry.kind.creates() && (entry.kind.adopts() || entry.sentSomething);
    if (learns) {
      ids.put(item, "real " + item);
    }
    if (entry.kind.adopts()) {
      confirm(entry, new Deed(Deed.Verb.SET, item, count));
    } else {
      if (learns) {
        refold();
      }
      if (isOpen(entry)) {
        confirm(entry, null);
      } else {
        commit(); // it could not be executed under the real name
      }
    }
  }

  void failed(Entry entry) {
    if (entry.waits) {
      end(entry, "Failed", DeadLetter.Kind.FAILED, true);
    }
  }

  void gone(Entry entry) {
    if (entry.waits && !entry.image.containsKey(real(entry))) {
      confirm(entry, null); // it was to be gone
    } else if (entry.waits) {
      end(entry, "Gone", DeadLetter.Kind.GONE, false);
    }
  }

  /** The call was answered with a conflict. */
  void conflict(Entry entry, int theirs) {
    if (entry.waits) {
      entry.waits = false;
      entry.due = Long.MAX_VALUE;
      entry.uncertain = false;
      dispute(entry, theirs);
    }
  }

  private void dispute(Entry entry, int theirs) {
    entry.conflicts++;
    Map<String, Integer> image = entry.image;
    absorbExcept(Set.of());
    base = with(base, real(entry), theirs);
    if (entry.conflicts > 10) {
      log.remove(entry);
      letters.add(DeadLetter.Kind.CONFLICT);
      settle(entry, "Conflict");
      if (entry.uncertain) {
        abandoned.add(entry);
      }
      commit();
      return;
    }
    entry.status = MutationStatus.CONFLICTED;
    commit();
    if (!isOpen(entry)) {
      return;
    }
    entry.theirs = theirs;
    Integer mine = image.get(real(entry));
    switch (entry.kind.resolution()) {
      case SERVER -> conceded(entry);
      case MINE -> prevail(entry, null);
      case MERGE -> {
        if (mine == null) {
          conceded(entry);
        } else {
          int from = entry.base == null ? 0 : entry.base;
          prevail(entry, merged(from, mine, theirs));
        }
      }
      case ASK -> entry.deciding = true;
    }
  }

  static int merged(int base, int mine, int theirs) {
    return mine + theirs - base;
  }

  private void conceded(Entry entry) {
    end(entry, "Conflict", DeadLetter.Kind.CONFLICT, entry.uncertain);
  }

  private void prevail(Entry entry, @Nullable Integer value) {
    entry.status = MutationStatus.RETRYING;
    if (value != null) {
      int theirs = entry.theirs;
      boolean merges = entry.kind.resolution() == ScheduledKind.Resolving.MERGE;
      entry.doing =
          (state, known) -> {
            String item = known.getOrDefault(entry.deed.item(), entry.deed.item());
            Integer now = state.get(item);
            if (now == null) {
              throw new IllegalStateException("it is not there any more");
            }
            boolean stands = !merges || now == theirs;
            return with(state, item, stands ? value : merged(theirs, value, now));
          };
    }
    commit();
    if (isOpen(entry)) {
      send(entry);
    }
  }

  /** Somebody decided: 0 mine, 1 theirs, 2 nothing, else this value. */
  void choose(Entry entry, int choice) {
    if (!entry.deciding) {
      return;
    }
    entry.deciding = false;
    if (choice == 0) {
      prevail(entry, null);
    } else if (choice == 1 || choice == 2) {
      conceded(entry);
    } else {
      prevail(entry, choice);
    }
  }

  /** Time passes. */
  void advance(long by) {
    long until = millis + by;
    for (Entry next = nextDue(until); next != null; next = nextDue(until)) {
      millis = next.due;
      expire(next);
    }
    millis = until;
  }

  private @Nullable Entry nextDue(long until) {
    Entry first = null;
    for (Entry entry : log) {
      boolean earlier =
          first == null
              || entry.due < first.due
              || (entry.due == first.due && entry.order < first.order);
      if (entry.due <= until && earlier) {
        first = entry;
      }
    }
    return first;
  }

  private void expire(Entry entry) {
    entry.due = Long.MAX_VALUE;
    entry.waits = false;
    if (entry.kind.calls() && ++entry.timeouts <= entry.kind.again()) {
      entry.status = MutationStatus.RETRYING;
      send(entry);
    } else {
      Integer theirs = entry.kind.dropsUnanswered() ? null : base.get(real(entry));
      if (theirs == null) {
        end(entry, "Failed", DeadLetter.Kind.UNANSWERED, true);
      } else {
        entry.uncertain = true;
        dispute(entry, Objects.requireNonNull(theirs));
      }
    }
  }
}
