package io.stateward.sync.internal;

import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of a text in the order in which the hub put them, and those of one client that have no
 * place in it yet.
 *
 * <p>Thread safety: confined to the turn of its document.
 */
public final class SequencedText {

  /*
   * From bases to parents
   * ---------------------
   * The context of an event is all events up to its base and the earlier ones of its author. A log
   * wants parents, the events that no other event of the context was made after. Those of the
   * first n events, the frontier F(n), follow from those before:
   *
   *     F(n) = n, and of F(n - 1) all that are neither up to the base of n nor of its author
   *
   * for these are in the history of n, and nothing else is. Nearly always F(n) is n alone, so only
   * other frontiers are kept. The parents of an event with base b are F(b), without what is in
   * the history of the author's previous event where that one is not among the first b, and that
   * previous event.
   */

  /** An event, by its place in the log. */
  private record Event(int index, String client, long base, long sequence) {}

  private static final long PENDING = Long.MAX_VALUE;

  private final TextLog log;
  private final long floor;
  private final List<Event> events = new ArrayList<>(); // the i-th has the sequence floor + 1 + i
  private final Map<Long, List<Event>> frontiers =
      new HashMap<>(); // where it is not that event alone
  private final Map<String, Event> latest = new HashMap<>(); // of each client
  private int[] criticals =
      new int[16]; // sequences above the floor, as criticalAt has them, growing
  private int criticalCount;

  private SequencedText(TextLog log, long floor) {
    this.log = log;
    this.floor = floor;
  }

  /**
   * Begins at a text whose history is not needed.
   *
   * @param floor the sequence at which the text was so
   * @param length how many code points it had
   * @return no event yet
   */
  public static SequencedText startingAt(long floor, int length) {
    return new SequencedText(TextLog.startingAt(0, length), floor);
  }

  /**
   * Returns from where on it has the events.
   *
   * @return the sequence after which they begin
   */
  public long floor() {
    return floor;
  }

  /**
   * Returns up to where it has the events.
   *
   * @return the last sequence
   */
  public long last() {
    return floor + events.size();
  }

  /**
   * Returns the base of the last event of a client.
   *
   * @param client the client
   * @return the base, or the floor if there is none
   */
  public long baseOf(String client) {
    Event event = latest.get(client);
    return event == null ? floor : event.base();
  }

  /**
   * Takes in the next event of the sequence.
   *
   * @param client who made it
   * @param base what the author had taken in, from the floor to the last
   * @param operation the edit in its context
   * @return the edit as it changes the text that all events here make
   * @throws IllegalArgumentException if it does not fit its context; nothing has changed then
   */
  public TextDelta add(String client, long base, TextDelta operation) {
    TextLog.Added added = log.add(client, parents(client, base), operation);
    put(new Event(added.index(), client, base, last() + 1));
    return added.change();
  }

  /**
   * Takes in an event that has no place in the sequence yet. From now on, all the events of its
   * author get one by {@link #confirm}, in order.
   *
   * @param client who made it
   * @param base what the author had taken in, from the floor to the last
   * @param operation the edit in its context
   * @return the edit as it changes the text that all events here make
   * @throws IllegalArgumentException if it does not fit its context; nothing has changed then
   */
  public TextDelta addPending(String client, long base, TextDelta operation) {
    TextLog.Added added = log.add(client, parents(client, base), operation);
    latest.put(client, new Event(added.index(), client, base, PENDING));
    return added.change();
  }

  /**
   * Gives a pending event the next place in the sequence.
   *
   * @param index the event in the log
   * @param base its base
   */
  public void confirm(int index, long base) {
    String client = log.agent(index);
    Event event = new Event(index, client, base, last() + 1);
    Event was = latest.get(client);
    put(event);
    if (was != null && was.index() > index) {
      latest.put(client, was); // it has pending ones after it
    }
  }

  /**
   * Returns the place of the last event in the log.
   *
   * @return its index, -1 if there is none
   */
  public int lastIndex() {
    return log.size() - 1;
  }

  /**
   * Returns an operation as it was added.
   *
   * @param sequence its place in the sequence, after the floor
   * @return the edit in its context
   */
  public TextDelta operation(long sequence) {
    return log.operation(event(sequence).index());
  }

  /**
   * Returns who made an event.
   *
   * @param sequence its place in the sequence, after the floor
   * @return the client
   */
  public String client(long sequence) {
    return event(sequence).client();
  }

  /**
   * Returns what the author of an event had taken in.
   *
   * @param sequence its place in the sequence, after the floor
   * @return its base
   */
  public long base(long sequence) {
    return event(sequence).base();
  }

  /**
   * Returns the latest sequence from which on all events have everything before it in their
   * history. It takes logarithmic time.
   *
   * @param sequence at most this
   * @return the floor, or a later one
   */
  public long criticalAt(long sequence) {
    if (sequence <= floor) {
      return floor;
    }
    int above = (int) (Math.min(sequence, last()) - floor);
    int place = Arrays.binarySearch(criticals, 0, criticalCount, above);
    int before = place >= 0 ? place : -place - 2;
    return before < 0 ? floor : floor + criticals[before];
  }

  /** What an event was not made after is critical no more, for ever; the event itself is. */
  private void noteCritical(Event event) {
    while (criticalCount > 0 && floor + criticals[criticalCount - 1] > event.base()) {
      criticalCount--;
    }
    if (criticalCount == criticals.length) {
      criticals = Arrays.copyOf(criticals, 2 * criticalCount);
    }
    criticals[criticalCount++] = (int) (event.sequence() - floor);
  }

  /**
   * Returns the same without the events up to a sequence.
   *
   * @param sequence a critical sequence, as {@link #criticalAt} returns them
   * @param length how many code points the text had then
   * @return the events after it, without those that are pending
   */
  public SequencedText since(long sequence, int length) {
    SequencedText rest = startingAt(sequence, length);
    for (long n = sequence + 1; n <= last(); n++) {
      rest.add(client(n), base(n), operation(n));
    }
    return rest;
  }

  private Event event(long sequence) {
    return events.get((int) (sequence - floor - 1));
  }

  private void put(Event event) {
    List<Event> frontier = new ArrayList<>();
    for (Event each : frontier(last())) {
      if (each.sequence() > event.base() && !each.client().equals(event.client())) {
        frontier.add(each);
      }
    }
    events.add(event);
    noteCritical(event);
    latest.put(event.client(), event);
    if (!frontier.isEmpty()) {
      frontier.add(event);
      frontiers.put(event.sequence(), frontier);
    }
  }

  private List<Event> frontier(long sequence) {
    if (sequence == floor) {
      return List.of();
    }
    List<Event> known = frontiers.get(sequence);
    return known != null ? known : List.of(event(sequence));
  }

  private int[] parents(String client, long base) {
    if (base < floor || base > last()) {
      throw new IllegalArgumentException(
          "The edit was made after change %d, but the changes known here are those from %d to %d."
              .formatted(base, floor, last()));
    }
    Event previous = previousBeyond(client, base);
    List<Event> parents = new ArrayList<>();
    for (Event each : frontier(base)) {
      if (previous == null
          || (each.sequence() > previous.base() && !each.client().equals(client))) {
        parents.add(each);
      }
    }
    if (previous != null) {
      parents.add(previous);
    }
    return indexes(parents);
  }

  private @Nullable Event previousBeyond(String client, long base) {
    Event previous = latest.get(client);
    return previous == null || previous.sequence() <= base ? null : previous;
  }

  private static int[] indexes(List<Event> events) {
    return events.stream().mapToInt(Event::index).toArray();
  }
}
