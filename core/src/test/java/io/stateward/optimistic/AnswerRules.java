package io.stateward.optimistic;

import static io.stateward.optimistic.OptimisticSubjects.add;
import static io.stateward.optimistic.OptimisticSubjects.confirmed;
import static io.stateward.optimistic.OptimisticSubjects.visible;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.ClosedException;
import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 1 to 3: what shows, what answers do, and what pushes do. */
interface AnswerRules extends OptimisticSubjects {

  @Test
  @DisplayName("1.1 a mutation shows at once, and is not confirmed")
  default void rule1_1_showsAtOnce() {
    OptimisticStore<Shelf> store = holdingTea();

    Mutation<Integer> mutation = add(store, 2);

    assertThat(visible(store)).isEqualTo(3);
    assertThat(confirmed(store)).isEqualTo(1);
    assertThat(store.pending().get()).extracting(Pending::id).containsExactly(mutation.id());
  }

  @Test
  @DisplayName("1.2 what a command throws reaches the caller, and nothing has happened")
  default void rule1_2_throwingCommandChangesNothing() {
    OptimisticStore<Shelf> store = holdingTea();

    assertThatThrownBy(() -> store.mutate(Shelf.edit("milk", 1), Shelf.about("milk")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("there is no milk");
    assertThat(store.pending().get()).isEmpty();
    assertThat(store.deadLetters().get()).isEmpty();
  }

  @Test
  @DisplayName("1.3 a command that returns null is refused, by its name")
  default void rule1_3_nullIsRefused() {
    OptimisticStore<Shelf> store = holdingTea();
    @SuppressWarnings("NullAway") // what is refused
    Command<Shelf> nothing = Command.named("nothing", shelf -> null);

    assertThatThrownBy(() -> store.mutate(nothing, Shelf.about("tea")))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("'unnamed' returned null");
    assertThat(store.pending().get()).isEmpty();
  }

  @Test
  @DisplayName("2.1 an acknowledgement confirms, and a right guess notifies nobody")
  default void rule2_1_rightGuessNotifiesNobody() {
    OptimisticStore<Shelf> store = holdingTea();
    Mutation<Integer> mutation = add(store, 2);
    List<Shelf> told = new ArrayList<>();
    store.visible().subscribe(change -> told.add(change.now()));

    assertThat(store.acknowledge(mutation.id())).isEqualTo(Settlement.SETTLED);

    assertThat(confirmed(store)).isEqualTo(3);
    assertThat(store.pending().get()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  @DisplayName("2.2 mutations are acknowledged in any order, and what is visible stays")
  default void rule2_2_anyOrder() {
    OptimisticStore<Shelf> store = holdingTea();
    Mutation<Integer> first = add(store, 2);
    Mutation<Integer> second = add(store, 3);

    store.acknowledge(second.id());
    assertThat(second.isSettled()).isTrue();
    assertThat(visible(store)).isEqualTo(6);
    store.acknowledge(first.id());

    assertThat(confirmed(store)).isEqualTo(6);
  }

  @Test
  @DisplayName("2.3 a rejection takes one mutation out, and no other")
  default void rule2_3_rejectionTakesOneOut() {
    OptimisticStore<Shelf> store = holdingTea();
    Mutation<Integer> first = add(store, 2);
    Mutation<Integer> second = add(store, 3);

    store.reject(first.id(), "no");

    assertThat(visible(store)).isEqualTo(4);
    assertThat(second.isSettled()).isFalse();
    assertThat(first.stage().toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Rejected<>("no"));
  }

  @Test
  @DisplayName("2.4 a second answer does nothing")
  default void rule2_4_secondAnswerDoesNothing() {
    OptimisticStore<Shelf> store = holdingTea();
    Mutation<Integer> mutation = add(store, 2);
    store.acknowledge(mutation.id());

    assertThat(store.acknowledge(mutation.id())).isEqualTo(Settlement.DUPLICATE);
    assertThat(store.reject(mutation.id(), "no")).isEqualTo(Settlement.DUPLICATE);
    assertThat(visible(store)).isEqualTo(3);
  }

  @Test
  @DisplayName("2.5 an answer to what nobody made does nothing")
  default void rule2_5_unknownIdDoesNothing() {
    OptimisticStore<Shelf> store = holdingTea();

    assertThat(store.acknowledge(new MutationId("nobody", 1))).isEqualTo(Settlement.UNKNOWN);
    assertThat(store.reject(new MutationId("nobody", 1), "no")).isEqualTo(Settlement.UNKNOWN);
  }

  @Test
  @DisplayName("2.6 what the server sends with an acknowledgement takes the place of the guess")
  default void rule2_6_serversVersionStands() {
    OptimisticStore<Shelf> store = holdingTea();
    Mutation<Integer> mutation = add(store, 2);
    add(store, 10);

    store.acknowledge(mutation.id(), shelf -> shelf.with("tea", 5));

    assertThat(confirmed(store)).isEqualTo(5);
    assertThat(visible(store)).isEqualTo(15);
  }

  @Test
  @DisplayName("2.7 what did not take effect is kept, with the reason")
  default void rule2_7_deadLetterIsKept() {
    OptimisticStore<Shelf> store = holdingTea();

    store.reject(add(store, 2).id(), "the shop is closed");

    assertThat(store.deadLetters().get())
        .extracting(DeadLetter::kind, DeadLetter::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(DeadLetter.Kind.REJECTED, "the shop is closed"));
  }

  @Test
  @DisplayName("2.8 an acknowledgement that comes after a cancellation is confirmed, once")
  default void rule2_8_lateAcknowledgementIsConfirmed() {
    OptimisticStore<Shelf> store = holdingTea();
    Mutation<Integer> mutation = add(store, 2);
    assertThat(mutation.cancel()).isTrue();
    assertThat(visible(store)).isEqualTo(1);

    assertThat(store.acknowledge(mutation.id())).isEqualTo(Settlement.LATE);
    assertThat(store.acknowledge(mutation.id())).isEqualTo(Settlement.DUPLICATE);

    assertThat(confirmed(store)).isEqualTo(3);
  }

  @Test
  @DisplayName("3.1 a push goes below what is under way")
  default void rule3_1_pushGoesBelow() {
    OptimisticStore<Shelf> store = holdingTea();
    Mutation<Integer> mutation = add(store, 2);

    store.external(shelf -> shelf.with("tea", 10));

    assertThat(visible(store)).isEqualTo(12);
    assertThat(confirmed(store)).isEqualTo(10);
    assertThat(mutation.isSettled()).isFalse();
  }

  @Test
  @DisplayName("3.2 an echo applies once, whether it comes before the acknowledgement or after it")
  default void rule3_2_echoAppliesOnce() {
    OptimisticStore<Shelf> store = holdingTea();
    Mutation<Integer> mutation = add(store, 2);

    store.external(shelf -> shelf.with("tea", 3), mutation.id());
    assertThat(mutation.isSettled()).isTrue();
    assertThat(visible(store)).isEqualTo(3);
    store.acknowledge(mutation.id());
    store.external(shelf -> shelf.with("tea", 3), mutation.id());

    assertThat(visible(store)).isEqualTo(3);
    assertThat(confirmed(store)).isEqualTo(3);
  }

  @Test
  @DisplayName("3.3 what a patch throws reaches the caller, and nothing has happened")
  default void rule3_3_throwingPatchChangesNothing() {
    OptimisticStore<Shelf> store = holdingTea();
    Mutation<Integer> mutation = add(store, 2);

    assertThatThrownBy(
            () -> store.external(shelf -> Shelf.edit("milk", 1).apply(shelf), mutation.id()))
        .hasMessage("there is no milk");
    assertThat(mutation.isSettled()).isFalse();
    assertThat(visible(store)).isEqualTo(3);
  }

  @Test
  @DisplayName("3.4 a command that a push makes impossible is settled as a conflict and kept")
  default void rule3_4_impossibleCommandIsAConflict() {
    OptimisticStore<Shelf> store = holdingTea();
    Mutation<Integer> edited = store.mutate(Shelf.edit("tea", 5), Shelf.about("tea"));
    store.mutate(Shelf.add("milk", 1), Shelf.about("milk"));

    store.external(shelf -> shelf.without("tea"));

    assertThat(edited.stage().toCompletableFuture()).isCompletedWithValue(new WriteResult.Gone<>());
    assertThat(store.visible().get()).isEqualTo(Shelf.of("milk", 1));
    assertThat(store.deadLetters().get())
        .extracting(DeadLetter::kind)
        .containsExactly(DeadLetter.Kind.NOT_REPLAYABLE);
  }

  @Test
  @DisplayName("3.5 a closed store cancels what is under way and takes no more")
  default void rule3_5_closedStoreTakesNoMore() {
    OptimisticStore<Shelf> store = holdingTea();
    Mutation<Integer> mutation = add(store, 2);

    store.close();

    assertThat(mutation.stage().toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Cancelled<>());
    assertThatThrownBy(() -> add(store, 1)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> store.acknowledge(mutation.id())).isInstanceOf(ClosedException.class);
  }
}
