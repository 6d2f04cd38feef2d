package io.stateward.statemachine.internal;

import io.stateward.flow.Retry;
import io.stateward.statemachine.InvokeContext;
import io.stateward.statemachine.Machine;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Work that runs while a state is active. Compared by identity. */
public final class InvokeSpec {

  /** What is done. */
  public sealed interface Work {}

  /**
   * Work that blocks, on an executor of the host.
   *
   * @param body does it
   */
  public record Blocking(Body body) implements Work {}

  /**
   * Work that gives a stage.
   *
   * @param body starts it
   */
  public record Stage(StageBody body) implements Work {}

  /**
   * A machine of its own, until it has come to its end.
   *
   * @param machine which
   * @param input its parameter, by the data of the state
   */
  public record Child(Machine<?, ?> machine, Function<@Nullable Object, @Nullable Object> input)
      implements Work {}

  /** Blocking work. */
  @FunctionalInterface
  public interface Body {
    @Nullable Object call(@Nullable Object state, InvokeContext context) throws Exception;
  }

  /** Work that gives a stage. */
  @FunctionalInterface
  public interface StageBody {
    CompletionStage<?> call(@Nullable Object state, InvokeContext context) throws Exception;
  }

  private final String name;
  private final Work work;
  private @Nullable Duration timeout;
  private @Nullable Duration heartbeat;
  private @Nullable Retry retry;
  private boolean reported;

  /**
   * Work.
   *
   * @param name unique in its state
   * @param work what is done
   */
  public InvokeSpec(String name, Work work) {
    this.name = name;
    this.work = work;
  }

  public String name() {
    return name;
  }

  public Work work() {
    return work;
  }

  /** How long all attempts may take together, or null for ever. */
  public @Nullable Duration timeout() {
    return timeout;
  }

  public InvokeSpec timeout(Duration most) {
    timeout = most;
    return this;
  }

  /** How long it may be silent, or null for ever. */
  public @Nullable Duration heartbeat() {
    return heartbeat;
  }

  public InvokeSpec heartbeat(Duration most) {
    heartbeat = most;
    return this;
  }

  /** When to try again, or null for never. */
  public @Nullable Retry retry() {
    return retry;
  }

  public InvokeSpec retry(Retry when) {
    retry = when;
    return this;
  }

  /** Whether the definition says that its failure is to be reported and to lead to nothing. */
  public boolean reported() {
    return reported;
  }

  public InvokeSpec reported(boolean is) {
    reported = is;
    return this;
  }
}
