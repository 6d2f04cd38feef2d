package io.stateward.sync.spi;

import io.stateward.codec.Tree;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One document on a client: what is confirmed, and what was done here on top of it.
 *
 * <p>The client numbers the changes that are made here, keeps them in its outbox, sends them, and
 * tells the replica, in the order of the document, what the hub says. The replica knows only what a
 * change means.
 *
 * <p>It is pure but for itself: the same calls in the same order make the same state and the same
 * answers. That is how a document comes back after a restart: {@link #restore} with what {@link
 * #store} said once, and then the calls since, out of the outbox.
 *
 * <p><b>Thread safety.</b> Calls are made one at a time, under the document's own lock; each sees
 * what the one before did. They return soon, wait for nothing and call no foreign code; what others
 * are to be told is left to the client, which tells it outside of the lock, in order.
 *
 * <p><b>Failure.</b> A replica that throws in {@link #edit} has changed nothing. One that throws
 * elsewhere is given the hub's state anew with {@link #reset}.
 *
 * @since 0.1
 */
public interface Replica {

  /**
   * Returns the kind of the document, as the hub knows it.
   *
   * @return the name of the {@link SharedType}
   */
  String type();

  /**
   * Makes a change here; it shows at once. It is the last of what is pending from now on.
   *
   * @param mutation the change: by this client, with its number, and made after {@code base}, which
   *     was taken in last; its {@code sequence} is 0, as it has none yet
   * @throws RuntimeException if the change cannot be made; then nothing changed, and the caller of
   *     the edit is thrown the same
   */
  void edit(Mutation mutation);

  /**
   * Begins anew at what the hub has. What is pending here is to be put on top again.
   *
   * @param sequence the sequence at which the state was taken
   * @param state the document
   * @param pending the changes of this client that are not settled, in order; none of them is in
   *     the state
   * @return what is pending now: the same list to keep them as they are, or others to be sent in
   *     their place. Either way they count as made after {@code sequence}, and {@link #renumber}
   *     says under which numbers
   */
  List<Tree> reset(long sequence, Tree state, List<Tree> pending);

  /**
   * Says whether what is pending is given up where the hub begins anew, rather than put on top
   * again. Asked before {@link #reset}, if something is pending.
   *
   * @param state the document
   * @param pending the changes of this client that are not settled, in order
   * @return null to be given all of it in {@link #reset}; or what is kept of it as a dead letter:
   *     then it is refused, and nothing is pending in {@link #reset}
   */
  default @Nullable GivenUp giveUp(Tree state, List<Tree> pending) {
    return null;
  }

  /**
   * What is kept of changes that are given up.
   *
   * @param change what they were to do, in a form that somebody can make something of
   * @param why what is said of it
   */
  record GivenUp(Tree change, Verdict.Refused why) {

    /**
     * Checks that nothing is missing.
     *
     * @param change what they were to do
     * @param why what is said of it
     */
    public GivenUp {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(why, "why");
    }
  }

  /**
   * Takes in a change of somebody else, or says what it lacks to do so.
   *
   * @param update the change, the next in the document's sequence
   * @return null if it was taken in; else the sequence after which it needs all events, those that
   *     it had before included, to try again: {@link #history} is called first
   */
  @Nullable Long take(Mutation update);

  /**
   * Hands over events that {@link #take} asked for.
   *
   * @param after the sequence after which they begin; at most what was asked for
   * @param events all events after that, up to the last one that was taken in
   */
  default void history(long after, List<Mutation> events) {}

  /**
   * A change of this client has taken its place in the document's sequence.
   *
   * @param id the number of the change
   * @param sequence its place, the next in the document's sequence
   * @param change what took place; often what was sent
   */
  void confirm(long id, long sequence, Tree change);

  /**
   * A change of this client was refused and will never take place: it has to vanish. It may be any
   * of those pending, as refusals are told before what was accepted is durable.
   *
   * @param id the number of the change
   * @param refusal why
   * @param pending the changes after it that are not settled, in order
   * @return what is pending now: the same list to keep them as they are, or others to be sent in
   *     their place. Either way they count as made after what was taken in last, and {@link
   *     #renumber} says under which numbers
   */
  List<Tree> refuse(long id, Verdict.Refused refusal, List<Tree> pending);

  /**
   * What is pending has other numbers from now on. Follows {@link #reset} and {@link #refuse}, and
   * comes by itself when the hub never got some of the numbers.
   *
   * @param pending all that is pending, in order, with the numbers and bases that hold now; the
   *     changes are the same as before, or those that were returned
   */
  default void renumber(List<Mutation> pending) {}

  /**
   * Returns what {@link #restore} needs to have the confirmed document again after a restart,
   * without what is pending.
   *
   * @return the document as confirmed
   */
  Tree store();

  /**
   * Begins with what was stored, before anything is heard of the hub.
   *
   * @param sequence the sequence that was taken in last when it was stored
   * @param stored what {@link #store} said, or null if nothing was confirmed yet
   * @param pending the changes of this client that are not settled, with the numbers and bases they
   *     have, in order
   */
  void restore(long sequence, @Nullable Tree stored, List<Mutation> pending);
}
