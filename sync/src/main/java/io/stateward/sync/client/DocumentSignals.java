package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Position;
import java.util.List;
import java.util.Map;

/**
 * What a document shows of itself: looked at under its lock whenever something may have changed,
 * and told without it.
 *
 * <p>Thread safety: the signals are for any number of threads; the rest is guarded by the lock of
 * the document.
 */
final class DocumentSignals {

  private final String document;
  private final Replicated.Surroundings client;
  private final Turns announcements;
  private final Store<DocumentStatus> status = Store.of(new DocumentStatus.Loading());
  private final Store<Integer> pending = Store.of(0);
  private final Store<List<DeadLetter>> deadLetters = Store.of(List.of());
  private final Store<Map<String, Tree>> presence = Store.of(Map.of());
  private int toldPending; // of the client
  private int toldUnsaved;
  private DocumentStatus toldStatus = new DocumentStatus.Loading();
  private List<DeadLetter> toldLetters = List.of();

  DocumentSignals(String document, Replicated.Surroundings client, Turns announcements) {
    this.document = document;
    this.client = client;
    this.announcements = announcements;
  }

  /** So many were counted as pending by the client before it was opened. */
  void begin(int counted) {
    toldPending = counted;
    announcements.put(() -> pending.set(counted));
  }

  /** Puts what has changed into the announcements; under the lock of the document. */
  void announce(DocumentState present, Following following) {
    int size = present.pending().size();
    int unsaved = client.outbox().failing() ? present.pending().unsaved() : 0;
    if (size != toldPending) {
      int difference = size - toldPending;
      toldPending = size;
      announcements.put(
          () -> {
            pending.set(size);
            client.pendingMoved(difference);
          });
    }
    if (unsaved != toldUnsaved) {
      int difference = unsaved - toldUnsaved;
      toldUnsaved = unsaved;
      announcements.put(() -> client.unsavedMoved(difference));
    }
    announceStatus(present, following, size, unsaved);
  }

  private void announceStatus(DocumentState present, Following following, int size, int unsaved) {
    DocumentStatus now = statusNow(present, following, size, unsaved);
    if (!now.equals(toldStatus)) {
      toldStatus = now;
      announcements.put(() -> status.set(now));
    }
    List<DeadLetter> letters = present.letters();
    if (letters != toldLetters) {
      toldLetters = letters;
      announcements.put(
          () -> {
            deadLetters.set(letters);
            client.lettersMoved(document, letters);
          });
    }
    Map<String, Tree> others = following.attendance().moved();
    if (others != null) {
      announcements.put(() -> presence.set(others));
    }
  }

  private static DocumentStatus statusNow(
      DocumentState present, Following following, int size, int unsaved) {
    Frame.Lapsed refusal = following.refusal();
    Position at = present.position();
    if (refusal != null) {
      return new DocumentStatus.Refused(refusal.code(), refusal.reason(), size);
    } else if (at != null && following.live()) {
      return new DocumentStatus.Live(at, size, unsaved);
    }
    return at == null && size == 0
        ? new DocumentStatus.Loading()
        : new DocumentStatus.Behind(size, unsaved);
  }

  Signal<DocumentStatus> status() {
    return status;
  }

  Signal<Integer> pending() {
    return pending;
  }

  Signal<List<DeadLetter>> deadLetters() {
    return deadLetters;
  }

  Signal<Map<String, Tree>> presence() {
    return presence;
  }
}
