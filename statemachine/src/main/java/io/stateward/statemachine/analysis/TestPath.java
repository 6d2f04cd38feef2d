package io.stateward.statemachine.analysis;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What comes to a machine, one after the other, from its beginning: a test of whatever is to behave
 * like it.
 *
 * <pre>{@code
 * Files.writeString(fixture, path.toTree().toJson());
 * TestPath again = paths.parse(Tree.parse(Files.readString(fixture)));
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable, as far as events, results and failures are.
 *
 * @param stimuli what comes, in order
 * @since 0.1
 */
public record TestPath(List<Stimulus> stimuli) {

  /**
   * Copies the list.
   *
   * @param stimuli what comes
   */
  public TestPath {
    stimuli = List.copyOf(stimuli);
  }

  /**
   * Returns the path as a tree, which names samples by their {@link Stimulus#label}.
   *
   * @return an object, from which {@link TestPaths#parse} makes the path again
   */
  public TreeObject toTree() {
    List<Tree> all = stimuli.stream().map(TestPath::tree).toList();
    return Tree.object().plus("stimuli", Tree.array(all));
  }

  private static Tree tree(Stimulus stimulus) {
    if (stimulus instanceof Stimulus.Event) {
      return Tree.object().plus("event", stimulus.label());
    }
    if (stimulus instanceof Stimulus.Timer timer) {
      return Tree.object().plus("timer", timer.name()).plus("state", timer.state());
    }
    if (stimulus instanceof Stimulus.Done done) {
      return ended(done.work(), done.state()).plus("done", String.valueOf(done.result()));
    }
    Stimulus.Failed failed = (Stimulus.Failed) stimulus;
    return ended(failed.work(), failed.state()).plus("failed", failed.cause().toString());
  }

  private static TreeObject ended(String work, String state) {
    return Tree.object().plus("work", work).plus("state", state);
  }

  /** Returns what comes, in order, as text. */
  @Override
  public String toString() {
    return stimuli.isEmpty()
        ? "begin"
        : stimuli.stream().map(Stimulus::label).collect(Collectors.joining(", "));
  }
}
