package io.stateward.examples.cards;

import io.stateward.collection.PersistentVector;
import io.stateward.examples.Json;
import io.stateward.examples.Refusal;
import io.stateward.optimistic.Choice;
import io.stateward.optimistic.Dispute;
import io.stateward.optimistic.Resolver;
import io.stateward.signal.Signal;
import io.stateward.signal.Versioned;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The conflicts that wait for the person at a window, the oldest first. */
final class Questions implements Resolver<Versioned<Card>> {

  /** How long the person has for an answer; then theirs holds. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Store<PersistentVector<Question>> open =
      Store.of("questions", PersistentVector.of());
  private final Timekeeper timekeeper;

  Questions(Timekeeper timekeeper) {
    this.timekeeper = timekeeper;
  }

  Signal<PersistentVector<Question>> signal() {
    return open;
  }

  // excerpt: ask
  @Override
  public CompletionStage<Choice<Versioned<Card>>> resolve(Dispute<Versioned<Card>> dispute) {
    CompletableFuture<Choice<Versioned<Card>>> answer = new CompletableFuture<>();
    Question question = new Question(dispute, answer, timekeeper.nanoTime() + PATIENCE.toNanos());
    open.update(questions -> questions.append(question));
    var unused = answer.whenComplete((choice, failure) -> forget(question)); // or it is too late
    return answer;
  }

  // end of excerpt

  private void forget(Question question) {
    open.update(
        questions -> {
          int index = questions.indexOf(question);
          return index < 0 ? questions : questions.without(index);
        });
  }

  /** Decides the conflict of a mutation. */
  void answer(long mutation, Set<String> mine) {
    open.get().stream()
        .filter(question -> question.dispute().id().number() == mutation)
        .findFirst()
        .orElseThrow(() -> new Refusal(409, "This conflict is decided already."))
        .decide(mine);
  }

  String json(PersistentVector<Question> questions) {
    long now = timekeeper.nanoTime();
    return Json.object()
        .put("questions", questions.stream().map(question -> question.toJson(now)).toList())
        .toString();
  }
}
