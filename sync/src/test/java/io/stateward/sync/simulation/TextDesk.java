package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.client.DocumentStatus;
import io.stateward.sync.client.Origin;
import io.stateward.sync.client.Settled;
import io.stateward.sync.client.Submission;
import io.stateward.sync.client.TextChange;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.simulation.TextBook.Edit;
import io.stateward.sync.text.TextDelta;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Types and deletes here and there in a text. */
final class TextDesk implements Desk {

  private final World world;
  private final String name;
  private final TextBook book;
  private final Subject.Client client;
  private final TextDocument text;
  private final Random random;
  private final NaiveUndo undo;
  private final Map<Edit, Submission> submissions = new LinkedHashMap<>();
  private int cursor;

  TextDesk(World world, String name, TextBook book, Subject.Client client, TextDocument text) {
    this.world = world;
    this.name = name;
    this.book = book;
    this.client = client;
    undo = book.undo(name);
    this.text = text;
    random = world.scheduler.random;
    var unused = text.changes().subscribe(change -> shown(change.now()));
  }

  List<Integer> points() {
    return text.now().toString().codePoints().boxed().toList();
  }

  private void shown(TextChange change) {
    if (change.origin().kind() == Origin.Kind.CORRECTION) {
      undo.corrected();
    }
  }

  @Override
  public void edit() {
    for (int i = random.nextInt(4); i >= 0; i--) {
      if (random.nextInt(8) == 0) {
        move(random.nextInt(3) == 0);
      } else {
        editOnce();
      }
    }
  }

  /** Undoes or redoes, and compares what that does with what the model says. */
  private void move(boolean redo) {
    List<Integer> before = points();
    Set<Integer> ambiguous = book.ambiguousTo(name);
    Submission submission = (redo ? text.redo() : client.undo(text)).orElse(null);
    List<Integer> after = points();
    NaiveUndo.Group did =
        new NaiveUndo.Group(NaiveUndo.lacking(after, before), NaiveUndo.lacking(before, after));
    world.note(name, redo ? "redoes " : "undoes ", book.document() + ": " + did);
    String wrong = undo.moved(redo, before, did, ambiguous);
    if (!wrong.isEmpty()) {
      world.fail("%s undoes or redoes in %s, and %s".formatted(name, book.document(), wrong), null);
    }
    if (submission != null) {
      Edit edit = new Edit(name, did.typed(), did.deleted());
      book.add(edit);
      follow(edit, submission);
    }
  }

  private void editOnce() {
    List<Integer> now = points();
    if (random.nextInt(6) == 0 || cursor > now.size()) {
      cursor = random.nextInt(now.size() + 1);
    }
    int kind = random.nextInt(4);
    int deleted = kind > 1 ? Math.min(random.nextInt(4), now.size() - cursor) : 0;
    List<Integer> typed = kind < 3 ? book.type(1 + random.nextInt(4)) : List.of();
    if (typed.isEmpty() && deleted == 0) {
      return;
    }
    Edit edit = new Edit(name, typed, List.copyOf(now.subList(cursor, cursor + deleted)));
    String insert = string(typed);
    world.note(
        name,
        "edits ",
        "%s at %d: -%s +%s".formatted(book.document(), cursor, string(edit.deleted), insert));
    book.add(edit);
    text.undoBoundary(); // each is undone alone
    follow(edit, text.edit(TextDelta.replace(cursor, deleted, insert)));
    undo.edited(new NaiveUndo.Group(edit.typed, edit.deleted));
    cursor += typed.size();
  }

  private static String string(List<Integer> points) {
    StringBuilder string = new StringBuilder();
    points.forEach(string::appendCodePoint);
    return string.toString();
  }

  private void follow(Edit edit, Submission submission) {
    submissions.put(edit, submission);
    var unused = submission.settled().thenAccept(settled -> told(edit, settled));
  }

  private void told(Edit edit, Settled settled) {
    edit.durable = settled instanceof Settled.Durable;
    if (settled instanceof Settled.Refused refused) {
      edit.perhapsLost = true;
      requireForgotten(refused.code());
    }
  }

  private void requireForgotten(String code) {
    if (!code.equals("forgotten")) {
      world.fail(name + " was refused an edit of a text: " + code, null);
    }
  }

  @Override
  public String view() {
    return text.now().toString();
  }

  @Override
  public void share(Tree state) {
    text.share(state);
  }

  @Override
  public Map<String, Tree> presence() {
    return text.presence().get();
  }

  @Override
  public boolean isQuiet() {
    return text.status().get() instanceof DocumentStatus.Live && text.pending().get() == 0;
  }

  @Override
  public String standing() {
    return text.status().get() + ": " + view();
  }

  @Override
  public void died() {
    DocumentStatus status = text.status().get();
    submissions.forEach(
        (edit, submission) -> edit.perhapsLost |= LiveSubject.isPerhapsLost(submission, status));
  }

  @Override
  public void tellDead() {
    if (!text.deadLetters().get().isEmpty()) {
      book.becomeUncertain(name); // what was superseded may be part of it
    }
    text.deadLetters().get().forEach(letter -> requireForgotten(letter.code()));
  }
}
