package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.flow.Call;
import io.stateward.merge.MergeResult;
import io.stateward.optimistic.ScheduleModel.Deed;
import io.stateward.optimistic.ScheduledKind.Resolving;
import io.stateward.optimistic.ScheduledKind.Sender;
import io.stateward.signal.Delivery;
import io.stateward.store.Lens;
import io.stateward.store.WriteResult;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * Schedules of whatever can happen to a store, beside the naive model: what is visible is the fold
 * of the log, after each step and in each delivery; each mutation is settled once and as the model
 * says; nothing is left behind.
 */
final class SchedulePropertyTest {

  /** A mutation under test, beside the model's. */
  private static final class Made {
    final ScheduleModel.Entry entry;
    final List<CompletableFuture<WriteResult<Integer>>> answers = new ArrayList<>();
    final List<CompletableFuture<Choice<Integer>>> choices = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    @Nullable Mutation<Integer> mutation;

    Made(ScheduleModel.Entry entry) {
      this.entry = entry;
    }

    MutationId id() {
      return mutation().id();
    }

    Mutation<Integer> mutation() {
      Mutation<Integer> present = mutation;
      assertThat(present).isNotNull();
      return java.util.Objects.requireNonNull(present);
    }
  }

  /** The store under test, beside the model. */
  static final class Pair {
    final VirtualTimekeeper time = VirtualTimekeeper.create();
    final LoggedStore<Shelf> store =
        (LoggedStore<Shelf>)
            OptimisticStore.over("shelf", Shelf.EMPTY).origin("me").timekeeper(time).open();
    final ScheduleModel model = new ScheduleModel();
    private final List<Made> all = new ArrayList<>();
    private final List<Map<String, Integer>> delivered = new ArrayList<>();

    Pair() {
      store.visible().subscribe(Delivery.every(), change -> delivered.add(plain(change.now())));
    }

    static Map<String, Integer> plain(Shelf shelf) {
      Map<String, Integer> plain = new TreeMap<>();
      shelf.items().forEach(plain::put);
      return plain;
    }

    static Shelf done(Deed deed, Shelf shelf, TemporaryIds ids) {
      String item = ids.real(deed.item());
      Command<Shelf> command =
          switch (deed.verb()) {
            case ADD -> Shelf.add(item, deed.count());
            case SET -> Shelf.set(item, deed.count());
            case EDIT -> Shelf.edit(item, deed.count());
            case REMOVE -> Shelf.remove(item);
            case DROP -> now -> now.without(item);
          };
      return command.apply(shelf);
    }

    private MutationPlan<Shelf, Integer> plan(Made made) {
      ScheduledKind kind = made.entry.kind;
      String item = made.entry.deed.item();
      MutationPlan<Shelf, Integer> plan =
          MutationPlan.<Shelf, Integer>aboutNamed(
                  ids ->
                      Lens.of(
                          shelf -> shelf.items().get(ids.real(item)),
                          (shelf, count) -> shelf.with(ids.real(item), count)))
              .onConflict(resolution(made))
              .onMutate(id -> made.told.add("mutate"))
              .onError(result -> made.told.add("error"))
              .onSettled(result -> made.told.add("settled"));
      if (kind.sending() == Sender.ANSWERED) {
        plan = plan.answeredBy(Call.stage(sent -> asked(made)));
      } else if (kind.sending() == Sender.ACKNOWLEDGED) {
        plan = plan.acknowledgedBy(Call.stage(sent -> asked(made).thenApply(Pair::text)));
      }
      if (kind.keepsImage()) {
        plan = plan.onReplayFailure(ReplayPolicy.keepLastImage());
      }
      if (kind.atOnce()) {
        plan = plan.confirmedAtOnce();
      }
      if (kind.timeoutMillis() > 0) {
        plan = plan.timeout(Duration.ofMillis(kind.timeoutMillis()), unanswered(kind));
      }
      return kind.creates() ? plan.creates(item, count -> "real " + item) : plan;
    }

    private static Unanswered unanswered(ScheduledKind kind) {
      Unanswered policy =
          kind.again() > 0 ? Unanswered.askAgain(kind.again()) : Unanswered.conflict();
      return kind.dropsUnanswered() ? policy.thenDrop() : policy;
    }

