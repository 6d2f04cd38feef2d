package io.stateward.benchmarks.sync;

import io.stateward.benchmarks.Finding;
import io.stateward.benchmarks.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/**
 * The questions asked of live documents.
 *
 * <p><b>Thread safety.</b> Stateless; each workload is for one thread at a time.
 *
 * @since 0.1
 */
public final class SyncWorkloads {

  private SyncWorkloads() {}

  /**
   * Tells whether Yjs and diamond-types can be asked.
   *
   * @return whether there is a node, and {@code npm install --prefix benchmarks/src/main/node} was
   *     done
   */
  public static boolean hasNodePeers() {
    return NodePeer.isThere();
  }

  /**
   * What does it cost to type a whole paper, character by character, and keep what was typed?
   *
   * @param contender {@code stateward}, {@code automerge}, {@code yjs} or {@code diamond-types}
   * @return the session, from the first to the last of its 259,778 edits
   */
  public static Workload replay(String contender) {
    return switch (contender) {
      case "stateward" -> new ReplayWorkload(Session.read("automerge-paper"));
      case "automerge" -> new AutomergeReplay(Session.read("automerge-paper"));
      default -> new NodePeer("replay " + contender + " automerge-paper");
    };
  }

  /**
   * What does it cost to open the stored paper, until its text is there?
   *
   * @param contender {@code stateward}, {@code automerge}, {@code yjs} or {@code diamond-types}
   * @return the stored form, read again and again
   */
  public static Workload load(String contender) {
    return switch (contender) {
      case "stateward" -> new LoadWorkload(Session.read("automerge-paper"));
      case "automerge" -> new AutomergeLoad(Session.read("automerge-paper"));
      default -> new NodePeer("load " + contender + " automerge-paper");
    };
  }

  /**
   * What does it cost to take in what two people typed at the same time?
   *
   * @param contender {@code stateward} or {@code yjs}
   * @return the session, all of its 26,078 edits in the order in which they were recorded
   */
  public static Workload merge(String contender) {
    return contender.equals("stateward")
        ? new MergeWorkload(Session.read("friendsforever"))
        : new NodePeer("merge " + contender + " friendsforever");
  }

  /**
   * What does it cost to take in a branch of 100,000 edits made offline beside 10,000 that others
   * made meanwhile?
   *
   * @param how {@code typed} for runs of characters, {@code scattered} for one here and one there
   * @return the branch
   */
  public static Workload branch(String how) {
    return new BranchWorkload(how.equals("scattered"));
  }

  /**
   * What does it cost to bring the edits of one to many, as fast as they go through a server in a
   * process of its own?
   *
   * @param contender {@code stateward} or {@code y-websocket}
   * @param readers how many read
   * @return the time of each message that reaches a reader
   */
  public static Workload fanOut(String contender, int readers) {
    return new FanOutWorkload(contender, readers);
  }

  /**
   * How long do 99 of 100 readers wait at most for an edit?
   *
   * @param contender {@code stateward} or {@code y-websocket}
   * @param readers how many read
   * @return the wait, of edits that are made one after the other
   */
  public static Workload fanOutWait(String contender, int readers) {
    return new FanOutLatency(contender, readers);
  }

  /**
   * How much memory does a server need for a connection that reads and is idle?
   *
   * @param contender {@code stateward} or {@code y-websocket}
   * @param connections of how many it is the mean
   * @return the bytes that live in the server's heap, and what it has beside, for each
   */
  public static Finding retainedByConnection(String contender, int connections) {
    try (ServerProcess server = ServerProcess.start(contender);
        Crowd first = new Crowd(contender, server.port(), 50)) {
      first.write(1_000_000, 1, nanos -> {});
      long before = server.live();
      try (Crowd ignored = new Crowd(contender, server.port(), 1_000, connections)) {
        return Finding.of((server.live() - before) / (double) (connections + 1));
      }
    }
  }

  /**
   * How much memory does a hub need for a text of 1,000 characters that somebody has open?
   *
   * @param documents how many there are
   * @return the bytes for each
   */
  public static Finding retainedByDocument(int documents) {
    try {
      return Finding.of(OpenDocuments.retained(documents, Files.createTempDirectory("documents")));
    } catch (IOException e) {
      throw new UncheckedIOException("There is no place for the documents.", e);
    }
  }

  /**
   * How large is the stored paper, with its text and all that was typed?
   *
   * @return the bytes
   */
  public static Finding storedBytes() {
    return Finding.of(new LoadWorkload(Session.read("automerge-paper")).size());
  }
}
