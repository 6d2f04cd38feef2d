package io.stateward.examples.cookbook;

import io.stateward.flow.KeyedLocks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Several things changed at once that no store holds: locks by key, always in one order. */
final class OrderedLocks {

  private OrderedLocks() {}

  // tag: bank
  /** Accounts that live elsewhere: reading one and writing it are two calls. */
  interface Accounts {
    long balance(String account);

    void put(String account, long balance);
  }

  static final class Bank {
    private final KeyedLocks<String> locks = KeyedLocks.create("accounts");
    private final Accounts accounts;

    Bank(Accounts accounts) {
      this.accounts = accounts;
    }

    boolean transfer(String from, String to, long amount) {
      try (KeyedLocks.Held both = locks.lock(from, to)) {
        long left = accounts.balance(from) - amount;
        if (left < 0) {
          return false;
        }
        accounts.put(from, left);
        accounts.put(to, accounts.balance(to) + amount);
        return true;
      }
    }
  }

  // end

  static boolean settle(KeyedLocks<String> locks, List<String> open, Consumer<List<String>> settle)
      throws InterruptedException {
    // tag: patience
    try (KeyedLocks.@Nullable Held all = locks.tryLockAll(open, Duration.ofSeconds(2))) {
      if (all == null) {
        return false; // not all of them came in time, and none is held
      }
      settle.accept(open);
      return true;
    }
    // end
  }

  static void nested(KeyedLocks<String> locks, Map<String, Long> balances) {
    // tag: nested
    try (KeyedLocks.Held outer = locks.lock("a")) {
      try (KeyedLocks.Held inner = locks.lock("b")) { // a second call: its order is yours
        balances.merge("b", 1L, Long::sum);
      }
    }
    // end
  }
}
