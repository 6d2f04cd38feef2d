package io.stateward.history;

import io.stateward.codec.Codec;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.TreeObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON of a saved timeline.
 *
 * <pre>
 * {"format": "timeline/1", "states": schema, "actions": schema,
 *  "version": 3, "time": "2026-01-31T12:00:00Z", "state": ...,
 *  "commits": [{"version": 4, "time": ..., "label": ..., "actions": [...], "skipped": true},
 *              {"version": 5, "time": ..., "state": ...}]}
 * </pre>
 */
final class SavedTimelineForm<S, A> {

  private static final String FORMAT = "timeline/1";

  private final TreeCodec<S> states;
  private final TreeCodec<A> actions;
  private final int mostCommits;

  private SavedTimelineForm(TreeCodec<S> states, TreeCodec<A> actions, int mostCommits) {
    if (mostCommits < 1) {
      throw new IllegalArgumentException(
          "A saved timeline holds up to 1 commit or more, not up to %d.".formatted(mostCommits));
    }
    this.states = states;
    this.actions = actions;
    this.mostCommits = mostCommits;
  }

  static <S, A> TreeCodec<SavedTimeline<S, A>> codec(
      Codec<S> states, Codec<A> actions, int mostCommits) {
    var form =
        new SavedTimelineForm<>(TreeCodec.over(states), TreeCodec.over(actions), mostCommits);
    return TreeCodec.of(
        "%s of %s and %s".formatted(FORMAT, states.schema(), actions.schema()),
        form::toTree,
        form::fromTree);
  }

  static <S> TreeCodec<SavedTimeline<S, Void>> codec(Codec<S> states, int mostCommits) {
    return codec(
        states,
        TreeCodec.of("none", SavedTimelineForm::write, SavedTimelineForm::read),
        mostCommits);
  }

  private static Tree write(Void none) {
    throw new IllegalArgumentException("There are no actions, so none can be written.");
  }

  private static Void read(Tree tree) {
    throw new IllegalArgumentException("a commit has actions, and this timeline has none");
  }

  private Tree toTree(SavedTimeline<S, A> timeline) {
    checkCount(timeline.commits().size());
    TreeArray.Builder commits = TreeArray.builder();
    timeline.commits().forEach(commit -> commits.add(toTree(commit)));
    return Tree.object()
        .plus("format", FORMAT)
        .plus("states", states.schema())
        .plus("actions", actions.schema())
        .plus("version", timeline.version())
        .plus("time", timeline.time().toString())
        .plus("state", states.toTree(timeline.base()))
        .plus("commits", commits.build());
  }

  private Tree toTree(SavedTimeline.Commit<S, A> commit) {
    TreeObject object =
        Tree.object().plus("version", commit.version()).plus("time", commit.time().toString());
    String label = commit.label();
    if (label != null) {
      object = object.plus("label", label);
    }
    S after = commit.after();
    object =
        after == null
            ? object.plus(
                "actions", Tree.array(commit.actions().stream().map(actions::toTree).toList()))
            : object.plus("state", states.toTree(after));
    return commit.skipped() ? object.plus("skipped", true) : object;
  }

  private SavedTimeline<S, A> fromTree(Tree tree) {
    check(tree, "format", FORMAT);
    check(tree, "states", states.schema());
    check(tree, "actions", actions.schema());
    List<Tree> commits = tree.at("/commits").asArray().elements();
    checkCount(commits.size());
    return new SavedTimeline<>(
        tree.at("/version").asLong(),
        Instant.parse(tree.at("/time").asString()),
        states.fromTree(tree.at("/state")),
        commits.stream().map(this::commit).toList());
  }

  private SavedTimeline.Commit<S, A> commit(Tree tree) {
    List<A> decoded = new ArrayList<>();
    tree.find("/actions")
        .ifPresent(
            all -> all.asArray().elements().forEach(one -> decoded.add(actions.fromTree(one))));
    return new SavedTimeline.Commit<>(
        tree.at("/version").asLong(),
        Instant.parse(tree.at("/time").asString()),
        tree.find("/label").map(Tree::asString).orElse(null),
        decoded,
        tree.find("/state").map(states::fromTree).orElse(null),
        tree.find("/skipped").map(Tree::asBoolean).orElse(false));
  }

  private static void check(Tree tree, String member, String expected) {
    String found = tree.at("/" + member).asString();
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "its %s are '%s' and not '%s'; open it with the codecs that it was saved with, or migrate it"
              .formatted(member.equals("format") ? "format and version" : member, found, expected));
    }
  }

  private void checkCount(int commits) {
    if (commits > mostCommits) {
      throw new IllegalArgumentException(
          "it has %d commits, and up to %d are allowed; allow more where the codec is made"
              .formatted(commits, mostCommits));
    }
  }
}
