package io.stateward.optimistic;

import io.stateward.flow.Call;
import io.stateward.flow.Retry;
import io.stateward.signal.StatewardException;
import io.stateward.store.Lens;
import io.stateward.store.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a mutation reaches the server, and what is done with the answer.
 *
 * <pre>{@code
 * MutationPlan<Board, Card> plan = MutationPlan.about(Board.card(7))
 *     .answeredBy(Call.blocking(executor, sent -> api.save(sent.mine(), sent.base().version())))
 *     .onConflict(Resolution.merge(Merge.of(Card.class)))
 *     .retry(Retry.after(Backoff.exponential(ofMillis(200), ofSeconds(30))).attempts(5))
 *     .scope("card/7");
 * }</pre>
 *
 * <p>A plan is a value: each method returns another one, and one plan serves any number of
 * mutations. A plan without a call waits for {@link OptimisticStore#acknowledge}, {@link
 * OptimisticStore#reject} or {@link OptimisticStore#external}.
 *
 * <p><b>Thread safety.</b> Immutable. The functions that read and replace a part run under the
 * store's lock; they are pure and short.
 *
 * <p><b>Failure.</b> A callback that throws is reported, and changes nothing else.
 *
 * @param <S> the type of the state
 * @param <T> the type of the part that the mutation is about: of base, mine and theirs in a
 *     conflict, and of the server's own version of the data
 * @since 0.1
 */
public final class MutationPlan<S, T> {

  /** What a plan says. Written while it is made, and never again. */
  private static final class Fields<S, T> implements Cloneable {
    Function<TemporaryIds, About<S, T>> about;
    @Nullable Call<Sending<T>, WriteResult<T>> call;
    boolean adopting = true;
    Resolution<T> resolution = Resolution.keepServer();
    ReplayPolicy<T> replayPolicy = ReplayPolicy.drop();
    @Nullable Retry retry;
    @Nullable Duration timeout;
    Unanswered unanswered = Unanswered.conflict();
    @Nullable Object scope;
    List<MutationId> after = List.of();
    @Nullable Object temporaryId;
    @Nullable Function<? super T, ?> realId;
    @Nullable Inverse<S> inverse;
    @Nullable UnaryOperator<S> whenGone;
    boolean atOnce;
    List<Share<?>> shares = List.of();
    Consumer<? super MutationId> onMutate = id -> {};
    Consumer<? super WriteResult<T>> onError = result -> {};
    Consumer<? super WriteResult<T>> onSettled = result -> {};

    Fields(Function<TemporaryIds, About<S, T>> about) {
      this.about = about;
    }

    @SuppressWarnings("unchecked") // a clone is of the type of what is cloned
    Fields<S, T> copy() {
      try {
        return (Fields<S, T>) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** What undoes a mutation, and how that is sent; the plan is null if it is the same one. */
  record Inverse<S>(Command<S> command, @Nullable MutationPlan<S, ?> plan) {}

  /** What a mutation does to another store. */
  record Share<U>(OptimisticStore<U> store, Command<U> command) {}

  private final Fields<S, T> fields;

  private MutationPlan(Fields<S, T> fields) {
    this.fields = fields;
  }

  /**
   * Begins a plan for a mutation about the whole state.
   *
   * @param <S> the type of the state
   * @return the plan
   */
  public static <S> MutationPlan<S, S> whole() {
    return about(state -> state, (state, whole) -> whole);
  }

  /**
   * Begins a plan for a mutation about a part of the state.
   *
   * @param <S> the type of the state
   * @param <T> the type of the part
   * @param part reads and replaces the part
   * @return the plan
   */
  public static <S, T> MutationPlan<S, T> about(Lens<S, T> part) {
    About<S, T> about = About.of(Objects.requireNonNull(part, "part"));
    return new MutationPlan<>(new Fields<>(ids -> about));
  }

  /**
   * Begins a plan for a mutation about a part of the state that may be missing: something that is
   * created or removed.
   *
   * @param <S> the type of the state
   * @param <T> the type of the part
   * @param get reads the part; null where it is not there
   * @param with returns a state with the part put in or replaced
   * @return the plan
   */
  public static <S, T> MutationPlan<S, T> about(
      Function<? super S, ? extends @Nullable T> get,
      BiFunction<? super S, ? super T, ? extends S> with) {
    About<S, T> about = new About<>(get, with);
    return new MutationPlan<>(new Fields<>(ids -> about));
  }

  /**
   * Begins a plan for a mutation about something that may have had a temporary id when the plan was
   * made.
   *
   * <pre>{@code
   * MutationPlan.aboutNamed(ids -> Board.card(ids.real(cardId)))
   * }</pre>
   *
   * @param <S> the type of the state
   * @param <T> the type of the part
   * @param part returns what reads and replaces the part, by the ids that are known
   * @return the plan
   */
  public static <S, T> MutationPlan<S, T> aboutNamed(Function<TemporaryIds, Lens<S, T>> part) {
    Objects.requireNonNull(part, "part");
    return new MutationPlan<>(new Fields<>(ids -> About.of(part.apply(ids))));
  }

  /**
   * Begins a plan for a mutation about something that may have had a temporary id when the plan was
   * made, and may be missing.
   *
   * <pre>{@code
   * MutationPlan.<Board, Card>aboutNamed(
   *     (board, ids) -> board.cards().get(ids.real(cardId)), Board::with)
   * }</pre>
   *
   * @param <S> the type of the state
   * @param <T> the type of the part
   * @param get reads the part, by the ids that are known; null where it is not there
   * @param with returns a state with the part put in or replaced
   * @return the plan
   */
  public static <S, T> MutationPlan<S, T> aboutNamed(
      BiFunction<? super S, ? super TemporaryIds, ? extends @Nullable T> get,
      BiFunction<? super S, ? super T, ? extends S> with) {
    Objects.requireNonNull(get, "get");
    Objects.requireNonNull(with, "with");
    return new MutationPlan<>(new Fields<>(ids -> new About<>(s -> get.apply(s, ids), with)));
  }

  private MutationPlan<S, T> with(Consumer<Fields<S, T>> change) {
    Fields<S, T> next = fields.copy();
    change.accept(next);
    return new MutationPlan<>(next);
  }

  /**
   * Sends mutations by a call whose result is the server's answer.
   *
   * @param call is given what is sent. {@link WriteResult.Saved} carries the server's own version
   *     of the data as it is now, this mutation included; it takes the place of the guess. {@link
   *     WriteResult.Conflict} carries what the server has instead, {@link WriteResult.Failed}
   *     counts as a failure of the call. {@link WriteResult.Gone} in answer to a mutation that
   *     removes what it is about acknowledges it. A server that is asked once more for a mutation
   *     that it has carried out answers with the data as it is by now, and not with what it
   *     answered before. A call that fails and is not to be tried again takes the mutation out
   * @return the plan
   */
  public MutationPlan<S, T> answeredBy(Call<Sending<T>, WriteResult<T>> call) {
    Objects.requireNonNull(call, "call");
    return with(
        plan -> {
          plan.call = call;
          plan.adopting = true;
        });
  }

  /**
   * Sends mutations by a call whose end acknowledges them as they were guessed.
   *
   * @param call is given what is sent; its result is not looked at. A call that fails and is not to
   *     be tried again takes the mutation out
   * @return the plan
   */
  public MutationPlan<S, T> acknowledgedBy(Call<Sending<T>, ?> call) {
    Objects.requireNonNull(call, "call");
    Call<Sending<T>, WriteResult<T>> acknowledged =
        Call.stageWith(
            (sent, cancellation) ->
                call.start(sent, cancellation)
                    .stage()
                    .thenApply(answer -> acknowledgement(sent, answer)));
    return with(
        plan -> {
          plan.call = acknowledged;
          plan.adopting = false;
        });
  }

  private static <T> WriteResult<T> acknowledgement(Sending<T> sent, @Nullable Object answer) {
    if (answer instanceof WriteResult<?>) {
      throw new StatewardException(
          "The call of mutation '%s' returned %s, which acknowledgedBy(...) would take for a success. Give it to answeredBy(...)."
              .formatted(sent.name(), answer));
    }
    T there = sent.mine() == null ? sent.base() : sent.mine();
    return there == null ? new WriteResult.Gone<>() : new WriteResult.Saved<>(there);
  }

  /**
   * Says what is done when the server has another state than the mutation was made for.
   *
   * @param resolution decides; {@link Resolution#keepServer} unless chosen
   * @return the plan
   */
  public MutationPlan<S, T> onConflict(Resolution<T> resolution) {
    Objects.requireNonNull(resolution, "resolution");
    return with(plan -> plan.resolution = resolution);
  }

  /**
   * Says what becomes of the mutation when its command cannot be executed again.
   *
   * @param policy decides; {@link ReplayPolicy#drop} unless chosen
   * @return the plan
   */
  public MutationPlan<S, T> onReplayFailure(ReplayPolicy<T> policy) {
    Objects.requireNonNull(policy, "policy");
    return with(plan -> plan.replayPolicy = policy);
  }

  /**
   * Says when a call that failed is tried again.
   *
   * @param retry when to try again, and when to give up; never, unless chosen. It is given the
   *     timekeeper of the store
   * @return the plan
   */
  public MutationPlan<S, T> retry(Retry retry) {
    Objects.requireNonNull(retry, "retry");
    return with(plan -> plan.retry = retry);
  }

  /**
   * Limits the time that the mutation waits for an answer, its retries included.
   *
   * @param limit the time from its sending; more than zero
   * @param unanswered what becomes of it then
   * @return the plan
   * @throws IllegalArgumentException if the limit is not more than zero
   */
  public MutationPlan<S, T> timeout(Duration limit, Unanswered unanswered) {
    Objects.requireNonNull(unanswered, "unanswered");
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(
          "A mutation is given more than zero time for its answer, not %s.".formatted(limit));
    }
    return with(
        plan -> {
          plan.timeout = limit;
          plan.unanswered = unanswered;
        });
  }

  /**
   * Sends mutations of one scope one after the other, each when the one before is settled. All of
   * them show at once.
   *
   * @param key names the scope, for example what the mutation is about
   * @return the plan
   */
  public MutationPlan<S, T> scope(Object key) {
    Objects.requireNonNull(key, "key");
    return with(plan -> plan.scope = key);
  }

  /**
   * Sends the mutation only when others are settled. If one of them did not take effect, this one
   * is rejected unsent.
   *
   * @param earlier mutations of the same store
   * @return the plan
   */
  public MutationPlan<S, T> after(MutationId... earlier) {
    List<MutationId> ids = List.of(earlier);
    return with(plan -> plan.after = ids);
  }

  /**
   * Says that the mutation creates something under an id of the client's own, and where the real
   * one is in the answer. Commands that are in the log then are given the real id.
   *
   * @param temporaryId the client's id; one that nothing else has
   * @param realId reads the real one, of the same type, from what the server sent
   * @return the plan
   */
  public MutationPlan<S, T> creates(Object temporaryId, Function<? super T, ?> realId) {
    Objects.requireNonNull(temporaryId, "temporaryId");
    Objects.requireNonNull(realId, "realId");
    return with(
        plan -> {
          plan.temporaryId = temporaryId;
          plan.realId = realId;
        });
  }

  /**
   * Says what takes the mutation back when {@link MutationHistory} undoes it after it was settled.
   * The inverse is sent by this plan: right for a call that sends what {@link Sending#mine} says.
   *
   * @param inverse undoes the command on any state
   * @return the plan
   */
  public MutationPlan<S, T> undoneBy(Command<S> inverse) {
    Objects.requireNonNull(inverse, "inverse");
    return with(plan -> plan.inverse = new Inverse<>(inverse, null));
  }

  /**
   * Says what takes the mutation back when {@link MutationHistory} undoes it after it was settled,
   * and how that reaches the server.
   *
   * <pre>{@code
   * moving(move).undoneBy(MOVE.with(back), moving(back))     // moving(...) makes a plan for a move
   * }</pre>
   *
   * @param inverse undoes the command on any state
   * @param how the plan of the inverse, with the call that undoes it at the server
   * @return the plan
   */
  public MutationPlan<S, T> undoneBy(Command<S> inverse, MutationPlan<S, ?> how) {
    Inverse<S> undone =
        new Inverse<>(
            Objects.requireNonNull(inverse, "inverse"), Objects.requireNonNull(how, "how"));
    return with(plan -> plan.inverse = undone);
  }

  /**
   * Says what is confirmed when the server answers that what the mutation is about is gone.
   *
   * @param removal removes it from a state; without one, the confirmed state stays as it is
   * @return the plan
   */
  public MutationPlan<S, T> whenGone(UnaryOperator<S> removal) {
    Objects.requireNonNull(removal, "removal");
    return with(plan -> plan.whenGone = removal);
  }

  /**
   * Confirms the mutation as soon as it is acknowledged, before earlier ones that are not. That is
   * right where the server carries mutations out in the order in which it acknowledges them, and
   * the order shows. Otherwise an acknowledged mutation keeps its place until those before it are
   * settled, and nothing flickers.
   *
   * @return the plan
   */
  public MutationPlan<S, T> confirmedAtOnce() {
    return with(plan -> plan.atOnce = true);
  }

  /**
   * Has the mutation execute a command on another store as well: both show, are confirmed and are
   * taken back together, in one instant. A command that cannot be executed again in one of them
   * takes the mutation out of the others right after.
   *
   * @param <U> the type of the other state
   * @param other the other store, which is not the one that is mutated
   * @param command what is done to it
   * @return the plan
   */
  public <U> MutationPlan<S, T> also(OptimisticStore<U> other, Command<U> command) {
    List<Share<?>> more = new ArrayList<>(fields.shares);
    more.add(
        new Share<>(
            Objects.requireNonNull(other, "other"), Objects.requireNonNull(command, "command")));
    List<Share<?>> shares = List.copyOf(more);
    return with(plan -> plan.shares = shares);
  }

  /**
   * Calls back when the mutation shows, before it is sent.
   *
   * @param callback given its id
   * @return the plan
   */
  public MutationPlan<S, T> onMutate(Consumer<? super MutationId> callback) {
    Objects.requireNonNull(callback, "callback");
    return with(plan -> plan.onMutate = callback);
  }

  /**
   * Calls back when the mutation is settled and did not take effect, before {@link #onSettled}.
   *
   * @param callback given the result, which is any but {@link WriteResult.Saved}
   * @return the plan
   */
  public MutationPlan<S, T> onError(Consumer<? super WriteResult<T>> callback) {
    Objects.requireNonNull(callback, "callback");
    return with(plan -> plan.onError = callback);
  }

  /**
   * Calls back when the mutation is settled.
   *
   * @param callback given the result
   * @return the plan
   */
  public MutationPlan<S, T> onSettled(Consumer<? super WriteResult<T>> callback) {
    Objects.requireNonNull(callback, "callback");
    return with(plan -> plan.onSettled = callback);
  }

  About<S, T> part(TemporaryIds ids) {
    return fields.about.apply(ids);
  }

  @Nullable Call<Sending<T>, WriteResult<T>> call() {
    return fields.call;
  }

  /** Whether what the server sends takes the place of the guess. */
  boolean isAdopting() {
    return fields.adopting;
  }

  Resolution<T> resolution() {
    return fields.resolution;
  }

  ReplayPolicy<T> replayPolicy() {
    return fields.replayPolicy;
  }

  @Nullable Retry retry() {
    return fields.retry;
  }

  @Nullable Duration timeout() {
    return fields.timeout;
  }

  Unanswered unanswered() {
    return fields.unanswered;
  }

  @Nullable Object scope() {
    return fields.scope;
  }

  List<MutationId> after() {
    return fields.after;
  }

  @Nullable Object temporaryId() {
    return fields.temporaryId;
  }

  @Nullable Object realIdIn(T answer) {
    Function<? super T, ?> realId = fields.realId;
    return realId == null ? null : realId.apply(answer);
  }

  @Nullable Inverse<S> inverse() {
    return fields.inverse;
  }

  MutationPlan<S, ?> planOf(Inverse<S> inverse) {
    MutationPlan<S, ?> how = inverse.plan();
    return how == null ? this : how;
  }

  @Nullable UnaryOperator<S> whenGone() {
    return fields.whenGone;
  }

  boolean isConfirmedAtOnce() {
    return fields.atOnce;
  }

  List<Share<?>> shares() {
    return fields.shares;
  }

  Consumer<? super MutationId> mutated() {
    return fields.onMutate;
  }

  Consumer<? super WriteResult<T>> failed() {
    return fields.onError;
  }

  Consumer<? super WriteResult<T>> settled() {
    return fields.onSettled;
  }
}
