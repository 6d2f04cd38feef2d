package io.stateward.benchmarks.sync;

import io.stateward.benchmarks.Workload;
import org.automerge.Document;
import org.automerge.ObjectId;
import org.automerge.ObjectType;
import org.automerge.Transaction;

/** Automerge on the JVM: a transaction for each edit. */
final class AutomergeReplay implements Workload {

  private final Session session;
  private String text = "";

  AutomergeReplay(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    Document document = new Document();
    text = document.text(type(document, session)).orElse("");
    document.free();
  }

  static ObjectId type(Document document, Session session) {
    ObjectId text;
    try (Transaction transaction = document.startTransaction()) {
      text = transaction.set(ObjectId.ROOT, "text", ObjectType.TEXT);
      transaction.commit();
    }
    for (Session.Edit edit : session.edits()) {
      try (Transaction transaction = document.startTransaction()) {
        transaction.spliceText(text, edit.position(), edit.deleted(), edit.inserted());
        transaction.commit();
      }
    }
    return text;
  }

  @Override
  public void verify() {
    Workload.require("The text", session.end(), text);
  }
}
