package io.stateward.benchmarks.sync;

import io.stateward.benchmarks.Workload;
import io.stateward.sync.text.StoredText;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextLog;

/** A text and the log of its edits as they are stored, opened again and again. */
final class LoadWorkload implements Workload {

  private final String end;
  private final byte[] stored;
  private Text text = Text.empty();

  LoadWorkload(Session session) {
    end = session.end();
    TextLog log = TextLog.create();
    Text typed = Text.empty();
    for (Session.Edit edit : session.edits()) {
      typed = typed.apply(log.add("ada", log.version(), edit.delta()).change());
    }
    stored = new StoredText(log, typed).encode();
  }

  int size() {
    return stored.length;
  }

  @Override
  public void run() {
    text = StoredText.decode(stored).text();
  }

  @Override
  public void verify() {
    Workload.require("The text", end, text.toString());
  }
}
