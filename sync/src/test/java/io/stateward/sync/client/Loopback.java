package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.signal.Signal;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Replica;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.SharedType;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One document on a hub and on some clients, without a network: a test says which frame travels
 * when. Confined to one thread.
 */
final class Loopback<R extends Replica> {

  /** What the hub says to a client: what took place, or that something did not. */
  private record Said(@Nullable Mutation event, long refused, Verdict.@Nullable Refused why) {}

  private record Sent(Mutation mutation, long afterRejection) {}

  private final SharedType type;
  private final Function<DocumentContext, R> factory;
  final List<Member> members = new ArrayList<>();
  private SharedState hub;
  private long sequence;
  private final List<Mutation> accepted = new ArrayList<>();
  private final Map<String, Long> judged = new HashMap<>();
  private final Map<String, Long> refused = new HashMap<>();

  /** Changes that the hub's authorizer forbids. */
  Predicate<Tree> forbidden = change -> false;

  Loopback(SharedType type, Function<DocumentContext, R> factory) {
    this.type = type;
    this.factory = factory;
    this.hub = type.create();
  }

  Member join(String client) {
    Member member = new Member(client);
    members.add(member);
    return member;
  }

  Tree snapshot() {
    return hub.snapshot();
  }

  List<Mutation> accepted() {
    return accepted;
  }

  /** Loads the document again from what was stored of it, and from what took place since. */
  void reload(Tree stored, int since) {
    hub = type.restore(stored);
    accepted.subList(since, accepted.size()).forEach(hub::replay);
  }

  Tree stored() {
    return hub.store();
  }

