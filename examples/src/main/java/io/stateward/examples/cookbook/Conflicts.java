package io.stateward.examples.cookbook;

import io.stateward.collection.EntityTable;
import io.stateward.flow.Call;
import io.stateward.merge.FieldConflict;
import io.stateward.merge.Merge;
import io.stateward.optimistic.Choice;
import io.stateward.optimistic.Dispute;
import io.stateward.optimistic.MutationPlan;
import io.stateward.optimistic.ReplayPolicy;
import io.stateward.optimistic.Resolution;
import io.stateward.optimistic.Resolver;
import io.stateward.optimistic.Sending;
import io.stateward.store.WriteResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What to do when the server has another version than the change was made for. */
final class Conflicts {

  private Conflicts() {}

  // tag: state
  record Note(long id, String title, String text, Set<String> labels, long version) {

    Note withTitle(String now) {
      return new Note(id, now, text, labels, version);
    }
  }

  record Notes(EntityTable<Long, Note> table) {

    Notes with(Note note) {
      return new Notes(table.set(note));
    }
  }

  // end

  /** An answer of a server, as an HTTP client gives it. */
  record Response(int status, Note body, String problem) {}

  interface Api {
    Response put(Note note, long ifVersion, String idempotencyKey) throws IOException;
  }

  // tag: call
  /** Writes a note if the server still has the version that we have seen. */
  static WriteResult<Note> save(Api api, Sending<Note> sent) throws IOException {
    Response response =
        api.put(sent.mineOrThrow(), sent.baseOrThrow().version(), sent.id().toString());
    return switch (response.status()) {
      case 200 -> new WriteResult.Saved<>(response.body());
      case 409 -> new WriteResult.Conflict<>(response.body());
      case 404, 410 -> new WriteResult.Gone<>();
      case 422 -> new WriteResult.Rejected<>(response.problem());
      default -> throw new IOException("Status " + response.status()); // may be tried again
    };
  }

  // end

  // tag: merge
  static final Merge<Note> NOTES =
      Merge.of(Note.class)
          .field("labels")
          .set() // both sides' labels
          .field("version")
          .theirs() // title and text: undecided, where both changed them
          .otherFields()
          .ask();

  // end

  static MutationPlan<Notes, Note> plan(
      long id, Api api, Executor executor, Resolver<Note> dialog) {
    // tag: plan
    MutationPlan<Notes, Note> plan =
        MutationPlan.<Notes, Note>about(it -> it.table().get(id), Notes::with)
            .answeredBy(Call.blocking(executor, sent -> save(api, sent)))
            .onConflict(
                Resolution.merge(NOTES) // what can be merged is merged, and sent again
                    .otherwise(Resolution.ask(dialog).within(Duration.ofMinutes(2))))
            .whenGone(it -> new Notes(it.table().remove(id)))
            .scope(id);
    // end
    return plan;
  }

  // tag: dialog
  /** Asks for one field after the other; the rest of the store goes on meanwhile. */
  record Dialog(Consumer<Question> show) implements Resolver<Note> {

    record Question(List<FieldConflict> fields, CompletableFuture<Choice<Note>> answer) {}

    @Override
    public CompletionStage<Choice<Note>> resolve(Dispute<Note> dispute) {
      CompletableFuture<Choice<Note>> answer = new CompletableFuture<>();
      show.accept(new Question(dispute.fields(), answer));
      return answer; // cancelled when it comes too late
    }
  }

  // end

  static void decide(Dispute<Note> dispute, CompletableFuture<Choice<Note>> answer) {
    // tag: decide
    answer.complete(Choice.merged(dispute.suggestion().withTitle("Both titles")));
    // or Choice.mine(): my change on top of theirs; or Choice.theirs(): mine is given up
    // end
  }

  static Resolution<Note> fixed(boolean mine) {
    // tag: fixed
    Resolution<Note> resolution = mine ? Resolution.keepMine() : Resolution.keepServer();
    // end
    return resolution;
  }

  static MutationPlan<Notes, Note> revived(MutationPlan<Notes, Note> plan) {
    // tag: replay
    MutationPlan<Notes, Note> revived = plan.onReplayFailure(ReplayPolicy.keepLastImage());
    // end
    return revived;
  }
}
