package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.signal.Probe;
import io.stateward.sync.internal.Growth;
import io.stateward.sync.internal.SequencedText;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Replica;
import io.stateward.sync.spi.Verdict;
import io.stateward.sync.text.Side;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextMerge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A text on a client: the confirmed one, and the one that is seen, which has the pending edits too.
 *
 * <p>Thread safety: confined to the turn of its document.
 */
final class TextReplica implements Replica {

  /*
   * Two texts, one log
   * ------------------
   * The confirmed text follows the effects that the hub tells and needs no history. The visible one is
   * what the log makes of the operations in sequence and the pending ones; without pending ones it is
   * the confirmed one.
   *
   * The log need not reach back far: where nothing is pending, a change that was made before its floor
   * is taken in by its effect alone, and the log begins anew behind it. Where something is pending,
   * the change has to be merged with it as everybody else will merge the two, so the events since its
   * base are asked for.
   */

  /** An edit that has no place in the sequence yet. */
  private record Mine(int index, long base, TextDelta operation) {}

  private static final int LONGEST_LOG = 1024; // then it is cut, if nothing is pending

  private final DocumentContext context;
  private final ShownText shown;
  private final @Nullable Consumer<? super LostText> asked; // without a lock
  private Text confirmed = Text.empty();
  private long sequence;
  private SequencedText events = SequencedText.startingAt(0, 0);
  private Growth growth = new Growth(0, 0); // of the confirmed text, by the events
  private final Deque<Mine> mine = new ArrayDeque<>();

  TextReplica(DocumentContext context) {
    this(context, null);
  }

  /** Makes one that asks what becomes of edits whose history is lost, if there is whom to ask. */
  TextReplica(DocumentContext context, @Nullable Consumer<? super LostText> asked) {
    this.context = context;
    this.asked = asked;
    this.shown = new ShownText(context);
  }

  @Override
  public String type() {
    return "text";
  }

  Text visible() {
    return shown.now();
  }

  ShownText shown() {
    return shown;
  }

  @Override
  public void edit(Mutation mutation) {
    TextDelta operation = operation(mutation.change());
    Text now = visible().apply(operation);
    pend(sequence, operation);
    shown.edit(now, operation);
  }

  private TextDelta pend(long base, TextDelta operation) {
    TextDelta change = events.addPending(context.client(), base, operation);
    mine.add(new Mine(events.lastIndex(), base, operation));
    return change;
  }

  private static TextDelta operation(Tree change) {
    return TextDelta.fromTree(change.at("/op"));
  }

  private static TextDelta effect(Tree change) {
    TreeObject object = change.asObject();
    return TextDelta.fromTree(
        object.at(object.members().containsKey("effect") ? "/effect" : "/op"));
  }

  @Override
  public @Nullable Long take(Mutation update) {
    TextDelta effect = effect(update.change());
    Text next = confirmed.apply(effect);
    TextDelta change = effect;
    if (update.base() >= events.floor()) {
      change = events.add(update.client(), update.base(), operation(update.change()));
      growth.add(effect.change());
    } else if (mine.isEmpty()) {
      beginLog(update.sequence(), next.length());
    } else {
      return update.base();
    }
    confirmed = next;
    sequence = update.sequence();
    if (mine.isEmpty()) {
      shown.show(confirmed, effect, Origin.of(update.client()));
      shortenLog();
    } else {
      shown.show(visible().apply(change), change, Origin.of(update.client()));
    }
    return null;
  }

  @Override
  public void history(long after, List<Mutation> missing) {
    int length = confirmed.length();
    for (Mutation event : missing) {
      length -= effect(event.change()).change();
    }
    beginLog(after, length);
    for (Mutation event : missing) {
      events.add(event.client(), event.base(), operation(event.change()));
      growth.add(effect(event.change()).change());
    }
    pendAgain();
  }

  private void beginLog(long floor, int length) {
    events = SequencedText.startingAt(floor, length);
    growth = new Growth(floor, length);
  }

  private void pendAgain() {
    List<Mine> again = List.copyOf(mine);
    mine.clear();
    again.forEach(each -> pend(each.base(), each.operation()));
  }

  @Override
  public void confirm(long id, long place, Tree change) {
    Mine first = mine.remove();
    TextDelta effect = effect(change);
    events.confirm(first.index(), first.base());
    growth.add(effect.change());
    confirmed = confirmed.apply(effect);
    sequence = place;
    if (mine.isEmpty()) {
      agree();
      shortenLog();
    }
  }

  /** What was merged here and what the hub told are the same text; the hub is right if not. */
  private void agree() {
    assert visible().equals(confirmed) : "the hub merged in another way";
    if (visible().length() == confirmed.length()) {
      confirmed = visible();
    } else {
      Probe.report(
          "Document '%s'".formatted(context.document()),
          "Its text here had %d code points after a merge, where the hub has %d; it is taken from the hub."
              .formatted(visible().length(), confirmed.length()),
          null);
      shown.show(confirmed, TextMerge.diff(visible(), confirmed), Origin.correction());
      beginLog(sequence, confirmed.length());
    }
  }

