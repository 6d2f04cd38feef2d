package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.optimistic.Choice;
import io.stateward.signal.Probe;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextMerge;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes texts, asks what becomes of edits whose history is lost, and sees to it.
 *
 * <p>Thread safety: safe for any number of threads; it holds no lock while it asks.
 */
final class LostTexts {

  private final LiveClient client;
  private final String name;
  private final @Nullable LostHistory policy;

  LostTexts(LiveClient client, String name, @Nullable LostHistory policy) {
    this.client = client;
    this.name = name;
    this.policy = policy;
  }

  TextReplica replica(DocumentContext context) {
    LostHistory asked = policy;
    return new TextReplica(context, asked == null ? null : lost -> ask(asked, lost));
  }

  /** Returns what is kept of it until there is an answer. */
  static Tree form(LostText lost) {
    return Tree.object().plus("base", lost.base().toString()).plus("mine", lost.mine().toString());
  }

  private void ask(LostHistory asked, LostText lost) {
    CompletionStage<Choice<Text>> answer;
    try {
      answer = Objects.requireNonNull(asked.decide(lost), "answer");
    } catch (RuntimeException e) { // foreign code
      report(lost, e);
      return;
    }
    answer.whenComplete(
        (choice, failure) -> {
          if (choice == null) {
            report(lost, failure);
          } else {
            choice.<Boolean>fold(
                () -> put(lost, lost.mine()), () -> false, merged -> put(lost, merged));
          }
        });
  }

  private void report(LostText lost, @Nullable Throwable cause) {
    Probe.report(
        "%s, document '%s'".formatted(name, lost.document()),
        "Whoever was asked what becomes of edits whose history is lost gave no answer; they stay among the dead letters.",
        cause);
  }

  private boolean put(LostText lost, Text chosen) {
    if (client.isClosed()) {
      return false; // the letter is in the outbox
    }
    try (Handle<TextReplica> text =
        client.document(lost.document(), TextReplica.class, this::replica)) {
      TextDelta change = TextMerge.diff(lost.theirs(), chosen);
      return text.exclusively(() -> put(text, lost, change));
    } catch (RuntimeException e) { // closed meanwhile, most likely
      report(lost, e);
      return false;
    }
  }

  private static boolean put(Handle<TextReplica> text, LostText lost, TextDelta change) {
    TextDelta delta = TextMerge.threeWay(lost.theirs(), change, text.replica().visible());
    if (!delta.isEmpty()) {
      TextEdits.submit(text, delta, Origin.correction());
    }
    Tree form = form(lost);
    text.of()
        .dismissIf(
            letter -> letter.code().equals(LostHistory.CODE) && letter.change().equals(form));
    return true;
  }
}
