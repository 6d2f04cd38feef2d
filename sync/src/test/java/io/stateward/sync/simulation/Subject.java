package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import io.stateward.sync.spi.Transport;
import java.util.List;
import java.util.function.Consumer;

/** What is put to the test: a hub and its clients, each started in a process of its own. */
interface Subject {

  /** Starts a hub on what the disk has. Throws if the disk fails: then it is tried again. */
  Hub hub(SimulatedProcess process, SimulatedDisk disk);

  /** Starts a client on what the disk has. Throws if the disk fails: then it is tried again. */
  Client client(SimulatedProcess process, SimulatedDisk disk, Transport transport);

  /** Returns whether it has documents that are texts. */
  default boolean hasTexts() {
    return false;
  }

  /** A hub that runs. */
  interface Hub {

    ConnectionListener accept(Connection connection, Peer peer);

    /** Ends it in an orderly way; the process goes on for a while. */
    void close();
  }

  /** A client that runs. */
  interface Client {

    /** Opens a ledger. */
    Ledger ledger(String document);

    /** Opens a text; only if the subject {@link Subject#hasTexts() has texts}. */
    default TextDocument text(String document) {
      throw new UnsupportedOperationException("There are no texts here: " + document);
    }

    /** Returns whether the hub has sent it away for good, so that somebody has to ask it again. */
    boolean isSentAway();

    void disconnect();

    void reconnect();

    /** Ends it in an orderly way; the process goes on for a while. */
    void close();
  }

  /** A ledger that is open on a client. */
  interface Ledger {

    LedgerReplica replica();

    Ticket submit(Tree change);

    /** Returns whether it follows the hub and nothing made here is pending. */
    boolean isQuiet();

    /** Says in words where it stands, for the message of a failure. */
    String standing();

    /** Returns the changes that were refused and not dismissed. */
    List<Tree> deadLetters();
  }

  /** A change on its way. */
  interface Ticket {

    /** Returns whether the outbox has it. */
    boolean isStored();

    /** Tells the outcome when it is known. */
    void whenSettled(Consumer<Outcome> told);
  }

  /** What a client says of a change in the end. */
  enum Outcome {
    DURABLE,
    REFUSED,
    SUPERSEDED
  }
}
