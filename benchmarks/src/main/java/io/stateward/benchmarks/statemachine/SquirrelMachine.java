package io.stateward.benchmarks.statemachine;

import org.squirrelframework.foundation.fsm.AnonymousAction;
import org.squirrelframework.foundation.fsm.AnonymousCondition;
import org.squirrelframework.foundation.fsm.impl.AbstractStateMachine;

/**
 * A machine of squirrel, which makes instances by reflection and so wants a class of its own.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @since 0.1
 */
public final class SquirrelMachine<S, E>
    extends AbstractStateMachine<SquirrelMachine<S, E>, S, E, Gate> {

  /** For squirrel. */
  public SquirrelMachine() {}

  /** The guard of a turnstile. */
  static final class Open extends AnonymousCondition<Gate> {
    @Override
    public boolean isSatisfied(Gate gate) {
      return gate.open;
    }
  }

  /** The action of a transition. */
  static final class Pass<S, E> extends AnonymousAction<SquirrelMachine<S, E>, S, E, Gate> {
    @Override
    public void execute(S from, S to, E event, Gate gate, SquirrelMachine<S, E> machine) {
      gate.passed++;
    }
  }

  /** The action of a state, on entry. */
  static final class Enter<S, E> extends AnonymousAction<SquirrelMachine<S, E>, S, E, Gate> {
    @Override
    public void execute(S from, S to, E event, Gate gate, SquirrelMachine<S, E> machine) {
      gate.entered++;
    }
  }

  /** The action of a state, on exit. */
  static final class Leave<S, E> extends AnonymousAction<SquirrelMachine<S, E>, S, E, Gate> {
    @Override
    public void execute(S from, S to, E event, Gate gate, SquirrelMachine<S, E> machine) {
      gate.left++;
    }
  }
}
