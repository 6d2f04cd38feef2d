package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Replica;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An open document of a client, whoever opened it. */
final class Replicated implements DocumentContext {

  /*
   * Concurrency. The lock guards the state, the replica and the conversation. Those who edit take it
   * on their own thread; the client takes it in its turn for each frame; the outbox for a
   * checkpoint. Under it nothing is waited for and no foreign code runs but the replica and what is
   * given to `exclusively`. What others are to be told is put into `announcements` under the lock,
   * and run without it by whoever finds nobody running them: so it is told in the order in which it
   * happened. What comes after the last release is the writing of the outbox.
   */

  /** What it needs of its client. */
  interface Surroundings {
    String clientId();

    Timekeeper timekeeper();

    Outbox outbox();

    int mostDeadLetters();

    /** Runs what was given to {@link #afterwards}; on the thread that it is called on. */
    Turns announcements(String document);

    Following following(Replicated document, String type, DocumentState state);

    /** The number of changes that are not settled has grown by so much. */
    void pendingMoved(int difference);

    /** The number of changes that are not stored has grown by so much. */
    void unsavedMoved(int difference);

    /** These are the dead letters of a document now. */
    void lettersMoved(String document, List<DeadLetter> letters);

    /** There may be something to say to the hub. */
    void wake(Replicated document);
  }

  private final String document;
  private final Surroundings client;
  private final Turns announcements;
  private final ReentrantLock lock = new ReentrantLock();
  private final DocumentSignals signals;
  // The rest is guarded by the lock.
  private @Nullable Replica replica;
  private @Nullable DocumentState state;
  private @Nullable Following following;
  private boolean busy; // in a call of the replica
  private int holders;
  private boolean gone;

  Replicated(String document, Surroundings client) {
    this.document = document;
    this.client = client;
    this.announcements = client.announcements(document);
    this.signals = new DocumentSignals(document, client, announcements);
  }

  @Override
  public String document() {
    return document;
  }

  @Override
  public String client() {
    return client.clientId();
  }

  @Override
  public Timekeeper timekeeper() {
    return client.timekeeper();
  }

  @Override
  public void afterwards(Runnable announcement) {
    announcements.put(Objects.requireNonNull(announcement, "announcement"));
    if (!lock.isHeldByCurrentThread()) {
      announcements.run();
    }
  }

  // Opening and closing.

  /**
   * Opens it for one more holder, and takes what is kept of it. Returns null if it was let go
   * meanwhile.
   */
  <R extends Replica> @Nullable R open(
      Class<R> kind,
      Function<? super DocumentContext, ? extends R> factory,
      Map<String, List<TreeObject>> kept) {
    return exclusively(
        () -> {
          if (gone) {
            return null;
          }
          Replica present = replica;
          R opened = present == null ? begin(factory, kept) : same(kind, present);
          holders++;
          return opened;
        });
  }

  private <R extends Replica> R same(Class<R> kind, Replica present) {
    if (!kind.isInstance(present)) {
      throw new IllegalArgumentException(
          "Document '%s' is open as %s, not as %s. Open it as what it is."
              .formatted(document, present.getClass().getName(), kind.getName()));
    }
    return kind.cast(present);
  }

  private <R extends Replica> R begin(
      Function<? super DocumentContext, ? extends R> factory, Map<String, List<TreeObject>> kept) {
    gone = true; // unless all of it succeeds
    List<TreeObject> records = kept.getOrDefault(document, List.of());
    R made = Objects.requireNonNull(factory.apply(this), "replica");
    requireType(made, records);
    DocumentState begun =
        new DocumentState(this, made, client.mostDeadLetters(), client.outbox()::stored);
    int counted = OutboxContent.pending(records);
    begun.restore(records, record -> client.outbox().put(record, this));
    if (records.isEmpty()) {
      client.outbox().put(OutboxForm.opened(document, made.type()), this);
    }
    state = begun;
    following = client.following(this, made.type(), begun);
    replica = made;
    gone = false;
    signals.begin(counted);
    kept.remove(document);
    return made;
  }

  private void requireType(Replica made, List<TreeObject> records) {
    String stored = records.isEmpty() ? made.type() : OutboxForm.text(records.get(0), "type");
    if (!stored.equals(made.type())) {
      throw new IllegalArgumentException(
          "Document '%s' is in the outbox as '%s', and was opened as '%s'. Open it as what it is."
              .formatted(document, stored, made.type()));
    }
  }

  /** One holder less. Returns whether there is none any more. */
  boolean release() {
    return exclusively(() -> --holders == 0);
  }