  /**
   * Cuts the log where all that follows knows all before. Where people type at the same time
   * without a pause there is no such place, and it begins anew: history is asked for when it is
   * needed.
   */
  private void shortenLog() {
    if (!mine.isEmpty() || events.last() - events.floor() <= LONGEST_LOG) {
      return;
    }
    long critical = events.criticalAt(events.last() - LONGEST_LOG / 2);
    if (critical > events.floor()) {
      int length = growth.lengthAt(critical);
      events = events.since(critical, length);
      growth.trim(critical);
    } else {
      beginLog(sequence, confirmed.length());
    }
  }

  @Override
  public List<Tree> reset(long at, Tree state, List<Tree> pending) {
    Text theirs = Text.of(state.at("/text").asString());
    TextDelta merged = TextDelta.empty();
    if (!pending.isEmpty()) {
      Unfolded own = unfold(mine.size() - pending.size(), 0);
      merged = TextMerge.threeWay(own.before(), own.after(), theirs);
    }
    mine.clear();
    confirmed = theirs;
    sequence = at;
    beginLog(at, theirs.length());
    List<Tree> forms = pendAll(merged);
    Text now = theirs.apply(merged);
    shown.show(now, TextMerge.diff(visible(), now), Origin.correction());
    return forms;
  }

  /** Puts an edit on top of what is pending, and returns it in as many changes as it takes. */
  private List<Tree> pendAll(TextDelta edit) {
    List<Tree> forms = new ArrayList<>();
    for (TextDelta portion : TextPortions.of(edit)) {
      pend(sequence, portion);
      forms.add(TextEdits.form(portion));
    }
    return forms;
  }

  @Override
  public @Nullable GivenUp giveUp(Tree state, List<Tree> pending) {
    Consumer<? super LostText> whom = asked;
    if (whom == null || sequence == 0) {
      return null; // at 0 nothing was known of it when it was begun, and so nothing is lost
    }
    Unfolded own = unfold(mine.size() - pending.size(), 0);
    Text edited = own.before().apply(own.after());
    Text theirs = Text.of(state.at("/text").asString());
    if (theirs.equals(own.before()) || theirs.equals(edited)) {
      return null;
    }
    LostText lost = new LostText(context.document(), own.before(), edited, theirs);
    context.afterwards(() -> whom.accept(lost));
    return new GivenUp(
        LostTexts.form(lost),
        new Verdict.Refused(
            LostHistory.CODE,
            "The hub does not know any more what was done since it was edited here, so it cannot be merged.",
            state));
  }

  /**
   * The pending edits in three parts.
   *
   * @param before the text with those before
   * @param within what the ones in the middle change in it
   * @param after what the rest changes then
   */
  private record Unfolded(Text before, TextDelta within, TextDelta after) {}

  private Unfolded unfold(int before, int within) {
    SequencedText part = events.since(events.floor(), growth.lengthAt(events.floor()));
    Iterator<Mine> edits = mine.iterator();
    Text text = confirmed.apply(composed(part, edits, before));
    return new Unfolded(
        text, composed(part, edits, within), composed(part, edits, Integer.MAX_VALUE));
  }

  private TextDelta composed(SequencedText part, Iterator<Mine> edits, int count) {
    TextDelta all = TextDelta.empty();
    for (int i = 0; i < count && edits.hasNext(); i++) {
      Mine edit = edits.next();
      all = all.compose(part.addPending(context.client(), edit.base(), edit.operation()));
    }
    return all;
  }

  @Override
  public List<Tree> refuse(long id, Verdict.Refused refusal, List<Tree> pending) {
    int earlier = mine.size() - pending.size() - 1;
    Unfolded own = unfold(earlier, 1);
    TextDelta takenOut = own.within().invert(own.before().toString());
    TextDelta rest = own.after().transform(takenOut, Side.LEFT);
    List<Mine> kept = mine.stream().limit(earlier).toList();
    mine.clear();
    events = events.since(events.floor(), growth.lengthAt(events.floor()));
    kept.forEach(each -> pend(each.base(), each.operation()));
    List<Tree> forms = pendAll(rest);
    TextDelta change = takenOut.transform(own.after(), Side.RIGHT);
    shown.show(visible().apply(change), change, Origin.correction());
    return forms;
  }

  @Override
  public Tree store() {
    List<Tree> kept = new ArrayList<>();
    for (long n = events.floor() + 1; n <= events.last(); n++) {
      kept.add(
          Tree.object()
              .plus("client", events.client(n))
              .plus("base", events.base(n))
              .plus("op", events.operation(n).toTree())
              .plus("length", growth.lengthAt(n)));
    }
    return Tree.object()
        .plus("text", confirmed.toString())
        .plus("floor", events.floor())
        .plus("length", growth.lengthAt(events.floor()))
        .plus("events", Tree.array(kept));
  }

  @Override
  public void restore(long at, @Nullable Tree stored, List<Mutation> pending) {
    Text was = visible();
    mine.clear();
    sequence = at;
    if (stored != null) {
      confirmed = Text.of(stored.at("/text").asString());
      int length = stored.at("/length").asInt();
      beginLog(stored.at("/floor").asLong(), length);
      for (Tree event : stored.at("/events").asArray().elements()) {
        events.add(event.at("/client").asString(), event.at("/base").asLong(), operation(event));
        int after = event.at("/length").asInt();
        growth.add(after - length);
        length = after;
      }
    }
    Text now = confirmed;
    for (Mutation each : pending) {
      now = now.apply(pend(each.base(), operation(each.change())));
    }
    shown.show(now, TextMerge.diff(was, now), Origin.correction());
  }
}
