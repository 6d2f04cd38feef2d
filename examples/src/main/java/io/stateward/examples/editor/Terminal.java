package io.stateward.examples.editor;

import io.stateward.codec.Tree;
import io.stateward.signal.Subscription;
import io.stateward.sync.client.DocumentStatus;
import io.stateward.sync.client.Origin;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextChange;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;

/**
 * The shared text for who has no window: commands of one line, in the manner of an old line editor.
 *
 * <p>Thread safety: commands come from one thread; what others do is printed by whichever thread
 * tells of it.
 */
final class Terminal implements AutoCloseable {

  /** The document that the page opens, too. */
  static final String DOCUMENT = "shared-text";

  private static final String HELP =
      """
      p          prints the text, with the numbers of its lines
      a TEXT     puts a line at the end
      i N TEXT   puts a line before line N
      c N TEXT   changes line N
      d N        takes line N out
      u          takes back what was done here last
      s          says how the connection is, and what waits
      w          says who else is here
      q          ends""";

  private final TextDocument text;
  private final SyncClient client;
  private final PrintStream out;
  private final Subscription changes;

  Terminal(SyncClient client, PrintStream out) {
    this.client = client;
    this.out = out;
    this.text = client.text(DOCUMENT);
    this.changes = text.changes().subscribe(change -> told(change.now()));
    text.share(Tree.object().plus("name", "Terminal").plus("hue", 0L));
  }

  /** Waits until the text is there; says so if it is not in time. */
  void awaitText(Duration patience) throws InterruptedException {
    CountDownLatch there = new CountDownLatch(1);
    try (Subscription watching =
        text.status()
            .subscribe(
                change -> {
                  if (!(change.now() instanceof DocumentStatus.Loading)) {
                    there.countDown();
                  }
                })) {
      if (text.status().get() instanceof DocumentStatus.Loading
          && !there.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        out.println("There is no answer yet. What you do is kept while this runs; s says more.");
      }
    }
  }

  /** Waits until everything is stored by the server; says what is lost if it is not in time. */
  void awaitSettled(Duration patience) throws InterruptedException {
    try {
      text.whenSettled().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      out.println(
          "%d edits have not reached the server and are lost.".formatted(text.pending().get()));
    }
  }

  /** Does what a line says; answers whether there is more to come. */
  boolean obey(String line) {
    String word = line.strip();
    String rest = word.length() > 1 ? word.substring(1).strip() : "";
    switch (word.isEmpty() ? "p" : word.substring(0, 1).toLowerCase(Locale.ROOT)) {
      case "p" -> print(text.now());
      case "a" -> text.edit(now -> TextDelta.insert(now.length(), atEnd(now, rest)));
      case "i" -> atLine(rest, (now, at, words) -> TextDelta.insert(at.start(), words + "\n"));
      case "c" -> atLine(rest, (now, at, words) -> at.replacedBy(words));
      case "d" -> atLine(rest, (now, at, words) -> at.takenOutOf(now));
      case "u" -> out.println(text.undo().isPresent() ? "Taken back." : "There is nothing.");
      case "s" -> out.println("%s, %d waiting".formatted(connection(), text.pending().get()));
      case "w" -> out.println(text.presence().get().values());
      case "q" -> {
        return false;
      }
      default -> out.println(HELP);
    }
    return true;
  }

  private String connection() {
    return client
        .status()
        .get()
        .fold(
            () -> "connecting",
            session -> "connected",
            retry -> "connecting again in %d ms".formatted(retry.in().toMillis()),
            pending -> "offline",
            refused -> "refused: " + refused.reason(),
            () -> "closed");
  }

  private static String atEnd(Text now, String words) {
    boolean begun = !now.isEmpty() && now.codePointAt(now.length() - 1) != '\n';
    return (begun ? "\n" : "") + words + "\n";
  }

  /** A line of a text, without its end. */
  private record Line(int start, int length) {

    TextDelta replacedBy(String words) {
      return TextDelta.replace(start, length, words);
    }

    TextDelta takenOutOf(Text text) {
      boolean hasEnd = start + length < text.length();
      return TextDelta.delete(start, length + (hasEnd ? 1 : 0));
    }
  }

  /** What to do with a line. */
  private interface LineEdit {
    TextDelta of(Text now, Line line, String words);
  }

  private void atLine(String numberAndWords, LineEdit edit) {
    String[] parts = numberAndWords.split(" ", 2);
    String words = parts.length > 1 ? parts[1] : "";
    try {
      int number = Integer.parseInt(parts[0]);
      text.edit(now -> edit.of(now, line(now, number), words));
    } catch (NumberFormatException e) {
      out.println("After the command comes the number of a line, not '%s'.".formatted(parts[0]));
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
    }
  }

  private static Line line(Text text, int number) {
    if (number < 1 || number > text.lines()) {
      throw new IllegalArgumentException(
          "There are lines 1 to %d, and no %d.".formatted(text.lines(), number));
    }
    ToIntFunction<Integer> end =
        line -> line < text.lines() - 1 ? text.lineStart(line + 1) - 1 : text.length();
    int start = text.lineStart(number - 1);
    return new Line(start, end.applyAsInt(number - 1) - start);
  }

  private void print(Text now) {
    String[] lines = now.toString().split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      out.println("%4d  %s".formatted(i + 1, lines[i]));
    }
  }

  private void told(TextChange change) {
    if (change.origin().kind() == Origin.Kind.REMOTE) {
      out.println(
          "  (somebody changed line %d; p prints)"
              .formatted(change.now().lineAt(firstTouched(change.delta())) + 1));
    } else if (change.origin().kind() == Origin.Kind.CORRECTION && change.revision() > 0) {
      out.println(
          "  (the text is another one now, of %d lines; p prints)".formatted(change.now().lines()));
    }
  }

  private static int firstTouched(TextDelta delta) {
    return delta.isEmpty()
        ? 0
        : delta.parts().get(0).fold(retained -> retained, inserted -> 0, deleted -> 0);
  }

  @Override
  public void close() {
    changes.close();
    text.close();
  }
}