  /** Takes back what was shared, if nobody holds it; it may be followed for what is pending. */
  void withdraw() {
    tell(
        conversation -> {
          if (holders == 0) {
            conversation.attendance().withdraw();
          }
        });
  }

  /** Ends it if nobody holds it and nothing is pending. Keeps what is known of it. */
  boolean detach(Map<String, List<TreeObject>> kept) {
    return exclusively(
        () -> {
          DocumentState present = state;
          if (gone || holders > 0 || present == null || present.pending().size() > 0) {
            return false;
          }
          TreeObject all = present.checkpoint().build();
          kept.put(document, List.of(all)); // first: whoever misses it here finds it in the outbox
          client.outbox().put(OutboxForm.again(all), this);
          gone = true;
          return true;
        });
  }

  boolean isGone() {
    return exclusively(() -> gone);
  }

  /** Whether nobody has it open, and nothing of it is pending. */
  boolean isIdle() {
    return exclusively(() -> !gone && holders == 0 && state != null && state.pending().size() == 0);
  }

  /** Whether something of it is pending that the hub may be expected to take soon. */
  boolean isUnderway() {
    return exclusively(
        () ->
            !gone
                && state != null
                && state.pending().size() > 0
                && following != null
                && following.refusal() == null
                && !following.isHeldUp());
  }

  /** Whether the hub could not give it for a while; it is asked for again all the same. */
  boolean isHeldUp() {
    return exclusively(() -> !gone && following != null && following.isHeldUp());
  }

  boolean settledDown(Duration during) {
    return exclusively(() -> following == null || following.settledDown(during));
  }

  int held() {
    lock.lock();
    try {
      return following == null ? 0 : following.held();
    } finally {
      lock.unlock();
    }
  }

  int unsavedNow() {
    return exclusively(() -> state == null ? 0 : state.pending().unsaved());
  }

  /** Tells what has changed, if anything. */
  void announce() {
    exclusively(() -> true);
  }

  /** Puts all of it into the outbox, unless it is gone, or not there yet. */
  void checkpoint() {
    exclusively(
        () -> {
          DocumentState present = state;
          if (!gone && present != null) {
            client.outbox().put(present.checkpoint(), this);
          }
          return true;
        });
  }

  // Changing it.

  <T extends @Nullable Object> T exclusively(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      unlock();
    }
  }

  private void unlock() {
    boolean last = lock.getHoldCount() == 1;
    if (last && state != null && following != null) {
      signals.announce(state, following);
    }
    lock.unlock();
    if (last) {
      announcements.run();
      client.outbox().work();
    }
  }

  Submission submit(Tree change) {
    if (change.depth() > OutboxForm.DEEPEST) {
      throw new IllegalArgumentException(
          "A change is at most %d objects and arrays deep; this is %d."
              .formatted(OutboxForm.DEEPEST, change.depth()));
    }
    return exclusively(
        () -> {
          DocumentState present = requireState();
          if (busy || gone) {
            throw new IllegalStateException(
                "Document '%s' cannot be changed %s."
                    .formatted(document, busy ? "by its own replica" : "any more: it is closed"));
          }
          busy = true;
          try {
            return present.edit(change);
          } finally {
            busy = false;
          }
        });
  }

  void dismissIf(Predicate<DeadLetter> which) {
    lock.lock();
    try {
      requireState().dismissIf(which);
    } finally {
      unlock();
    }
  }

  /** Has the conversation go on, in the turn of the client. */
  <T extends @Nullable Object> T converse(Function<Following, T> step) {
    return exclusively(
        () -> {
          busy = true;
          try {
            return step.apply(Objects.requireNonNull(following, "following"));
          } finally {
            busy = false;
          }
        });
  }

  /** Has the conversation go on, if it has begun, and sees to it that what it wants is said. */
  void tell(Consumer<Following> step) {
    boolean there =
        exclusively(
            () -> {
              if (gone || following == null) {
                return false;
              }
              converse(
                  conversation -> {
                    step.accept(conversation);
                    return true;
                  });
              return true;
            });
    if (there) {
      client.wake(this);
    }
  }

  Frame.@Nullable OfClient next(int window) {
    return exclusively(() -> gone || following == null ? null : following.next(window));
  }

  private DocumentState requireState() {
    return Objects.requireNonNull(state, "state");
  }

  @Nullable Position position() {
    return exclusively(() -> requireState().position());
  }

  DocumentSignals signals() {
    return signals;
  }
}
