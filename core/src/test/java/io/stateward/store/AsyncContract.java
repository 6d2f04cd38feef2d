package io.stateward.store;

import io.stateward.flow.Call;
import io.stateward.flow.Task;
import io.stateward.time.VirtualTimekeeper;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;

/**
 * The rules of async actions, numbered after those of reducing stores: what a store shows of work
 * that takes time, and which of several runs count. To check an implementation, extend this class
 * and return fresh subjects from {@link #create}.
 *
 * @since 0.1
 */
@DisplayName("An async action")
public abstract class AsyncContract implements AsyncRules {

  private final Scene scene = new Scene(VirtualTimekeeper.create());

  /** For subclasses. */
  protected AsyncContract() {}

  /** What happens to a run that is started while others are under way. */
  public enum Policy {
    /** They run side by side. */
    EVERY,
    /** The older ones are cancelled. */
    LATEST,
    /** It waits. */
    QUEUE,
    /** It is skipped. */
    DROP
  }

  /**
   * What an action is made of.
   *
   * @param policy its policy
   * @param call the work
   * @param condition what is not met is skipped
   * @param store where it shows how far it is
   * @param timekeeper whose time it goes by
   */
  public record Parts(
      Policy policy,
      Call<Integer, String> call,
      Predicate<Integer> condition,
      Store<Async<String>> store,
      VirtualTimekeeper timekeeper) {}

  /**
   * Returns a new action.
   *
   * @param parts what it is made of
   * @return starts runs of it
   */
  @Override
  public abstract Function<Integer, Task<String>> create(Parts parts);

  @Override
  public final Scene scene() {
    return scene;
  }
}
