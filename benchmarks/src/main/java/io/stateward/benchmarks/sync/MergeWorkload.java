package io.stateward.benchmarks.sync;

import io.stateward.benchmarks.Workload;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextLog;
import java.util.List;

/** Edits of several people that are taken in, each made after what its author knew. */
final class MergeWorkload implements Workload {

  private final Session session;
  private final List<TextDelta> deltas;
  private Text text = Text.empty();

  MergeWorkload(Session session) {
    this.session = session;
    this.deltas = session.edits().stream().map(Session.Edit::delta).toList();
  }

  @Override
  public void run() {
    TextLog log = TextLog.create();
    Text merged = Text.empty();
    for (int i = 0; i < deltas.size(); i++) {
      Session.Edit edit = session.edits().get(i);
      merged = merged.apply(log.add(edit.agent(), edit.parents(), deltas.get(i)).change());
    }
    text = merged;
  }

  @Override
  public void verify() {
    Workload.require("The text", session.end(), text.toString());
  }
}
