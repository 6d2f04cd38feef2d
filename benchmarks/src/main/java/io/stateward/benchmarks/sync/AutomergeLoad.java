package io.stateward.benchmarks.sync;

import io.stateward.benchmarks.Workload;
import org.automerge.Document;
import org.automerge.ObjectId;

/** Automerge on the JVM: what it saved, loaded again. */
final class AutomergeLoad implements Workload {

  private final Session session;
  private final byte[] saved;
  private final ObjectId id;
  private String text = "";

  AutomergeLoad(Session session) {
    this.session = session;
    Document document = new Document();
    this.id = AutomergeReplay.type(document, session);
    this.saved = document.save();
    document.free();
  }

  @Override
  public void run() {
    Document document = Document.load(saved);
    text = document.text(id).orElse("");
    document.free();
  }

  @Override
  public void verify() {
    Workload.require("The text", session.end(), text);
  }
}