    private static Resolution<Integer> resolution(Made made) {
      return switch (made.entry.kind.resolution()) {
        case SERVER -> Resolution.keepServer();
        case MINE -> Resolution.keepMine();
        case MERGE ->
            Resolution.merge(
                (base, mine, theirs) ->
                    new MergeResult.Merged<>(
                        ScheduleModel.merged(base == null ? 0 : base, mine, theirs)));
        case ASK ->
            Resolution.ask(
                dispute -> {
                  made.choices.add(new CompletableFuture<>());
                  return made.choices.get(made.choices.size() - 1);
                });
      };
    }

    private static CompletableFuture<WriteResult<Integer>> asked(Made made) {
      made.answers.add(new CompletableFuture<>());
      return made.answers.get(made.answers.size() - 1);
    }

    private static String text(WriteResult<Integer> result) {
      if (result instanceof WriteResult.Failed<Integer> failed) {
        throw new IllegalStateException(failed.cause());
      }
      return "ok";
    }

    private @Nullable Made made(int index) {
      return all.isEmpty() ? null : all.get(index % all.size());
    }

    void mutate(Deed deed, ScheduledKind kind) {
      Command<Shelf> command =
          Command.withIds(deed.verb().name(), (shelf, ids) -> done(deed, shelf, ids));
      ScheduleModel.Entry entry = model.mutate(deed, kind);
      if (entry == null) {
        assertThatThrownBy(
                () -> store.mutate(command, plan(new Made(new ScheduleModel.Entry(deed, kind)))))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("there is no");
        return;
      }
      Made made = new Made(entry);
      all.add(made);
      made.mutation = store.mutate(command, plan(made));
    }

    void acknowledge(int index, @Nullable Deed server) {
      Made made = made(index);
      if (made != null) {
        Settlement expected = model.acknowledge(made.entry, server);
        Settlement settlement =
            server == null
                ? store.acknowledge(made.id())
                : store.acknowledge(made.id(), shelf -> done(server, shelf, store.ids()));
        assertThat(settlement).isEqualTo(expected);
      }
    }

    void reject(int index) {
      Made made = made(index);
      if (made != null) {
        assertThat(store.reject(made.id(), "no"))
            .isEqualTo(model.reject(made.entry) ? Settlement.SETTLED : Settlement.DUPLICATE);
      }
    }

    void cancel(int index) {
      Made made = made(index);
      if (made != null) {
        assertThat(made.mutation().cancel()).isEqualTo(model.cancel(made.entry));
      }
    }

    void push(Deed server, Set<Integer> indices) {
      Set<ScheduleModel.Entry> entries = new HashSet<>();
      Set<MutationId> ids = new HashSet<>();
      for (int index : indices) {
        Made made = made(index);
        if (made != null) {
          entries.add(made.entry);
          ids.add(made.id());
        }
      }
      model.push(List.of(server), entries);
      store.external(shelf -> done(server, shelf, store.ids()), ids.toArray(MutationId[]::new));
    }

    /** Answers the latest attempt: 0 failed, 1 gone, even conflict, odd saved. */
    void answer(int index, int kind) {
      Made made = made(index);
      if (made == null || made.answers.isEmpty()) {
        return;
      }
      CompletableFuture<WriteResult<Integer>> answer = made.answers.get(made.answers.size() - 1);
      boolean adopts = made.entry.kind.adopts();
      if (kind == 0) {
        model.failed(made.entry);
        answer.complete(new WriteResult.Failed<>(new IllegalStateException("offline")));
      } else if (kind == 1 && adopts) {
        model.gone(made.entry);
        answer.complete(new WriteResult.Gone<>());
      } else if (kind % 2 == 0 && adopts) {
        model.conflict(made.entry, kind);
        answer.complete(new WriteResult.Conflict<>(kind));
      } else {
        model.saved(made.entry, kind);
        answer.complete(new WriteResult.Saved<>(kind));
      }
    }

