package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.flow.Call;
import io.stateward.merge.FieldConflict;
import io.stateward.merge.Merge;
import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The server's state moves on while somebody decides a conflict with an earlier one. */
final class MovedOnTest {

  record Note(String title, String text, int version) {}

  private static final Merge<Note> NOTES = Merge.of(Note.class).field("version").theirs();

  private final OptimisticStore<Note> store =
      OptimisticStore.of("note", new Note("Shopping", "milk", 1));
  private final List<Dispute<Note>> disputes = new ArrayList<>();
  private final List<CompletableFuture<Choice<Note>>> answers = new ArrayList<>();
  private Note server = new Note("Errands", "milk", 2);

  private final MutationPlan<Note, Note> plan =
      MutationPlan.<Note>whole()
          .answeredBy(Call.stage(sent -> CompletableFuture.completedFuture(write(sent))))
          .onConflict(Resolution.merge(NOTES).otherwise(Resolution.ask(this::ask)));

  /** Compares with the version of the base, as a plain server does. */
  private WriteResult<Note> write(Sending<Note> sent) {
    if (sent.baseOrThrow().version() != server.version()) {
      return new WriteResult.Conflict<>(server);
    }
    Note mine = sent.mineOrThrow();
    server = new Note(mine.title(), mine.text(), server.version() + 1);
    return new WriteResult.Saved<>(server);
  }

  private CompletableFuture<Choice<Note>> ask(Dispute<Note> dispute) {
    disputes.add(dispute);
    CompletableFuture<Choice<Note>> answer = new CompletableFuture<>();
    answers.add(answer);
    return answer;
  }

  private void rename(String title) {
    store.mutate(note -> new Note(title, note.text(), note.version()), plan);
  }

  private void push(UnaryOperator<Note> change) {
    server = change.apply(server);
    store.external(note -> server);
  }

  private void decide(int dispute, String title) {
    Note suggestion = Objects.requireNonNull(disputes.get(dispute)).suggestion();
    answers
        .get(dispute)
        .complete(Choice.merged(new Note(title, suggestion.text(), suggestion.version())));
  }

  @Test
  void decide_anotherFieldMovedOn_isMergedWithThat() {
    rename("Market");
    push(note -> new Note(note.title(), "milk, bread", 3));

    decide(0, "Market");

    assertThat(server).isEqualTo(new Note("Market", "milk, bread", 4));
    assertThat(disputes).hasSize(1);
  }

  @Test
  void decide_sameFieldMovedOn_isAskedAgainAndOverwritesNothingUnseen() {
    rename("Market");
    push(note -> new Note("Groceries", "milk, bread", 3));

    decide(0, "Market");
    assertThat(server).isEqualTo(new Note("Groceries", "milk, bread", 3));
    assertThat(disputes).hasSize(2);
    assertThat(disputes.get(1).fields())
        .containsExactly(new FieldConflict("title", "Errands", "Market", "Groceries"));
    decide(1, "Market");

    assertThat(server).isEqualTo(new Note("Market", "milk, bread", 4));
    assertThat(store.visible().get()).isEqualTo(server);
    assertThat(store.confirmed().get()).isEqualTo(server);
  }
}
