package io.stateward.statemachine;

import io.stateward.statemachine.runtime.Home;
import io.stateward.time.Timekeeper;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sets up where actors live.
 *
 * <pre>{@code
 * Actors actors = Actors.on(executor).timekeeper(timekeeper).build();
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @since 0.1
 */
public final class ActorsBuilder {

  private final Executor executor;
  private Timekeeper timekeeper = Timekeeper.system();
  private @Nullable Executor mailbox;

  ActorsBuilder(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
  }

  /**
   * Chooses whose time they go by; {@link Timekeeper#system()} unless chosen.
   *
   * @param time for timers, and the limits and retries of invoked work
   * @return this
   */
  public ActorsBuilder timekeeper(Timekeeper time) {
    timekeeper = Objects.requireNonNull(time, "time");
    return this;
  }

  /**
   * Has all events be handled on an executor, rather than by who sends them; so that no sender is
   * held up by actions.
   *
   * @param executor where to handle them
   * @return this
   */
  public ActorsBuilder mailbox(Executor executor) {
    mailbox = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Ends the setting up.
   *
   * @return the actors, none yet
   */
  public Actors build() {
    return new Home(executor, mailbox, timekeeper);
  }
}