    void choose(int index, int choice) {
      Made made = made(index);
      if (made == null || made.choices.isEmpty()) {
        return;
      }
      model.choose(made.entry, choice);
      CompletableFuture<Choice<Integer>> answer = made.choices.get(made.choices.size() - 1);
      switch (choice) {
        case 0 -> answer.complete(Choice.mine());
        case 1 -> answer.complete(Choice.theirs());
        case 2 -> answer.completeExceptionally(new IllegalStateException("the dialog broke"));
        default -> answer.complete(Choice.merged(choice));
      }
    }

    void advance(int millis) {
      model.advance(millis);
      time.advance(Duration.ofMillis(millis));
    }

    void verify() {
      assertThat(plain(store.visible().get())).as("visible").isEqualTo(model.visible());
      assertThat(plain(store.confirmed().get())).as("confirmed").isEqualTo(model.base);
      assertThat(store.pending().get())
          .extracting(Pending::name, Pending::status)
          .as("pending")
          .isEqualTo(
              model.log.stream()
                  .map(
                      entry ->
                          org.assertj.core.groups.Tuple.tuple(
                              entry.deed.verb().name(), entry.status))
                  .toList());
      if (model.log.isEmpty()) {
        assertThat(store.log().get().visible()).isSameAs(store.log().get().base());
      }
      assertThat(store.deadLetters().get())
          .extracting(DeadLetter::kind)
          .containsExactlyElementsOf(model.letters);
      assertThat(delivered).as("deliveries").isEqualTo(changesOf(model.trace));
      all.forEach(Pair::verify);
    }

    private static List<Map<String, Integer>> changesOf(List<Map<String, Integer>> trace) {
      List<Map<String, Integer>> changes = new ArrayList<>();
      Map<String, Integer> last = Map.of();
      for (Map<String, Integer> state : trace) {
        if (!state.equals(last)) {
          changes.add(state);
          last = state;
        }
      }
      return changes;
    }

    private static void verify(Made made) {
      String expected = made.entry.result;
      assertThat(made.mutation().isSettled()).isEqualTo(expected != null);
      if (expected == null) {
        assertThat(made.told).containsExactly("mutate");
        return;
      }
      WriteResult<Integer> result = made.mutation().stage().toCompletableFuture().join();
      assertThat(result.getClass().getSimpleName())
          .isIn(
              switch (expected) {
                case "Effective" -> Set.of("Saved", "Gone");
                case "Lost" -> Set.of("Conflict", "Gone");
                default -> Set.of(expected);
              });
      if (expected.equals("Effective")) {
        assertThat(made.told).containsExactly("mutate", "settled");
      } else {
        assertThat(made.told).containsExactly("mutate", "error", "settled");
      }
    }

    /** Ends whatever is under way, and looks for what is left. */
    void end() {
      for (int i = 0; i < all.size(); i++) {
        if (model.isOpen(all.get(i).entry)) {
          reject(i);
          verify();
        }
      }
      assertThat(store.pending().get()).isEmpty();
      assertThat(all).allMatch(made -> store.find(made.id()) == null);
      assertThat(time.pending()).as("timers").isZero();
    }
  }

  /** One thing to do. */
  sealed interface Step {
    void doTo(Pair pair);

