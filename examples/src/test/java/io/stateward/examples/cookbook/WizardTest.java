package io.stateward.examples.cookbook;

import static io.stateward.examples.cookbook.Wizard.SIGNUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.cookbook.Wizard.Signup;
import io.stateward.examples.cookbook.Wizard.SignupEvent;
import io.stateward.statemachine.Instance;
import io.stateward.statemachine.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WizardTest {

  private final Instance<Signup, SignupEvent> signup = SIGNUP.instance();

  @Test
  void fire_throughAllSteps_carriesTheAnswers() {
    signup.fire(new SignupEvent.Name("Ada"));
    signup.fire(new SignupEvent.Plan("pro"));
    signup.fire(new SignupEvent.Confirm());

    assertThat(signup.state()).isEqualTo(new Signup.Done("Ada", "pro"));
    assertThat(signup.snapshot().isDone()).isTrue();
  }

  @Test
  void fire_blankName_isRefusedByItsGuard() {
    assertThat(signup.fire(new SignupEvent.Name(" ")))
        .isEqualTo(new Outcome.Rejected(List.of("a name")));
    assertThat(signup.state()).isEqualTo(new Signup.AskingName());
  }

  @Test
  void fire_freePlan_needsNoConfirmation() {
    signup.fire(new SignupEvent.Name("Ada"));
    signup.fire(new SignupEvent.Plan("free"));

    assertThat(signup.state()).isEqualTo(new Signup.Done("Ada", "free"));
  }

  @Test
  void fire_back_forgetsTheLastAnswerOnly() {
    signup.fire(new SignupEvent.Name("Ada"));
    signup.fire(new SignupEvent.Plan("pro"));
    signup.fire(new SignupEvent.Back());

    assertThat(signup.state()).isEqualTo(new Signup.AskingPlan("Ada"));
  }
}
