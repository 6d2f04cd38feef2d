package io.stateward.history;

import io.stateward.codec.Codec;
import io.stateward.codec.TreeCodec;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A timeline as a value: the state that it starts from, and what happened since.
 *
 * <pre>{@code
 * TreeCodec<SavedTimeline<Board, Move>> codec = SavedTimeline.codec(boards, moves, 10_000);
 * Files.write(report, codec.encode(timeline.save()));
 * Timeline<Board, Move> seen = Timeline.open(codec.decode(Files.readAllBytes(report)), Board::after);
 * }</pre>
 *
 * <p>A commit that was made by actions is saved as these actions, any other as the whole state that
 * it made; so the timeline of a large store without actions is large.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the states and actions are.
 *
 * @param <S> the type of the state
 * @param <A> the type of the actions
 * @param version the version that it starts from
 * @param time when that was committed, or when the recording began
 * @param base the state then
 * @param commits what happened since, by growing version
 * @since 0.1
 */
public record SavedTimeline<S, A>(long version, Instant time, S base, List<Commit<S, A>> commits) {

  /**
   * Checks that the parts fit together.
   *
   * @param version the version that it starts from
   * @param time when that was committed
   * @param base the state then
   * @param commits what happened since; copied
   * @throws IllegalArgumentException if the versions do not grow
   */
  public SavedTimeline {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(base, "base");
    commits = List.copyOf(commits);
    long last = version;
    for (Commit<S, A> commit : commits) {
      if (commit.version <= last) {
        throw new IllegalArgumentException(
            "Versions of a timeline grow; %d does not come after %d."
                .formatted(commit.version, last));
      }
      last = commit.version;
    }
  }

  /**
   * One commit.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param version the version that it made
   * @param time when it was made
   * @param label what it was called; null if it has no label
   * @param actions the actions that made it
   * @param after the state that it made; null if there are actions, which make it again
   * @param skipped whether the timeline leaves it out
   */
  public record Commit<S, A>(
      long version,
      Instant time,
      @Nullable String label,
      List<A> actions,
      @Nullable S after,
      boolean skipped) {

    /**
     * Checks that the parts fit together.
     *
     * @param version the version that it made
     * @param time when it was made
     * @param label what it was called, or null
     * @param actions the actions that made it; copied
     * @param after the state that it made, or null
     * @param skipped whether the timeline leaves it out
     * @throws IllegalArgumentException unless there are either actions or a state
     */
    public Commit {
      Objects.requireNonNull(time, "time");
      actions = List.copyOf(actions);
      if (actions.isEmpty() == (after == null)) {
        throw new IllegalArgumentException(
            "A commit has either actions or the state that it made; version %d has %s."
                .formatted(version, after == null ? "neither" : "both"));
      }
    }
  }

  /**
   * Returns the codec of timelines with actions, as JSON. What was written with other schemas, or
   * is longer than allowed, is refused.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param states the codec of a state; its bytes are JSON
   * @param actions the codec of an action; its bytes are JSON
   * @param mostCommits the most commits that are read or written; at least 1
   * @return the codec
   */
  public static <S, A> TreeCodec<SavedTimeline<S, A>> codec(
      Codec<S> states, Codec<A> actions, int mostCommits) {
    return SavedTimelineForm.codec(states, actions, mostCommits);
  }

  /**
   * Returns the codec of timelines without actions, as JSON.
   *
   * @param <S> the type of the state
   * @param states the codec of a state; its bytes are JSON
   * @param mostCommits the most commits that are read or written; at least 1
   * @return the codec
   */
  public static <S> TreeCodec<SavedTimeline<S, Void>> codec(Codec<S> states, int mostCommits) {
    return SavedTimelineForm.codec(states, mostCommits);
  }
}
