package io.stateward.examples.cookbook;

import io.stateward.store.Store;

/** Several stores in one instant. */
final class Atomically {

  private Atomically() {}

  // tag: account
  record Account(String owner, long cents) {

    Account plus(long more) {
      if (cents + more < 0) {
        throw new IllegalArgumentException(
            "%s has %d cents, which is %d too few.".formatted(owner, cents, -cents - more));
      }
      return new Account(owner, cents + more);
    }
  }

  // end

  // tag: transfer
  static void transfer(Store<Account> from, Store<Account> to, long cents) {
    Store.atomically(
        () -> {
          to.update(account -> account.plus(cents));
          from.update(account -> account.plus(-cents)); // if this throws, neither has changed
        },
        from,
        to);
  }
  // end
}