    /** A person does something. */
    record Mutate(Deed deed, ScheduledKind kind) implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.mutate(deed, kind);
      }
    }

    /** The server acknowledges, perhaps again, perhaps late. */
    record Acknowledge(int index, @Nullable Deed server) implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.acknowledge(index, server);
      }
    }

    /** The server refuses. */
    record Reject(int index) implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.reject(index);
      }
    }

    /** The person takes it back. */
    record Cancel(int index) implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.cancel(index);
      }
    }

    /** The server sends something, which may be an echo. */
    record Send(Deed server, Set<Integer> includes) implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.push(server, includes);
      }
    }

    /** The call is answered. */
    record Answer(int index, int kind) implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.answer(index, kind);
      }
    }

    /** The person who is asked decides. */
    record Choose(int index, int choice) implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.choose(index, choice);
      }
    }

    /** Time passes. */
    record Advance(int millis) implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.advance(millis);
      }
    }

    /** Somebody answers a mutation that nobody made. */
    record Unknown() implements Step {
      @Override
      public void doTo(Pair pair) {
        assertThat(pair.store.acknowledge(new MutationId("nobody", 1)))
            .isEqualTo(Settlement.UNKNOWN);
        assertThat(pair.store.reject(new MutationId("me", 1_000_000), "no"))
            .isEqualTo(Settlement.UNKNOWN);
      }
    }
  }

  @Property(seed = "7120", tries = 4_000)
  void everySchedule_isWhatTheNaiveModelSays(@ForAll("schedules") List<Step> schedule) {
    Pair pair = new Pair();

    for (Step step : schedule) {
      step.doTo(pair);
      pair.verify();
    }

    pair.end();
  }

  @Provide
  Arbitrary<List<Step>> schedules() {
    Arbitrary<Integer> index = Arbitraries.integers().between(0, 7);
    Arbitrary<Integer> count = Arbitraries.integers().between(2, 9);
    Arbitrary<Step> mutate = Combinators.combine(deeds(), kinds()).as(Step.Mutate::new);
    Arbitrary<Step> create =
        Combinators.combine(Arbitraries.of("t0", "t1"), kinds())
            .as((item, kind) -> new Step.Mutate(new Deed(Deed.Verb.ADD, item, 1), creating(kind)));
    Arbitrary<Step> acknowledge =
        Combinators.combine(index, serverDeeds().injectNull(0.6)).as(Step.Acknowledge::new);
    Arbitrary<Step> send =
        Combinators.combine(serverDeeds(), index.set().ofMaxSize(2)).as(Step.Send::new);
    Arbitrary<Step> answer =
        Combinators.combine(index, Arbitraries.integers().between(0, 9)).as(Step.Answer::new);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(8, mutate),
            net.jqwik.api.Tuple.of(2, create),
            net.jqwik.api.Tuple.of(4, acknowledge),
            net.jqwik.api.Tuple.of(1, index.map(Step.Reject::new)),
            net.jqwik.api.Tuple.of(1, index.map(Step.Cancel::new)),
            net.jqwik.api.Tuple.of(3, send),
            net.jqwik.api.Tuple.of(5, answer),
            net.jqwik.api.Tuple.of(
                2, Combinators.combine(index, count.map(n -> n - 2)).as(Step.Choose::new)),
            net.jqwik.api.Tuple.of(1, Arbitraries.of(400, 1_000).map(Step.Advance::new)),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(new Step.Unknown())))
        .list()
        .ofMaxSize(30);
  }

  private static ScheduledKind creating(ScheduledKind kind) {
    return new ScheduledKind(
        kind.sending(),
        kind.resolution(),
        kind.keepsImage(),
        kind.atOnce(),
        kind.timeoutMillis(),
        kind.again(),
        kind.dropsUnanswered(),
        true);
  }

  private static Arbitrary<Deed> deeds() {
    return Combinators.combine(
            Arbitraries.of(Deed.Verb.ADD, Deed.Verb.SET, Deed.Verb.EDIT, Deed.Verb.REMOVE),
            Arbitraries.of("a", "b", "t0", "t1"),
            Arbitraries.integers().between(1, 5))
        .as(Deed::new);
  }

  /** What the server sends does not throw. */
  private static Arbitrary<Deed> serverDeeds() {
    return Combinators.combine(
            Arbitraries.of(Deed.Verb.SET, Deed.Verb.ADD, Deed.Verb.DROP),
            Arbitraries.of("a", "b"),
            Arbitraries.integers().between(0, 5))
        .as(Deed::new);
  }

  private static Arbitrary<ScheduledKind> kinds() {
    return Combinators.combine(
            Arbitraries.of(Sender.class),
            Arbitraries.of(Resolving.class),
            Arbitraries.of(false, false, true),
            Arbitraries.of(false, false, true),
            Arbitraries.of(0, 0, 500, 700),
            Arbitraries.of(0, 1, 2),
            Arbitraries.of(true, false))
        .as(
            (sender, resolving, keeps, atOnce, timeout, again, drops) ->
                new ScheduledKind(sender, resolving, keeps, atOnce, timeout, again, drops, false));
  }
}
