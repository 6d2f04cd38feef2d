package io.stateward.examples.cookbook;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.jackson.Jackson;
import io.stateward.signal.Subscription;
import io.stateward.signal.Versioned;
import io.stateward.store.WriteResult;
import io.stateward.sync.client.RecordDocument;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.record.MergeRule;
import io.stateward.sync.record.MergeRules;
import io.stateward.sync.record.RecordChange;
import io.stateward.sync.record.RecordLimits;
import io.stateward.sync.record.RecordType;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records that several people change, each change with one meaning for when it comes too late. */
final class SharedRecords {

  private SharedRecords() {}

  // tag: type
  record Task(String title, boolean done, int votes, List<String> labels) {

    Task withTitle(String now) {
      return new Task(now, done, votes, labels);
    }
  }

  static final TreeCodec<Task> TASK = Jackson.codec("task/1", Task.class);

  // end

  // tag: kind
  static final RecordType TASKS = RecordType.within(RecordLimits.standard().withSize(64 * 1024));

  // end

  static RecordDocument<Task> open(SyncClient client) {
    // tag: open
    RecordDocument<Task> task = client.record("task/7", TASK);
    // end
    return task;
  }

  static Subscription show(RecordDocument<Task> task, Consumer<String> show) {
    // tag: show
    Subscription shown =
        task.value()
            .subscribe(
                change -> {
                  Task now = change.now(); // with what was done here
                  show.accept(now == null ? "there is none" : now.title());
                });
    // end
    return shown;
  }

  static void create(RecordDocument<Task> task) {
    // tag: create
    task.put(0, new Task("Milk", false, 0, List.of())); // 0: nobody has written it
    // end
  }

  static void fields(RecordDocument<Task> task) {
    // tag: fields
    task.set("/title", Tree.of("Oat milk")); // the last one stands
    task.increment("/votes", 1); // all count
    task.include("/labels", Tree.of("shop")); // in it once, however many do this
    task.exclude("/labels", Tree.of("later"));
    // end
  }

  static void all(RecordDocument<Task> task) {
    // tag: all
    task.change(
        new RecordChange.All(
            List.of(
                new RecordChange.Set("/done", Tree.of(true)),
                new RecordChange.Increment("/votes", BigDecimal.ONE))));
    // end
  }

  // tag: form
  /** What was on the screen when somebody began to edit. */
  record Form(Task task, long version) {

    static @Nullable Form of(RecordDocument<Task> document) {
      Versioned<@Nullable Task> seen = document.read();
      Task task = seen.value();
      return task == null ? null : new Form(task, seen.version());
    }
  }

  // end

  // tag: put
  static CompletionStage<String> save(RecordDocument<Task> document, Form form, Task edited) {
    return document.put(form.version(), edited).thenApply(SharedRecords::told);
  }

  static String told(WriteResult<Task> result) {
    return result.fold(
        saved -> "saved",
        current -> "somebody else made it '%s'".formatted(current.title()),
        () -> "deleted meanwhile",
        reason -> "refused: " + reason,
        () -> "given up",
        cause -> "saved by a version that cannot be read here: " + cause.getMessage());
  }

  // end

  // tag: rules
  static final MergeRules RULES =
      MergeRules.otherwise(MergeRule.ASK)
          .with("/votes", MergeRule.COUNTER)
          .with("/labels", MergeRule.SET)
          .with("/done", MergeRule.MINE);

  // end

  static CompletionStage<String> merge(RecordDocument<Task> document, Form form, Task edited) {
    // tag: merge
    CompletionStage<WriteResult<Task>> merged = document.merge(form.task(), edited, RULES);
    // end
    return merged.thenApply(SharedRecords::told);
  }

  static void letters(RecordDocument<Task> task, Consumer<String> show) {
    // tag: letters
    task.channel()
        .deadLetters()
        .subscribe(
            change ->
                change
                    .now()
                    .forEach(letter -> show.accept(letter.change() + ": " + letter.reason())));
    // end
  }

  static @Nullable Tree tree(SyncClient client) {
    // tag: tree
    RecordDocument<Tree> any = client.record("task/7");
    Tree now = any.value().get();
    // end
    any.close();
    return now;
  }
}
