package io.stateward.sync.text;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.sync.internal.Growth;
import io.stateward.sync.internal.SequencedText;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.List;

/** A text and the operations since its last trim, each as its author made it. */
final class TextState implements SharedState {

  private static final int FAR = 20_000; // events behind what may still be needed
  private static final int MOST_PARTS = 10_000;

  private final int longest;
  private Text text;
  private SequencedText events;
  private final Growth growth; // by the events

  TextState(int longest, Text text, long floor, int length) {
    this.longest = longest;
    this.text = text;
    this.events = SequencedText.startingAt(floor, length);
    this.growth = new Growth(floor, length);
  }

  static TextState restore(int longest, Tree stored) {
    TextState state =
        new TextState(
            longest,
            Text.of(stored.at("/text").asString()),
            stored.at("/floor").asLong(),
            stored.at("/length").asInt());
    for (Tree event : stored.at("/events").asArray().elements()) {
      state.merge(
          event.at("/client").asString(),
          event.at("/base").asLong(),
          TextDelta.fromTree(event.at("/op")));
    }
    return state;
  }

  @Override
  public Verdict judge(Mutation mutation) {
    if (mutation.base() < events.baseOf(mutation.client())) {
      return new Verdict.Refused(
          "base",
          "The edit was made after change %d, the one before it by the same client after change %d; a client never goes back."
              .formatted(mutation.base(), events.baseOf(mutation.client())),
          null);
    }
    try {
      if (mutation.base() < events.floor()) {
        return tooOld(mutation.base());
      }
      Tree form = mutation.change().at("/op");
      if (form.asArray().elements().size() > MOST_PARTS) {
        return tooMany(form.asArray().elements().size());
      }
      TextDelta operation = TextDelta.fromTree(form);
      if (inserted(operation) + text.length() > longest) {
        return tooLong(operation);
      }
      TextDelta effect = take(mutation, operation);
      return new Verdict.Accepted(form(operation, effect));
    } catch (IllegalArgumentException e) {
      return new Verdict.Refused("invalid", String.valueOf(e.getMessage()), null);
    }
  }

  private Verdict tooOld(long base) {
    return new Verdict.Refused(
        "base",
        "The edit was made after change %d, but of what was before change %d nothing is left to merge it with."
            .formatted(base, events.floor()),
        null);
  }

  private static Verdict tooMany(int parts) {
    return new Verdict.Refused(
        "limit",
        "The edit has %d parts, and one may have %d at most; send it as several."
            .formatted(parts, MOST_PARTS),
        null);
  }

  private Verdict tooLong(TextDelta operation) {
    return new Verdict.Refused(
        "limit",
        "The text has %d code points and the edit puts in %d more, but it may have %d at most. Shorten it first, or begin another document."
            .formatted(text.length(), inserted(operation), longest),
        null);
  }

  private static long inserted(TextDelta operation) {
    long inserted = 0;
    for (TextDelta.Part part : operation.parts()) {
      inserted += part.fold(retain -> 0, put -> put.codePointCount(0, put.length()), delete -> 0);
    }
    return inserted;
  }

  private TextDelta take(Mutation mutation, TextDelta operation) {
    TextDelta effect = merge(mutation.client(), mutation.base(), operation);
    text = text.apply(effect);
    return effect;
  }

  private TextDelta merge(String client, long base, TextDelta operation) {
    TextDelta effect = events.add(client, base, operation);
    growth.add(effect.change());
    return effect;
  }

  private static Tree form(TextDelta operation, TextDelta effect) {
    TreeObject form = Tree.object().plus("op", operation.toTree());
    return effect.equals(operation) ? form : form.plus("effect", effect.toTree());
  }

  @Override
  public void replay(Mutation mutation) {
    take(mutation, TextDelta.fromTree(mutation.change().at("/op")));
  }

  @Override
  public Tree snapshot() {
    return Tree.object().plus("text", text.toString());
  }

  @Override
  public Tree store() {
    List<Tree> kept = new ArrayList<>();
    for (long n = events.floor() + 1; n <= events.last(); n++) {
      kept.add(
          Tree.object()
              .plus("client", events.client(n))
              .plus("base", events.base(n))
              .plus("op", events.operation(n).toTree()));
    }
    return Tree.object()
        .plus("text", text.toString())
        .plus("floor", events.floor())
        .plus("length", growth.lengthAt(events.floor()))
        .plus("events", Tree.array(kept));
  }

  @Override
  public long context(long sequence) {
    return events.criticalAt(sequence);
  }

  /**
   * Cuts the log at the latest place up to there from which all events know all before. Where
   * people never pause there is none, and the log would grow for ever: then it begins at the
   * present once it is far behind, and who has not heard of all of it gets the text anew.
   */
  @Override
  public long trim(long sequence) {
    long critical = events.criticalAt(sequence);
    if (critical > events.floor()) {
      events = events.since(critical, growth.lengthAt(critical));
      growth.trim(critical);
    } else if (sequence - events.floor() > FAR) {
      long last = events.last();
      events = SequencedText.startingAt(last, text.length());
      growth.trim(last);
      return last;
    }
    return sequence;
  }
}
