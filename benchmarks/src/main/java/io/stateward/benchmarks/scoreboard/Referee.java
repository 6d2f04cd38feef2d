package io.stateward.benchmarks.scoreboard;

import io.stateward.benchmarks.Finding;
import io.stateward.benchmarks.scoreboard.LaneProcess.LaneException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Holds contests, and gives verdicts.
 *
 * <p>Lanes of a group stay open from one contest to the next, so a contender starts once; its
 * contests then follow each other as they would in an application.
 */
final class Referee implements Judge {

  /** The heap is fixed, so that no contender waits for it to grow; the stack is for deep graphs. */
  private static final List<String> RACING = List.of("-Xms1g", "-Xmx2g", "-Xss64m");

  /**
   * Full collections of the serial collector leave nothing unreachable behind, if each compacts
   * all: otherwise three of four leave up to a twentieth of the heap as it is. What a thread has
   * reserved for itself counts as used, so that has to be little: it is 2 MB otherwise.
   */
  private static final List<String> WEIGHING =
      List.of(
          "-Xmx3g",
          "-Xss64m",
          "-XX:+UseSerialGC",
          "-XX:MarkSweepAlwaysCompactCount=1",
          "-XX:TLABSize=16k",
          "-XX:-ResizeTLAB");

  private final Pace pace;
  private final Map<String, LaneProcess> lanes = new LinkedHashMap<>();

  Referee(Pace pace) {
    this.pace = pace;
  }

  @Override
  public Line judge(Contest contest) {
    try {
      if (contest instanceof Contest.Race race) {
        return race(race);
      }
      if (contest instanceof Contest.Lap lap) {
        return lap(lap);
      }
      if (contest instanceof Contest.Weight weight) {
        return weight(weight);
      }
      if (contest instanceof Contest.Count count) {
        return count(count);
      }
      if (contest instanceof Contest.Excess excess) {
        return excess(excess);
      }
      probe(((Contest.Exact) contest).entry());
      return new Line(contest.name(), "exact", contest.goal(), true);
    } catch (LaneException e) {
      close(); // a lane that failed may be in any state
      return Line.failed(contest.name(), contest.goal(), String.valueOf(e.getMessage()));
    }
  }

  private Line race(Contest.Race race) {
    List<Entry> entries = new ArrayList<>();
    entries.add(race.ours());
    entries.addAll(race.others());
    int compared = entries.size();
    entries.addAll(race.beside());
    int pairs = Math.max(pace.pairs(), race.leastPairs());
    double[][] times = measure(entries, race.turns(), pairs);
    int fastest =
        IntStream.range(1, compared)
            .boxed()
            .min(Comparator.comparingDouble((Integer i) -> Spread.of(times[i]).median()))
            .orElseThrow();
    Line line = verdict(race, times[0], times[fastest], entries.get(fastest).lane());
    StringBuilder figure = new StringBuilder(line.figure());
    for (int i = compared; i < times.length; i++) {
      String theirs = Spread.number(Spread.of(times[i]).median());
      figure.append("; %s %s ns".formatted(entries.get(i).lane(), theirs));
    }
    return new Line(line.name(), figure.toString(), line.target(), line.ok());
  }

  private Line count(Contest.Count count) {
    Finding found = probe(count.entry());
    String figure = Spread.number(found.number()) + count.target().unit() + noteOf(found);
    String beside = beside(count.beside());
    boolean ok = count.target().isMetBy(found.number());
    return new Line(count.name(), figure + beside, count.goal(), ok);
  }

  private Line excess(Contest.Excess excess) {
    Finding ours = probe(excess.ours());
    Finding theirs = probe(excess.other());
    double more = ours.number() - theirs.number();
    String figure =
        "%s%s%s, %s to %s of %s"
            .formatted(
                Spread.number(more),
                excess.target().unit(),
                noteOf(ours),
                Spread.number(ours.number()),
                Spread.number(theirs.number()),
                excess.other().lane());
    String beside = beside(excess.beside());
    boolean ok = excess.target().isMetBy(more);
    return new Line(excess.name(), figure + beside, excess.goal(), ok);
  }

