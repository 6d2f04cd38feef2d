package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.client.DocumentChannel;
import io.stateward.sync.client.Submission;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import io.stateward.sync.spi.Transport;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What is put to the test: a hub and its clients, each started in a process of its own. */
interface Subject {

  /** Starts a hub on what the disk has. Throws if the disk fails: then it is tried again. */
  Hub hub(SimulatedProcess process, SimulatedDisk disk);

  /** Starts a client on what the disk has. Throws if the disk fails: then it is tried again. */
  Client client(SimulatedProcess process, SimulatedDisk disk, Transport transport);

  /** Returns what documents may be. */
  default Set<Kind> kinds() {
    return EnumSet.of(Kind.LEDGER);
  }

  /** Returns whether people let each other know of themselves. */
  default boolean shares() {
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

    /** Returns the client that users have, for what is tested without anything in between. */
    SyncClient live();

    /** Undoes in a text. */
    default Optional<Submission> undo(TextDocument text) {
      return text.undo();
    }

    /** Returns all that is on the disk of the client. */
    String disk();

    /** Returns what it is called by the hub. */
    default String id() {
      return live().id();
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

    DocumentChannel<?> channel();
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
    SUPERSEDED,
    /** Nobody knows, and that is what it says. */
    UNKNOWN;

    /** Returns what a sentence to a refusal says. */
    static Outcome ofReason(String reason) {
      return reason.contains("the hub cannot tell whether this took place") ? UNKNOWN : REFUSED;
    }

    /** Returns what the code of a refusal says. */
    static Outcome ofCode(String code) {
      return code.equals("forgotten") ? UNKNOWN : REFUSED;
    }
  }
}
