package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Replica;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ledger on a client. It checks that it is told everything, once and in order, now and then asks
 * for history that it does not need, and now and then rewrites what is pending.
 */
final class LedgerReplica implements Replica {

  private final World world;
  private final String name;
  private List<String> confirmed = new ArrayList<>();
  private List<Mutation> pending = new ArrayList<>();
  private long sequence;
  private long historyUpTo = -1;

  LedgerReplica(World world, String name) {
    this.world = world;
    this.name = name;
  }

  List<String> confirmed() {
    return confirmed;
  }

  /** Returns what the application sees. */
  List<String> view() {
    List<String> view = new ArrayList<>(confirmed);
    pending.forEach(made -> view.add(LedgerType.token(made.change())));
    return view;
  }

  @Override
  public String type() {
    return "ledger";
  }

  @Override
  public void edit(Mutation made) {
    pending.add(made);
  }

  @Override
  public List<Tree> reset(long at, Tree state, List<Tree> still) {
    confirmed = LedgerType.tokens(state);
    sequence = at;
    historyUpTo = -1;
    checkLength();
    List<Tree> now = keep(still);
    pending = unnumbered(now);
    return now;
  }

  private static List<Mutation> unnumbered(List<Tree> changes) {
    return new ArrayList<>(changes.stream().map(c -> new Mutation("", 0, 0, 0, c)).toList());
  }

  @Override
  public void renumber(List<Mutation> now) {
    List<Tree> before = pending.stream().map(Mutation::change).toList();
    if (!before.equals(now.stream().map(Mutation::change).toList())) {
      world.fail("%s has %s and was told to number %s".formatted(name, before, now), null);
    }
    pending = new ArrayList<>(now);
  }

  /** Keeps what is pending, or puts the same in other words. */
  private List<Tree> keep(List<Tree> still) {
    for (Tree change : still) {
      if (confirmed.contains(LedgerType.token(change))) {
        world.fail(name + " was told as pending what is in the state: " + change.toJson(), null);
      }
    }
    boolean rewrite = !still.isEmpty() && chance(4, still.toString());
    return rewrite ? still.stream().map(LedgerReplica::reworded).toList() : still;
  }

  /** Decides by what it was told alone: a replica does the same again when it is told the same. */
  private boolean chance(int outOf, String of) {
    return Math.floorMod((of + name + sequence).hashCode() * 0x9E3779B9, outOf) == 0;
  }

  private static Tree reworded(Tree change) {
    long times = change.find("/reworded").map(Tree::asLong).orElse(0L);
    return change.with("/reworded", Tree.of(times + 1));
  }

  @Override
  public @Nullable Long take(Mutation update) {
    boolean curious = !pending.isEmpty() && chance(20, update.client());
    if (curious && historyUpTo < sequence && sequence > 0) {
      return Math.max(0, sequence - 1 - update.id() % 3);
    }
    append(update.sequence(), update.change());
    return null;
  }

  @Override
  public void history(long after, List<Mutation> events) {
    long next = after + 1;
    for (Mutation event : events) {
      if (event.sequence() != next++
          || !LedgerType.token(event.change()).equals(confirmed.get((int) event.sequence() - 1))) {
        world.fail("%s got a wrong history after %d: %s".formatted(name, after, events), null);
      }
    }
    if (next <= sequence) {
      world.fail("%s got history to %d, but has %d".formatted(name, next - 1, sequence), null);
    }
    historyUpTo = sequence;
  }

  private void append(long at, Tree change) {
    if (at != sequence + 1) {
      world.fail("%s has %d and was told %d next".formatted(name, sequence, at), null);
    }
    if (change.at("/at").asLong() != at) {
      world.fail("%s was told %s at %d".formatted(name, change.toJson(), at), null);
    }
    sequence = at;
    confirmed.add(LedgerType.token(change));
    checkLength();
  }

  private void checkLength() {
    if (confirmed.size() != sequence) {
      world.fail("%s has %d tokens at %d".formatted(name, confirmed.size(), sequence), null);
    }
  }

  @Override
  public void confirm(long id, long at, Tree change) {
    String token = LedgerType.token(change);
    if (pending.isEmpty() || !LedgerType.token(pending.get(0).change()).equals(token)) {
      world.fail("%s was confirmed %s, pending is %s".formatted(name, token, pending), null);
    } else {
      pending.remove(0);
    }
    append(at, change);
  }

  @Override
  public List<Tree> refuse(long id, Verdict.Refused refusal, List<Tree> still) {
    int place = pending.size() - still.size() - 1;
    if (place < 0 || pending.get(place).id() != id) {
      world.fail("%s was refused %d, has %s, still %s".formatted(name, id, pending, still), null);
      return still;
    }
    List<Tree> now = keep(still);
    pending = new ArrayList<>(pending.subList(0, place));
    pending.addAll(unnumbered(now));
    return now;
  }

  @Override
  public Tree store() {
    return Tree.object()
        .plus("tokens", LedgerType.tree(confirmed))
        .plus("history", historyUpTo); // what it asks for next follows from that
  }

  @Override
  public void restore(long at, @Nullable Tree stored, List<Mutation> still) {
    sequence = at;
    confirmed = stored == null ? new ArrayList<>() : LedgerType.tokens(stored.at("/tokens"));
    historyUpTo = stored == null ? -1 : stored.at("/history").asLong();
    pending = new ArrayList<>(still);
    checkLength();
  }
}
