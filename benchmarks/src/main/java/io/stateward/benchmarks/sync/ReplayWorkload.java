package io.stateward.benchmarks.sync;

import io.stateward.benchmarks.Workload;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextLog;
import java.util.List;

/** Edits that are made here, kept in a log and shown in a text. */
final class ReplayWorkload implements Workload {

  private final String end;
  private final List<TextDelta> edits;
  private Text text = Text.empty();

  ReplayWorkload(Session session) {
    this.end = session.end();
    this.edits = session.edits().stream().map(Session.Edit::delta).toList();
  }

  @Override
  public void run() {
    TextLog log = TextLog.create();
    Text typed = Text.empty();
    for (TextDelta edit : edits) {
      typed = typed.apply(log.add("ada", log.version(), edit).change());
    }
    text = typed;
  }

  @Override
  public void verify() {
    Workload.require("The text", end, text.toString());
  }
}
