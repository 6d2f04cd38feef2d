package io.stateward.sync.hub;

/** Adds up what there is in a hub. */
final class Figures {

  private Figures() {}

  static HubFigures of(Counters counters, Sessions sessions, Documents documents) {
    int subscriptions = 0;
    long answers = 0;
    long characters = 0;
    long lag = 0;
    for (Session session : sessions.all()) {
      answers += session.sender().waiting();
      characters += session.sender().characters();
      for (Subscription each : session.subscriptions()) {
        subscriptions += each.isOpen() ? 1 : 0;
        answers += each.waiting();
        lag = Math.max(lag, each.lag());
      }
    }
    return new HubFigures(
        sessions.size(),
        documents.open(),
        subscriptions,
        documents.waiting(),
        answers,
        characters,
        lag,
        counters.accepted.sum(),
        counters.repeated.sum(),
        counters.batches.sum(),
        counters.framesSent.sum(),
        Counters.sums(counters.refused),
        Counters.sums(counters.lapsed),
        Counters.sums(counters.closed));
  }
}