  private static String noteOf(Finding found) {
    return found.note().isEmpty() ? "" : " (" + found.note() + ")";
  }

  private String beside(List<Entry> others) {
    StringBuilder text = new StringBuilder();
    for (Entry other : others) {
      Finding theirs = probe(other);
      text.append("; %s %s".formatted(other.lane(), Spread.number(theirs.number())));
      text.append(noteOf(theirs));
    }
    return text.toString();
  }

  /** Gives the verdict on times that were measured in turns. */
  static Line verdict(Contest.Race race, double[] ours, double[] theirs, String who) {
    boolean faster = race.target().direction() == Target.Direction.AT_LEAST;
    Spread spread =
        Spread.of(
            IntStream.range(0, ours.length)
                .mapToDouble(i -> faster ? theirs[i] / ours[i] : ours[i] / theirs[i])
                .toArray());
    String figure =
        "%s of %s, %s ns to %s ns"
            .formatted(
                spread.format("x"),
                who,
                Spread.number(Spread.of(ours).median()),
                Spread.number(Spread.of(theirs).median()));
    return new Line(race.name(), figure, race.goal(), race.target().isMetBy(spread));
  }

  private Line lap(Contest.Lap lap) {
    double[] nanos = measure(List.of(lap.entry()), 1, pace.pairs())[0];
    Spread spread =
        Spread.of(IntStream.range(0, nanos.length).mapToDouble(i -> nanos[i] / 1e3).toArray());
    return new Line(
        lap.name(), spread.format(lap.target().unit()), lap.goal(), lap.target().isMetBy(spread));
  }

  /** Measures all in turns; returns one array of times, in nanoseconds, per entry. */
  private double[][] measure(List<Entry> entries, int turns, int pairs) {
    List<LaneProcess> running = entries.stream().map(entry -> lane(entry, RACING)).toList();
    for (int i = 0; i < entries.size(); i++) {
      running.get(i).order("open " + entries.get(i).workload() + " " + pace.warmUpMillis());
    }
    running.forEach(LaneProcess::answer);
    double[][] times = new double[entries.size()][pairs];
    for (int pair = 0; pair < pairs; pair++) {
      double[] found = measurePair(running, turns);
      for (int i = 0; i < found.length; i++) {
        times[i][pair] = found[i];
      }
    }
    running.forEach(lane -> lane.ask("close"));
    return times;
  }

  /** Every other round goes backwards, so that nobody is always the one who comes after another. */
  private double[] measurePair(List<LaneProcess> running, int turns) {
    double[][] found = new double[running.size()][turns];
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < running.size(); i++) {
        int next = turn % 2 == 0 ? i : running.size() - 1 - i;
        found[next][turn] = running.get(next).ask("measure " + pace.sliceMillis() / turns);
      }
    }
    return Stream.of(found).mapToDouble(each -> Spread.of(each).median()).toArray();
  }

  private Line weight(Contest.Weight weight) {
    double ours = probe(weight.ours()).number();
    double best = Double.MAX_VALUE;
    String who = "";
    for (Entry other : weight.others()) {
      double theirs = probe(other).number();
      if (theirs < best) {
        best = theirs;
        who = other.lane();
      }
    }
    String figure =
        "%sx of %s, %,.0f to %,.0f bytes".formatted(Spread.number(ours / best), who, ours, best);
    return new Line(weight.name(), figure, weight.goal(), weight.target().isMetBy(ours / best));
  }

  private Finding probe(Entry entry) {
    try (LaneProcess lane = LaneProcess.start(entry.contender(), WEIGHING)) {
      lane.order("probe " + entry.workload());
      return lane.finding();
    }
  }

  private LaneProcess lane(Entry entry, List<String> options) {
    return lanes.computeIfAbsent(
        entry.lane(), name -> LaneProcess.start(entry.contender(), options));
  }

  @Override
  public void close() {
    lanes.values().forEach(LaneProcess::close);
    lanes.clear();
  }
}
