package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.cookbook.FromSpring.Event;
import io.stateward.examples.cookbook.FromSpring.State;
import io.stateward.examples.cookbook.FromSpring.Turnstile;
import io.stateward.statemachine.Instance;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FromSpringTest {

  private final List<Turnstile> shown = new ArrayList<>();
  private final Machine<State, Event> turnstile = FromSpring.turnstile(shown::add);

  @Test
  void turned_aCoin_unlocks() {
    assertThat(FromSpring.turned(turnstile, new Turnstile(0, 0))).isEqualTo(State.UNLOCKED);
    assertThat(shown).containsExactly(new Turnstile(1, 0));
  }

  @Test
  void fire_aSecondCoin_isIgnoredOnPurpose() {
    Instance<State, Event> one = turnstile.instance(new Turnstile(0, 0));
    one.fire(Event.COIN);

    assertThat(one.fire(Event.COIN)).isEqualTo(new Outcome.Ignored(true));
    assertThat(one.fire(Event.PUSH).isTaken()).isTrue();
    assertThat(one.snapshot().get(Turnstile.class)).isEqualTo(new Turnstile(1, 1));
  }

  @Test
  void fire_whileBroken_namesTheGuard() {
    Instance<State, Event> full = turnstile.instance(new Turnstile(1_000, 0));

    assertThat(full.fire(Event.COIN)).isEqualTo(new Outcome.Rejected(List.of("working")));
  }

  @Test
  void stored_goesOnFromTheColumn() {
    assertThat(FromSpring.stored(turnstile, State.UNLOCKED, new Turnstile(1, 0)))
        .isEqualTo(State.LOCKED);
  }
}
