package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.EntityTable;
import io.stateward.examples.cookbook.Conflicts.Dialog;
import io.stateward.examples.cookbook.Conflicts.Note;
import io.stateward.examples.cookbook.Conflicts.Notes;
import io.stateward.examples.cookbook.Conflicts.Response;
import io.stateward.merge.FieldConflict;
import io.stateward.optimistic.Choice;
import io.stateward.optimistic.Dispute;
import io.stateward.optimistic.Mutation;
import io.stateward.optimistic.OptimisticStore;
import io.stateward.optimistic.Resolver;
import io.stateward.store.WriteResult;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConflictsTest {

  private static final Note SEEN = new Note(1, "Shopping", "milk", Set.of("home"), 1);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final OptimisticStore<Notes> notes =
      OptimisticStore.over("notes", new Notes(EntityTable.of(Note::id).set(SEEN)))
          .timekeeper(time)
          .open();
  private final List<Dispute<Note>> asked = new ArrayList<>();
  private final CompletableFuture<Choice<Note>> answer = new CompletableFuture<>();
  private final Resolver<Note> dialog =
      dispute -> {
        asked.add(dispute);
        return answer;
      };
  private Note there = SEEN;
  private int status = 200;

  private Response put(Note note, long ifVersion, String key) {
    if (status != 200) {
      return new Response(status, there, "not today");
    }
    if (ifVersion != there.version()) {
      return new Response(409, there, "");
    }
    there = new Note(1, note.title(), note.text(), note.labels(), ifVersion + 1);
    return new Response(200, there, "");
  }

  private Mutation<Note> rename(String title) {
    return notes.mutate(
        it -> it.with(note(it).withTitle(title)),
        Conflicts.revived(Conflicts.plan(1, this::put, Runnable::run, dialog)));
  }

  private static Note note(Notes notes) {
    Note note = notes.table().get(1L);
    if (note == null) {
      throw new NoSuchElementException("There is no note 1.");
    }
    return note;
  }

  @Test
  void anotherField_isMergedAndSentAgain() {
    there = new Note(1, "Shopping", "milk, bread", Set.of("home", "today"), 2);

    Mutation<Note> renamed = rename("Market");

    Note merged = new Note(1, "Market", "milk, bread", Set.of("home", "today"), 3);
    assertThat(renamed.stage()).isCompletedWithValue(new WriteResult.Saved<>(merged));
    assertThat(there).isEqualTo(merged);
    assertThat(asked).isEmpty();
  }

  @Test
  void sameField_isAsked_andDecided() {
    there = new Note(1, "Errands", "milk", Set.of("home"), 2);

    rename("Market");
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).fields())
        .containsExactly(new FieldConflict("title", "Shopping", "Market", "Errands"));
    assertThat(note(notes.visible().get()).title()).isEqualTo("Market");
    Conflicts.decide(asked.get(0), answer);

    assertThat(there.title()).isEqualTo("Both titles");
    assertThat(note(notes.confirmed().get())).isEqualTo(there);
  }

  @Test
  void sameField_nobodyAnswers_theirsStands() {
    there = new Note(1, "Errands", "milk", Set.of("home"), 2);

    Mutation<Note> renamed = rename("Market");
    time.advance(Duration.ofMinutes(2));

    assertThat(renamed.stage()).isCompletedWithValue(new WriteResult.Conflict<>(there));
    assertThat(note(notes.visible().get())).isEqualTo(there);
    assertThat(answer).isCancelled();
  }

  @Test
  void dialog_showsTheFields() {
    List<Dialog.Question> shown = new ArrayList<>();
    FieldConflict title = new FieldConflict("title", "a", "b", "c");

    var stage =
        new Dialog(shown::add)
            .resolve(
                new Dispute<>(
                    notes.mutate(it -> it, Conflicts.plan(1, this::put, r -> {}, dialog)).id(),
                    "rename",
                    SEEN,
                    SEEN,
                    SEEN,
                    SEEN,
                    List.of(title)));
    shown.get(0).answer().complete(Choice.theirs());

    assertThat(shown.get(0).fields()).containsExactly(title);
    assertThat(stage).isCompletedWithValue(Choice.theirs());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fixed_decidesWithoutAsking(boolean mine) {
    there = new Note(1, "Errands", "milk", Set.of("home"), 2);

    notes.mutate(
        it -> it.with(note(it).withTitle("Market")),
        Conflicts.plan(1, this::put, Runnable::run, dialog).onConflict(Conflicts.fixed(mine)));

    assertThat(there.title()).isEqualTo(mine ? "Market" : "Errands");
    assertThat(note(notes.visible().get())).isEqualTo(there);
  }

  @Test
  void gone_isRemoved() {
    status = 410;

    assertThat(rename("Market").stage()).isCompletedWithValue(new WriteResult.Gone<>());
    assertThat(notes.visible().get().table()).isEmpty();
  }

  @Test
  void rejected_saysWhy() {
    status = 422;

    assertThat(rename("Market").stage())
        .isCompletedWithValue(new WriteResult.Rejected<>("not today"));
  }

  @Test
  void otherStatus_isAFailure() {
    status = 503;

    assertThat(rename("Market").stage().toCompletableFuture())
        .isCompletedWithValueMatching(
            result ->
                result instanceof WriteResult.Failed<Note> failed
                    && failed.cause() instanceof IOException
                    && Objects.equals(failed.cause().getMessage(), "Status 503"));
  }

  @Test
  void removedMeanwhile_isRevived() {
    notes.mutate(
        it -> it.with(note(it).withTitle("Market")),
        Conflicts.revived(Conflicts.plan(1, this::put, r -> {}, dialog)));

    notes.external(it -> new Notes(it.table().remove(1L)));

    assertThat(note(notes.visible().get()).title()).isEqualTo("Market");
  }
}
