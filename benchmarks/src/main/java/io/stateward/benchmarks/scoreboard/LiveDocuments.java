package io.stateward.benchmarks.scoreboard;

import io.stateward.benchmarks.scoreboard.Contest.Count;
import io.stateward.benchmarks.scoreboard.Contest.Lap;
import io.stateward.benchmarks.scoreboard.Contest.Race;
import io.stateward.benchmarks.sync.SyncWorkloads;
import java.util.ArrayList;
import java.util.List;

/** The suite about live documents. */
final class LiveDocuments {

  private static final String US = "stateward";

  private LiveDocuments() {}

  static List<List<Contest>> sync() {
    return List.of(typed(), opened(), merged(), branched(), fannedOut());
  }

  private static List<Contest> typed() {
    return List.of(
        race("replay-paper", "sync-replay", List.of("diamond-types"), "automerge", "yjs"),
        new Lap("sync.replay-paper-time", new Entry(US, "sync-replay"), millis(300)));
  }

  private static List<Contest> opened() {
    return List.of(
        race("load-paper", "sync-load", List.of("diamond-types"), "automerge", "yjs"),
        new Count(
            "sync.stored-paper", new Entry(US, "sync-stored"), Target.atMost(160_000, " bytes")),
        new Count(
            "sync.open-document",
            new Entry(US, "sync-document/500"),
            Target.atMost(32 * 1024, " bytes")));
  }

  private static List<Contest> merged() {
    // Without node there is nobody to race against, and the time is said alone.
    return SyncWorkloads.hasNodePeers()
        ? List.of(race("merge-friends", "sync-merge", List.of(), "yjs"))
        : List.of(new Lap("sync.merge-friends", new Entry(US, "sync-merge"), millis(100)));
  }

  private static List<Contest> branched() {
    return List.of(
        new Lap("sync.branch-typed", new Entry(US, "sync-branch/typed"), millis(1000)),
        new Lap("sync.branch-scattered", new Entry(US, "sync-branch/scattered"), millis(1000)));
  }

  private static List<Contest> fannedOut() {
    List<Contest> contests = new ArrayList<>();
    for (int readers : new int[] {1, 100, 1_000}) {
      contests.add(fanOut("sync.fan-out-" + readers, "sync-fan-out/" + readers));
      contests.add(fanOut("sync.fan-out-p99-" + readers, "sync-fan-out-wait/" + readers));
    }
    contests.add(idleConnection());
    return contests;
  }

  /** What there is of it is mostly the buffers that the container holds for each connection. */
  private static Contest idleConnection() {
    String probe = "sync-connection/1000";
    return new Count(
        "sync.idle-connection",
        new Entry(US, probe),
        SyncWorkloads.hasNodePeers() ? List.of(new Entry("y-websocket", probe)) : List.of(),
        Target.atMost(32 * 1024, " bytes"));
  }

  private static Contest fanOut(String name, String workload) {
    // Without node there is nobody to race against, and the time is said alone.
    return SyncWorkloads.hasNodePeers()
        ? new Race(
            name,
            new Entry(US, workload),
            List.of(new Entry("y-websocket", workload)),
            Target.below(1, "x"))
        : new Lap(name, new Entry(US, workload), millis(1000));
  }

  private static Contest race(String name, String workload, List<String> beside, String... peers) {
    return new Race(
        "sync." + name,
        new Entry(US, workload),
        present(workload, List.of(peers)),
        present(workload, beside),
        Target.below(1, "x"),
        1,
        3);
  }

  /** Those that are there: Automerge always is, the others need node and their packages. */
  private static List<Entry> present(String workload, List<String> contenders) {
    boolean node = SyncWorkloads.hasNodePeers();
    return contenders.stream()
        .filter(contender -> contender.equals("automerge") || node)
        .map(contender -> new Entry(contender, workload))
        .toList();
  }

  private static Target millis(int most) {
    return Target.below(most * 1000.0, " us");
  }
}
