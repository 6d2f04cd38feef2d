package io.stateward.sync.simulation;

import io.stateward.sync.simulation.Subject.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was done to a document by everybody, and what they were told of it: whoever does something
 * is told once that it took place or was refused, or it waits, or nobody can know.
 */
final class Deeds {

  /** Something that was done, and what is known of it. */
  static final class Deed {
    final String author;
    final String mark; // what is in every form of it, and in nothing else
    @Nullable Outcome told;
    boolean perhapsLost;
    boolean dead; // among the dead letters
    boolean lettersLost; // the outbox is an older one

    Deed(String author, String mark) {
      this.author = author;
      this.mark = mark;
    }

    boolean isRefused() {
      return told == Outcome.REFUSED || (dead && !isUnknown());
    }

    boolean isUnknown() {
      return told == Outcome.UNKNOWN;
    }

    /** Whether it has to be there in the end, if no hub was set back. */
    boolean isCertain() {
      return told == Outcome.DURABLE || !(isRefused() || isUnknown() || perhapsLost);
    }
  }

  private final World world;
  private final String document;
  private final List<Deed> deeds = new ArrayList<>();

  Deeds(World world, String document) {
    this.world = world;
    this.document = document;
  }

  /** Notes that somebody has done something. */
  Deed add(String author, String mark) {
    Deed deed = new Deed(author, mark);
    deeds.add(deed);
    return deed;
  }

  void told(Deed deed, Outcome outcome) {
    world.note(deed.author, "is told of " + deed.mark + ": ", outcome.toString());
    if (deed.told != null && deed.told != outcome) {
      fail("%s was told as %s and then as %s".formatted(deed.mark, deed.told, outcome));
    }
    deed.told = outcome;
  }

  /** The process of an author ended; on the disk of it there is so much. */
  void died(String author, String disk) {
    waiting(author).forEach(deed -> deed.perhapsLost |= !disk.contains(deed.mark));
  }

  /** The disk of an author is an older one. */
  void setBack(String author) {
    becomeUncertain(author);
    deeds.stream()
        .filter(deed -> deed.author.equals(author))
        .forEach(deed -> deed.lettersLost = true);
  }

  private List<Deed> waiting(String author) {
    List<Deed> waiting = new ArrayList<>();
    for (Deed deed : deeds) {
      boolean waits = deed.told == null || deed.told == Outcome.SUPERSEDED;
      if (deed.author.equals(author) && waits) {
        waiting.add(deed);
      }
    }
    return waiting;
  }

  /** A client keeps something as refused, or as something of which nobody knows. */
  void dead(String author, String change, boolean unknown) {
    List<Deed> meant =
        deeds.stream()
            .filter(deed -> deed.author.equals(author) && change.contains(deed.mark))
            .toList();
    if (meant.size() == 1) {
      Deed deed = meant.get(0);
      deed.dead = true;
      deed.told = unknown ? Outcome.UNKNOWN : deed.told;
      return;
    }
    becomeUncertain(author);
  }

  /** Of what waits it is not known in which form it is kept, and so not whether it is. */
  void becomeUncertain(String author) {
    waiting(author).forEach(deed -> deed.perhapsLost = true);
  }

  /** Compares them with the changes that took place. */
  void check(List<String> changes) {
    for (Deed deed : deeds) {
      check(deed, changes.stream().filter(change -> change.contains(deed.mark)).count());
    }
  }

  private void check(Deed deed, long times) {
    if (times > 1) {
      fail(deed.mark + " took effect twice");
    }
    if (times > 0 && deed.isRefused() && !world.isRestored()) {
      fail(deed.mark + " was refused, but took effect");
    }
    if (times == 0 && deed.isCertain() && !world.isRestored()) {
      fail("%s is missing; its author was told %s".formatted(deed.mark, deed.told));
    }
    if (times == 0 && deed.told == Outcome.REFUSED && !deed.dead && !deed.lettersLost) {
      fail(deed.mark + " was refused, but is not among the dead letters");
    }
  }

  private void fail(String what) {
    world.fail("Document " + document + ": " + what, null);
  }
}
