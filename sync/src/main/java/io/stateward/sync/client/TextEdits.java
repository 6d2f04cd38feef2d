package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How an edit of a text is submitted: as one change, or as several if it is too long for one.
 *
 * <p>Thread safety: called within the document's lock.
 */
final class TextEdits {

  private TextEdits() {}

  static Tree form(TextDelta operation) {
    return Tree.object().plus("op", operation.toTree());
  }

  static Submission submit(DocumentChannel<TextReplica> channel, TextDelta delta, Origin origin) {
    List<TextDelta> portions = TextPortions.of(delta);
    ShownText shown = channel.replica().shown();
    boolean several = portions.size() > 1;
    Text before = shown.now();
    if (several) {
      before.apply(delta); // all of it or nothing
    }
    shown.editsAre(origin, !several);
    try {
      return several
          ? submitAll(channel, portions, delta, before, origin)
          : channel.submit(form(delta));
    } finally {
      shown.editsAre(Origin.here(), true);
    }
  }

  private static Submission submitAll(
      DocumentChannel<TextReplica> channel,
      List<TextDelta> portions,
      TextDelta delta,
      Text before,
      Origin origin) {
    List<Submission> all = new ArrayList<>();
    for (TextDelta portion : portions) {
      all.add(channel.submit(form(portion)));
    }
    if (origin.kind() == Origin.Kind.EDIT) {
      channel.replica().shown().undo().mine(delta, before); // as one
    }
    return new Several(List.copyOf(all));
  }

  /** Several changes that are one edit. */
  private record Several(List<Submission> portions) implements Submission {

    private Submission last() {
      return portions.get(portions.size() - 1);
    }

    @Override
    public long id() {
      return last().id();
    }

    @Override
    public Progress progress() {
      Progress least = Progress.SETTLED;
      for (Submission each : portions) {
        Progress progress = each.progress();
        least = progress.compareTo(least) < 0 ? progress : least;
      }
      return least;
    }

    /** Completes with the last place, or with what became of the first that has none. */
    @Override
    public CompletionStage<Settled> settled() {
      CompletionStage<Settled> all = CompletableFuture.completedFuture(new Settled.Durable(0));
      for (Submission each : portions) {
        all =
            all.thenCombine(
                each.settled(), (before, now) -> before instanceof Settled.Durable ? now : before);
      }
      return all;
    }
  }
}
