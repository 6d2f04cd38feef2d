package io.stateward.examples.cookbook;

import io.stateward.optimistic.Choice;
import io.stateward.persist.Journal;
import io.stateward.sync.client.ConnectionStatus;
import io.stateward.sync.client.DeadLetter;
import io.stateward.sync.client.Submission;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.SyncClientBuilder;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.spi.Transport;
import io.stateward.sync.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Documents that are edited without a connection, and what becomes of that. */
final class LiveOffline {

  private LiveOffline() {}

  static SyncClientBuilder settings(Transport transport, Path folder) {
    // tag: outbox
    SyncClientBuilder settings =
        SyncClient.over(transport).outbox(() -> Journal.file(folder.resolve("outbox")));
    // end
    return settings;
  }

  static List<TextDocument> open(SyncClientBuilder settings, List<String> recent) {
    // tag: open
    SyncClient client = settings.open(); // reads the outbox: no connection is needed
    List<TextDocument> open = recent.stream().map(client::text).toList();
    // end
    return open;
  }

  // tag: bar
  static String bar(ConnectionStatus status, int pending, int unsaved) {
    String connection =
        status.fold(
            () -> "connecting",
            session -> pending == 0 ? "all saved" : "saving",
            again -> "offline, again in " + again.in().toSeconds() + " s",
            waiting -> "offline",
            refused -> "the server refuses: " + refused.reason(),
            () -> "closed");
    return unsaved > 0
        ? "%s; %d changes are on no disk yet".formatted(connection, unsaved)
        : "%s; %d changes wait".formatted(connection, pending);
  }

  // end

  static void show(SyncClient client, Consumer<String> show) {
    // tag: show
    show.accept(bar(client.status().get(), client.pending().get(), client.unsaved().get()));
    // end
  }

  static String document(TextDocument notes) {
    // tag: document
    String standing =
        notes
            .status()
            .get()
            .fold(
                () -> "nothing of it is here yet",
                live -> "as others see it, up to number " + live.position().sequence(),
                behind -> behind.pending() + " of your edits wait",
                refused -> refused.reason());
    // end
    return standing;
  }

  static boolean progress(Submission edit) {
    // tag: progress
    boolean safe = edit.progress().compareTo(Submission.Progress.STORED) >= 0;
    // end
    return safe;
  }

  static void letters(TextDocument notes, Predicate<DeadLetter> dealtWith) {
    // tag: letters
    for (DeadLetter letter : notes.deadLetters().get()) {
      if (dealtWith.test(letter)) { // shown with letter.reason(), made anew, or given up
        notes.dismiss(letter);
      }
    }
    // end
  }

  /** Asks somebody, who may take his time. */
  interface Dialog {
    void show(Text mine, Text theirs, Consumer<Choice<Text>> answer);
  }

  static SyncClientBuilder ask(SyncClientBuilder settings, Dialog dialog) {
    // tag: ask
    settings.lostHistory(
        lost -> {
          CompletableFuture<Choice<Text>> answer = new CompletableFuture<>();
          dialog.show(lost.mine(), lost.theirs(), answer::complete); // or Choice.merged(text)
          return answer;
        });
    // end
    return settings;
  }

  static void train(SyncClient client) {
    // tag: train
    client.disconnect(); // editing goes on
    client.reconnect(); // now, without waiting for the next attempt
    // end
  }

  static int end(SyncClient client, Duration patience) throws Exception {
    // tag: end
    CompletableFuture<Void> settled = client.whenSettled().toCompletableFuture();
    settled.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS).join();
    client.close(); // what is still pending stays in the outbox
    int lost = client.closed().toCompletableFuture().get(10, TimeUnit.SECONDS); // 0 if it works
    // end
    return lost;
  }
}
