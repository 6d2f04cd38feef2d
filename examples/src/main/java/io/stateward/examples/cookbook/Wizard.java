package io.stateward.examples.cookbook;

import io.stateward.statemachine.Machine;

/** A wizard: each step holds what was answered before it, and nothing that is still to come. */
final class Wizard {

  private Wizard() {}

  // tag: states
  sealed interface Signup {
    record AskingName() implements Signup {}

    record AskingPlan(String name) implements Signup {}

    record Confirming(String name, String plan) implements Signup {}

    record Done(String name, String plan) implements Signup {}
  }

  sealed interface SignupEvent {
    record Name(String value) implements SignupEvent {}

    record Plan(String value) implements SignupEvent {}

    record Confirm() implements SignupEvent {}

    record Back() implements SignupEvent {}
  }

  // end

  // tag: machine
  static final Machine<Signup, SignupEvent> SIGNUP =
      Machine.define("signup", Signup.class, SignupEvent.class)
          .initial(new Signup.AskingName())
          .in(
              Signup.AskingName.class,
              s ->
                  s.on(SignupEvent.Name.class)
                      .when("a name", (asking, name) -> !name.value().isBlank())
                      .to(
                          Signup.AskingPlan.class,
                          (asking, name) -> new Signup.AskingPlan(name.value())))
          .in(
              Signup.AskingPlan.class,
              s ->
                  s.on(SignupEvent.Plan.class)
                      .choose(
                          c ->
                              c.when( // nothing to confirm
                                      "free",
                                      (asking, plan) -> plan.value().equals("free"),
                                      Signup.Done.class,
                                      (asking, plan) ->
                                          new Signup.Done(asking.name(), plan.value()))
                                  .otherwise(
                                      Signup.Confirming.class,
                                      (asking, plan) ->
                                          new Signup.Confirming(asking.name(), plan.value())))
                      .on(SignupEvent.Back.class)
                      .to(Signup.AskingName.class, (asking, back) -> new Signup.AskingName()))
          .in(
              Signup.Confirming.class,
              s ->
                  s.on(SignupEvent.Confirm.class)
                      .to(
                          Signup.Done.class,
                          (confirming, confirm) ->
                              new Signup.Done(confirming.name(), confirming.plan()))
                      .on(SignupEvent.Back.class)
                      .to(
                          Signup.AskingPlan.class,
                          (confirming, back) -> new Signup.AskingPlan(confirming.name())))
          .finals(Signup.Done.class)
          .build();
  // end
}
