package io.stateward.benchmarks.graph;

/** The contenders that have derived values which can be read. */
final class Reactives {

  private Reactives() {}

  static Reactive of(String contender) {
    return switch (contender) {
      case "stateward" -> new StatewardReactive(false);
      case "stateward-derived" -> new StatewardReactive(true);
      case "vaadin" -> new VaadinReactive();
      case "stateflow" -> new StateFlowReactive();
      case "behaviorsubject" -> new RxReactive();
      case "naive" -> new NaiveReactive();
      default -> throw new IllegalArgumentException("No such contender here: " + contender);
    };
  }
}
