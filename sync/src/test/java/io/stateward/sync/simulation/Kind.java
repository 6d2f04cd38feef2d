package io.stateward.sync.simulation;

/** What a document of a run can be. */
enum Kind {
  LEDGER,
  TEXT,
  RECORD,
  COUNTER,
  SET;

  /** Returns the model of a document of this kind. */
  Book book(World world, String document) {
    return switch (this) {
      case LEDGER -> new LedgerBook(world, document);
      case TEXT -> new TextBook(world, document);
      case RECORD -> new RecordBook(world, document);
      case COUNTER -> new CounterBook(world, document);
      case SET -> new SetBook(world, document);
    };
  }

  /** Whether there may be several in a run: what the hub judges is not told apart by document. */
  boolean mayBeSeveral() {
    return this == LEDGER || this == TEXT;
  }
}