  /** Lets everything travel until nothing is on its way. */
  void settle() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Member member : members) {
        while (member.arrive() | member.hear()) {
          moved = true;
        }
      }
    }
  }

  /** A client. */
  final class Member implements DocumentChannel<R> {

    private final String name;
    private final Deque<Sent> toHub = new ArrayDeque<>();
    private final Deque<Said> toClient = new ArrayDeque<>();
    private final List<Mutation> pending = new ArrayList<>();
    private final Map<Long, CompletableFuture<Settled>> waiting = new HashMap<>();
    private final Deque<Runnable> announcements = new ArrayDeque<>();
    private R replica;
    private long taken;
    private long last;
    private long lastRefusal;

    Member(String name) {
      this.name = name;
      this.replica = factory.apply(this);
    }

    /** Lets the oldest change that was sent reach the hub. */
    boolean arrive() {
      Sent sent = toHub.poll();
      if (sent == null) {
        return false;
      }
      Mutation mutation = sent.mutation();
      if (sent.afterRejection() < refused.getOrDefault(name, 0L)) {
        return true; // superseded: it comes again under another number
      }
      Mutation placed =
          new Mutation(name, mutation.id(), mutation.base(), sequence + 1, mutation.change());
      Verdict verdict =
          forbidden.test(mutation.change())
              ? new Verdict.Refused("forbidden", "You may not.", null)
              : hub.judge(placed);
      judged.put(name, mutation.id());
      if (verdict instanceof Verdict.Accepted yes) {
        sequence++;
        Mutation event = new Mutation(name, mutation.id(), mutation.base(), sequence, yes.change());
        accepted.add(event);
        members.forEach(each -> each.toClient.add(new Said(event, 0, null)));
      } else {
        refused.put(name, mutation.id());
        toClient.add(new Said(null, mutation.id(), (Verdict.Refused) verdict));
      }
      return true;
    }

    /** Lets the oldest word of the hub reach the client. */
    boolean hear() {
      Said said = toClient.poll();
      if (said == null) {
        return false;
      }
      if (said.event() == null) {
        refused(said.refused(), Objects.requireNonNull(said.why()));
      } else if (said.event().client().equals(name)) {
        confirmed(said.event());
      } else {
        replica.take(said.event());
      }
      taken = said.event() == null ? taken : said.event().sequence();
      announce();
      return true;
    }

    private void confirmed(Mutation event) {
      pending.removeIf(each -> each.id() == event.id());
      replica.confirm(event.id(), event.sequence(), event.change());
      answer(event.id(), new Settled.Durable(event.sequence()));
    }

    private void refused(long id, Verdict.Refused why) {
      pending.removeIf(each -> each.id() == id);
      lastRefusal = Math.max(lastRefusal, id);
      List<Mutation> after = pending.stream().filter(each -> each.id() > id).toList();
      List<Tree> kept = replica.refuse(id, why, after.stream().map(Mutation::change).toList());
      pending.removeAll(after);
      putBack(after, kept);
      replica.renumber(List.copyOf(pending));
      answer(id, new Settled.Refused(why.code(), why.reason(), why.current()));
    }

    /** Sends what is pending again, under new numbers. */
    private void putBack(List<Mutation> before, List<Tree> now) {
      for (int i = 0; i < now.size(); i++) {
        Mutation again = new Mutation(name, ++last, taken, 0, now.get(i));
        CompletableFuture<Settled> waits = waiting.remove(before.get(i).id());
        if (waits != null) {
          waiting.put(again.id(), waits);
        }
        pending.add(again);
        toHub.add(new Sent(again, lastRefusal));
      }
    }

    private void answer(long id, Settled settled) {
      CompletableFuture<Settled> waits = waiting.remove(id);
      announcements.add(
          () -> {
            if (waits != null) {
              waits.complete(settled);
            }
          });
    }

    /** Loses the connection, and is given a snapshot when it comes back. */
    void reset() {
      hearRefusals();
      toClient.clear();
      toHub.clear();
      taken = sequence;
      long known = judged.getOrDefault(name, 0L);
      List<Mutation> done = pending.stream().filter(each -> each.id() <= known).toList();
      pending.removeAll(done);
      List<Mutation> open = List.copyOf(pending);
      pending.clear();
      List<Tree> kept =
          replica.reset(sequence, hub.snapshot(), open.stream().map(Mutation::change).toList());
      last = Math.max(last, known);
      putBack(open, kept);
      replica.renumber(List.copyOf(pending));
      done.forEach(each -> answer(each.id(), new Settled.Durable(sequence)));
      announce();
    }

    private void hearRefusals() {
      while (toClient.stream().anyMatch(said -> said.event() == null)) {
        hear();
      }
    }

    /** Ends, and begins again with what was stored. */
    void restart() {
      Tree stored = replica.store();
      replica = factory.apply(this);
      replica.restore(taken, stored, List.copyOf(pending));
      announce();
    }

    List<Mutation> unsettled() {
      return List.copyOf(pending);
    }

    private void announce() {
      for (Runnable next = announcements.poll(); next != null; next = announcements.poll()) {
        next.run();
      }
    }

    @Override
    public R replica() {
      return replica;
    }

    @Override
    public <T extends @Nullable Object> T exclusively(Supplier<T> action) {
      return action.get();
    }

    @Override
    public Submission submit(Tree change) {
      Mutation mutation = new Mutation(name, last + 1, taken, 0, change);
      replica.edit(mutation);
      last++;
      pending.add(mutation);
      toHub.add(new Sent(mutation, lastRefusal));
      CompletableFuture<Settled> settled = new CompletableFuture<>();
      waiting.put(last, settled);
      announce();
      return new Pending(mutation.id(), settled);
    }

    @Override
    public String document() {
      return "document";
    }

    @Override
    public String client() {
      return name;
    }

    @Override
    public void afterwards(Runnable announcement) {
      announcements.add(announcement);
    }

    @Override
    public @Nullable Position position() {
      return new Position("epoch", taken);
    }

    @Override
    public Signal<DocumentStatus> status() {
      return Signal.constant(new DocumentStatus.Loading());
    }

    @Override
    public Signal<Integer> pending() {
      return Signal.constant(pending.size());
    }

    @Override
    public Signal<List<DeadLetter>> deadLetters() {
      return Signal.constant(List.of());
    }

    @Override
    public void dismiss(DeadLetter letter) {}

    @Override
    public void share(Tree state) {}

    @Override
    public Signal<Map<String, Tree>> presence() {
      return Signal.constant(Map.of());
    }

    @Override
    public CompletionStage<Void> whenSettled() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }

  private record Pending(long id, CompletionStage<Settled> settled) implements Submission {
    @Override
    public Progress progress() {
      return Progress.VISIBLE;
    }
  }
}
