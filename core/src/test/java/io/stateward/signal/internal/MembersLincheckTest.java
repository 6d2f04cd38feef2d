package io.stateward.signal.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The list of members, changed under a lock and iterated without one.
 *
 * <p>Claimed: an iteration meets every member that is there from its beginning to its end, once, in
 * order, whatever is added, removed or compacted meanwhile; and no member that was removed before
 * it began.
 *
 * <p>Excluded: members that come or go during the iteration, which it may or may not meet; adding
 * and removing without the lock.
 */
final class MembersLincheckTest {

  @Test
  void members_underTheModelChecker_keepWhoStays() {
    new ModelCheckingOptions()
        .iterations(10)
        .invocationsPerIteration(150)
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(3)
        .actorsAfter(1)
        .sequentialSpecification(Nothing.class)
        .check(Crowd.class);
  }

  private static final class Guest extends Member {
    private final int number;

    Guest(int number) {
      this.number = number;
    }
  }

  /** Some who stay, and many who come and go. */
  public static final class Crowd {
    private static final int GOING = 12;

    private final Members<Guest> members = new Members<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Guest> gone = new ArrayList<>(); // guarded by lock
    private final List<Guest> passing = new ArrayList<>(); // guarded by lock

    /** Makes a crowd in which a few removals lead to compaction. */
    public Crowd() {
      members.add(new Guest(0));
      for (int i = 0; i < GOING; i++) {
        Guest guest = new Guest(-1);
        members.add(guest);
        passing.add(guest);
      }
      members.add(new Guest(1));
    }

    /** Adds one who will go. */
    @Operation
    public void add() {
      lock.lock();
      try {
        Guest guest = new Guest(-1);
        members.add(guest);
        passing.add(guest);
      } finally {
        lock.unlock();
      }
    }

    /** Removes half of those who go. */
    @Operation
    public void remove() {
      lock.lock();
      try {
        for (int i = 0; i < GOING / 2 && !passing.isEmpty(); i++) {
          Guest guest = passing.remove(0);
          members.remove(guest);
          gone.add(guest);
        }
      } finally {
        lock.unlock();
      }
    }

    /** Meets everybody, and returns those who stay. */
    @Operation
    public String iterate() {
      List<Guest> goneBefore;
      lock.lock();
      try {
        goneBefore = List.copyOf(gone);
      } finally {
        lock.unlock();
      }
      StringBuilder met = new StringBuilder();
      for (Member member : members.slots()) {
        if (member instanceof Guest guest) {
          met.append(goneBefore.contains(guest) ? "a ghost " : "");
          met.append(guest.number < 0 ? "" : guest.number + " ");
        }
      }
      return met.toString();
    }

    /** Those who are in are exactly those who did not go. */
    @Validate
    public void slotsAreKnown() {
      int live = 0;
      @Nullable Member[] slots = members.slots();
      for (int i = 0; i < slots.length; i++) {
        Member member = slots[i];
        if (member != null) {
          live++;
          if (member.slot != i) {
            throw new IllegalStateException("slot %d says %d".formatted(i, member.slot));
          }
        }
      }
      if (live != passing.size() + 2) {
        throw new IllegalStateException("%d live, not %d".formatted(live, passing.size() + 2));
      }
    }
  }

  /** What every order of the operations returns. */
  public static final class Nothing {
    /** Nothing. */
    public void add() {}

    /** Nothing. */
    public void remove() {}

    /** Those who stay. */
    public String iterate() {
      return "0 1 ";
    }
  }
}
