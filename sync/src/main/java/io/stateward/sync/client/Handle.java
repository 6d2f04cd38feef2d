package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.signal.Signal;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Replica;
import io.stateward.time.Timekeeper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A document for one of those who opened it. */
final class Handle<R extends Replica> implements DocumentChannel<R> {

  private final Replicated document;
  private final R replica;
  private final LiveClient client;
  private final AtomicBoolean closed = new AtomicBoolean();

  Handle(Replicated document, R replica, LiveClient client) {
    this.document = document;
    this.replica = replica;
    this.client = client;
  }

  Replicated of() {
    return document;
  }

  @Override
  public String document() {
    return document.document();
  }

  @Override
  public String client() {
    return document.client();
  }

  @Override
  public Timekeeper timekeeper() {
    return document.timekeeper();
  }

  @Override
  public void afterwards(Runnable announcement) {
    document.afterwards(announcement);
  }

  @Override
  public R replica() {
    return replica;
  }

  @Override
  public <T extends @Nullable Object> T exclusively(Supplier<T> action) {
    return document.exclusively(action);
  }

  @Override
  public Submission submit(Tree change) {
    Objects.requireNonNull(change, "change");
    if (closed.get() || client.isClosed()) {
      throw new IllegalStateException(
          "Document '%s' was closed here, so it cannot be changed. Open it again."
              .formatted(document()));
    }
    return document.submit(change);
  }

  @Override
  public @Nullable Position position() {
    return document.position();
  }

  @Override
  public Signal<DocumentStatus> status() {
    return document.signals().status();
  }

  @Override
  public Signal<Integer> pending() {
    return document.signals().pending();
  }

  @Override
  public Signal<List<DeadLetter>> deadLetters() {
    return document.signals().deadLetters();
  }

  @Override
  public void dismiss(DeadLetter letter) {
    document.dismissIf(Objects.requireNonNull(letter, "letter")::equals);
  }

  @Override
  public void share(Tree state) {
    Objects.requireNonNull(state, "state");
    client.inTurn(() -> document.tell(conversation -> conversation.attendance().share(state)));
  }

  @Override
  public Signal<Map<String, Tree>> presence() {
    return document.signals().presence();
  }

  @Override
  public CompletionStage<Void> whenSettled() {
    return LiveClient.whenZero(document.signals().pending());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true) && document.release()) {
      client.inTurn(() -> client.released(document));
    }
  }
}
