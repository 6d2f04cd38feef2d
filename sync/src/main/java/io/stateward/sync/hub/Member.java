package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a document knows of one client: who it belongs to, up to where its mutations were judged,
 * which of them were refused, and from where it needs the history.
 *
 * <p>Thread safety: confined to the turn of its document.
 */
final class Member {

  private static final int REASONS = 64; // refusals that are kept word for word
  private static final int RUNS = 1024; // runs of refused ids that are kept

  final String client;
  final String owner;
  long last; // the highest id that was judged
  long lastRefused;
  long judgedAt; // the sequence when its last mutation was judged
  long lease; // it needs the events after this
  boolean needsSnapshot; // what it has cannot be gone on from
  boolean isStored; // the journal or the record says whose it is
  private long mark; // what it had been sent when markNanos was set
  private long markNanos;
  private long changedNanos; // when its last mutation came
  private long awayMillis; // how long it was away when seenNanos was set
  private long seenNanos; // when it was seen last
  private final Deque<Refusal> refusals = new ArrayDeque<>();
  private final TreeMap<Long, Long> refusedRuns = new TreeMap<>(); // first to last id of each
  private long unknown; // which of the ids up to this were refused is known of a few alone

  Member(String client, String owner, long lease, long nowNanos) {
    this.client = client;
    this.owner = owner;
    this.lease = lease;
    this.seenNanos = nowNanos;
    this.mark = lease;
    this.markNanos = nowNanos;
    this.changedNanos = nowNanos;
  }

  /** A mutation came that was made after a sequence: the next ones were made there or later. */
  void changed(long base, long nowNanos) {
    lease = base;
    changedNanos = nowNanos;
  }

  /**
   * Raises the lease of a client that is here to what it had been sent a while ago, unless it made
   * changes since: then what it sends next may have been made before.
   */
  void raiseLease(long sent, long quietNanos, long nowNanos) {
    if (nowNanos - markNanos < quietNanos) {
      return;
    }
    if (changedNanos - markNanos < 0) {
      lease = Math.max(lease, mark);
    }
    mark = sent;
    markNanos = nowNanos;
  }

  /** Returns the owner if it has to go with the entry that is stored next, or null. */
  @Nullable String takeOwner() {
    boolean was = isStored;
    isStored = true;
    return was ? null : owner;
  }

  void seen(long nowNanos) {
    awayMillis = 0;
    seenNanos = nowNanos;
  }

  long awayMillis(long nowNanos) {
    return awayMillis + (nowNanos - seenNanos) / 1_000_000;
  }

  void accepted(long id, long sequence) {
    last = id;
    judgedAt = sequence;
  }

  void refused(Refusal refusal) {
    long from = last + 1; // of some at the begin there may be no entries: they were refused too
    last = refusal.id();
    lastRefused = refusal.id();
    judgedAt = refusal.after();
    refusals.addLast(refusal);
    if (refusals.size() > REASONS) {
      refusals.removeFirst();
    }
    Map.Entry<Long, Long> run = refusedRuns.lastEntry();
    boolean continues = run != null && run.getValue() == from - 1;
    refusedRuns.put(continues ? run.getKey() : from, refusal.id());
    if (refusedRuns.size() > RUNS) {
      unknown = refusedRuns.pollFirstEntry().getValue();
    }
  }

  /** Tells whether anything of it was accepted. */
  boolean hasWritten() {
    Map.Entry<Long, Long> run = refusedRuns.firstEntry();
    return last > 0 && (run == null || run.getKey() > 1 || run.getValue() < last);
  }

  /** Returns the last refusal, or null if there was none. */
  @Nullable Refusal lastRefusal() {
    return refusals.peekLast();
  }

  /** Returns why a mutation was refused, or null if that is not known word for word. */
  @Nullable Refusal refusal(long id) {
    for (Refusal each : refusals) {
      if (each.id() == id) {
        return each;
      }
    }
    return null;
  }

  boolean wasRefused(long id) {
    Map.Entry<Long, Long> run = refusedRuns.floorEntry(id);
    return run != null && id <= run.getValue();
  }

  /** Tells whether it is not known any more what became of a mutation that was judged. */
  boolean hasForgotten(long id) {
    return id <= unknown;
  }

  Tree store(long nowNanos) {
    List<Tree> reasons = new ArrayList<>();
    refusals.forEach(each -> reasons.add(each.store()));
    List<Tree> runs = new ArrayList<>();
    refusedRuns.forEach((from, to) -> runs.add(Tree.array(Tree.of(from), Tree.of(to))));
    return Tree.object()
        .plus("client", client)
        .plus("owner", owner)
        .plus("last", last)
        .plus("refused", lastRefused)
        .plus("judged", judgedAt)
        .plus("lease", lease)
        .plus("away", awayMillis(nowNanos))
        .plus("reasons", Tree.array(reasons))
        .plus("runs", Tree.array(runs))
        .plus("unknown", unknown);
  }

  static Member restore(TreeObject stored, long nowNanos) {
    Member member =
        new Member(
            stored.at("/client").asString(),
            stored.at("/owner").asString(),
            stored.at("/lease").asLong(),
            nowNanos);
    member.isStored = true;
    member.last = stored.at("/last").asLong();
    member.lastRefused = stored.at("/refused").asLong();
    member.judgedAt = stored.at("/judged").asLong();
    member.unknown = stored.at("/unknown").asLong();
    member.awayMillis = stored.at("/away").asLong();
    for (Tree each : stored.at("/reasons").asArray().elements()) {
      member.refusals.add(Refusal.restore(each.asObject()));
    }
    for (Tree each : stored.at("/runs").asArray().elements()) {
      List<Tree> both = each.asArray().elements();
      member.refusedRuns.put(both.get(0).asLong(), both.get(1).asLong());
    }
    return member;
  }
}
