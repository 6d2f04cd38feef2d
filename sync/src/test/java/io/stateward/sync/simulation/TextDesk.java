package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.client.DocumentStatus;
import io.stateward.sync.client.Settled;
import io.stateward.sync.client.Submission;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.simulation.TextBook.Edit;
import io.stateward.sync.text.TextDelta;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Types and deletes here and there in a text. */
final class TextDesk implements Desk {

  private final World world;
  private final String name;
  private final TextBook book;
  private final TextDocument text;
  private final Random random;
  private final Map<Edit, Submission> submissions = new LinkedHashMap<>();
  private int cursor;

  TextDesk(World world, String name, TextBook book, TextDocument text) {
    this.world = world;
    this.name = name;
    this.book = book;
    this.text = text;
    random = world.scheduler.random;
  }

  List<Integer> points() {
    return text.now().toString().codePoints().boxed().toList();
  }

  @Override
  public void edit() {
    for (int i = random.nextInt(4); i >= 0; i--) {
      editOnce();
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
    Edit edit = new Edit(typed, now.subList(cursor, cursor + deleted));
    String insert = string(typed);
    world.note(
        name,
        "edits ",
        "%s at %d: -%s +%s".formatted(book.document(), cursor, string(edit.deleted), insert));
    book.add(edit);
    submit(edit, TextDelta.replace(cursor, deleted, insert));
    cursor += typed.size();
  }

  private static String string(List<Integer> points) {
    StringBuilder string = new StringBuilder();
    points.forEach(string::appendCodePoint);
    return string.toString();
  }

  private void submit(Edit edit, TextDelta delta) {
    Submission submission = text.edit(delta);
    submissions.put(edit, submission);
    var unused =
        submission
            .settled()
            .thenAccept(
                settled -> {
                  edit.refused = settled instanceof Settled.Refused;
                  if (edit.refused) {
                    world.fail(name + " was refused an edit of a text: " + settled, null);
                  }
                });
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
      world.fail(
          name + " has edits of a text that were refused: " + text.deadLetters().get(), null);
    }
  }
}
