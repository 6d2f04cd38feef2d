package io.stateward.statemachine.internal;

import io.stateward.statemachine.EventAction;
import io.stateward.statemachine.StateAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The actions of a direct move, where each is one call away from here: exits, content, entries.
 *
 * <p>They are kept apart as each kind is called at a place of its own, which knows better what is
 * called there than one place for all would.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
final class Calls {

  private final StateAction<@Nullable Object>[] exits;
  private final EventAction<@Nullable Object, @Nullable Object>[] content;
  private final StateAction<@Nullable Object>[] entries;
  private final boolean contentBefore;
  private final boolean ofStates;

  private Calls(
      StateAction<@Nullable Object>[] exits,
      EventAction<@Nullable Object, @Nullable Object>[] content,
      StateAction<@Nullable Object>[] entries,
      boolean contentBefore) {
    this.exits = exits;
    this.content = content;
    this.entries = entries;
    this.contentBefore = contentBefore;
    this.ofStates = exits.length + entries.length > 0;
  }

  /** Returns the calls that the deeds amount to, or null if they need more than a call. */
  static @Nullable Calls of(Deeds deeds) {
    boolean contentBefore = deeds.content.stream().anyMatch(Deed::before);
    boolean plain =
        deeds.exit.stream().allMatch(deed -> deed.before() && isOfState(deed))
            && deeds.entry.stream().allMatch(deed -> !deed.before() && isOfState(deed))
            && deeds.content.stream()
                .allMatch(
                    deed -> deed.before() == contentBefore && deed.body() instanceof Plain.Body);
    return plain
        ? new Calls(ofStates(deeds.exit), content(deeds), ofStates(deeds.entry), contentBefore)
        : null;
  }

  private static boolean isOfState(Deed deed) {
    return deed.body() instanceof Plain.Body plain && plain.function() instanceof Plain.OfState;
  }

  @SuppressWarnings("unchecked") // nothing but such actions is put into it
  private static StateAction<@Nullable Object>[] ofStates(List<Deed> deeds) {
    return deeds.stream()
        .map(deed -> ((Plain.OfState) ((Plain.Body) deed.body()).function()).action())
        .toArray(StateAction[]::new);
  }

  @SuppressWarnings("unchecked") // as above
  private static EventAction<@Nullable Object, @Nullable Object>[] content(Deeds deeds) {
    return deeds.content.stream()
        .map(deed -> ((Plain.Body) deed.body()).function())
        .toArray(EventAction[]::new);
  }

  /** Does all, until one fails; returns null if none did. */
  @SuppressWarnings("NullAway") // data may be null, which it does not see of type arguments
  @Nullable Stop run(@Nullable Object before, @Nullable Object after, @Nullable Object event) {
    int done = 0;
    try {
      if (ofStates) {
        for (StateAction<@Nullable Object> exit : exits) {
          exit.run(before);
          done++;
        }
      }
      for (EventAction<@Nullable Object, @Nullable Object> action : content) {
        action.run(contentBefore ? before : after, event);
        done++;
      }
      if (ofStates) {
        for (StateAction<@Nullable Object> entry : entries) {
          entry.run(after);
          done++;
        }
      }
      return null;
    } catch (Throwable thrown) {
      return new Stop(done, thrown);
    }
  }

  /**
   * Where it stopped.
   *
   * @param at how many were done
   * @param cause what the next one threw
   */
  record Stop(int at, Throwable cause) {}
}
