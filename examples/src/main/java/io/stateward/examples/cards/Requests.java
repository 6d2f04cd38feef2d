package io.stateward.examples.cards;

import io.stateward.examples.Fields;
import io.stateward.examples.Refusal;
import io.stateward.examples.Routes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What a page may ask for. Each request is checked as a whole before it acts. */
final class Requests {

  private static final int LONGEST_LABELS = Card.MOST_LABELS * (Card.LONGEST_LABEL + 2);

  private final Windows windows;
  private final CardServer server;

  Requests(Windows windows, CardServer server) {
    this.windows = windows;
    this.server = server;
  }

  void addTo(Routes routes) {
    routes
        .post("/cards/add", this::add)
        .post("/cards/move", this::move)
        .post("/cards/edit", this::edit)
        .post("/cards/undo", this::undo)
        .post("/cards/redo", this::redo)
        .post("/cards/answer", this::answer)
        .post("/cards/latency", this::latency)
        .post("/cards/failures", this::failures)
        .post("/cards/fate", this::fate)
        .post("/cards/reachable", this::reachable)
        .post("/cards/schedule", this::schedule)
        .post("/cards/refetch", this::refetch);
  }

  private void add(Fields fields) {
    Desk desk = windows.desk(fields);
    String title = fields.text("title", Card.LONGEST_TITLE);
    fields.nothingElse();
    desk.add(title);
  }

  private void move(Fields fields) {
    Desk desk = windows.desk(fields);
    long card = card(fields);
    Column column = Column.labelled(fields.text("column", 20));
    fields.nothingElse();
    desk.move(card, column);
  }

  private void edit(Fields fields) {
    Desk desk = windows.desk(fields);
    long card = card(fields);
    Edit edit =
        new Edit(
            fields.has("title") ? fields.text("title", Card.LONGEST_TITLE) : null,
            fields.has("note") ? fields.text("note", Card.LONGEST_NOTE) : null,
            labels(fields, "added"),
            labels(fields, "removed"));
    fields.nothingElse();
    desk.edit(card, edit);
  }

  private static long card(Fields fields) {
    String id = fields.text("card", 20);
    if (!id.matches("-?[0-9]{1,18}")) {
      throw Refusal.badInput(
          "The field 'card' must be the number of a card, not '%s'.".formatted(id));
    }
    return Long.parseLong(id);
  }

  private static Set<String> labels(Fields fields, String name) {
    if (!fields.has(name)) {
      return Set.of();
    }
    Set<String> labels =
        Arrays.stream(fields.text(name, LONGEST_LABELS).split(",", -1))
            .map(String::strip)
            .filter(label -> !label.isEmpty())
            .collect(Collectors.toSet());
    if (labels.size() > Card.MOST_LABELS
        || labels.stream().anyMatch(label -> label.length() > Card.LONGEST_LABEL)) {
      throw Refusal.badInput(
          "A card takes %d labels at a time, of %d characters each."
              .formatted(Card.MOST_LABELS, Card.LONGEST_LABEL));
    }
    return labels;
  }

  private void undo(Fields fields) {
    Desk desk = windows.desk(fields);
    fields.nothingElse();
    desk.undo();
  }

  private void redo(Fields fields) {
    Desk desk = windows.desk(fields);
    fields.nothingElse();
    desk.redo();
  }

  private void answer(Fields fields) {
    Desk desk = windows.desk(fields);
    long mutation = fields.positive("mutation");
    Set<String> mine = Set.of(fields.text("mine", 100).split(",", -1));
    fields.nothingElse();
    desk.questions().answer(mutation, mine);
  }

  private void latency(Fields fields) {
    windows.desk(fields); // whoever asks must be a page
    long millis = fields.between("millis", 0, Dials.LONGEST_LATENCY.toMillis());
    fields.nothingElse();
    server.dial(dials -> dials.withLatency(Duration.ofMillis(millis)));
  }

  private void failures(Fields fields) {
    windows.desk(fields);
    long percent = fields.between("percent", 0, 100);
    fields.nothingElse();
    server.dial(dials -> dials.withFailurePercent((int) percent));
  }

  private void fate(Fields fields) {
    windows.desk(fields);
    Fate fate = Fate.labelled(fields.text("fate", 20));
    fields.nothingElse();
    if (server.dials().get().fates().size() >= Dials.MOST_FATES) {
      throw new Refusal(
          409, "%d writes are planned already. Change a card.".formatted(Dials.MOST_FATES));
    }
    server.dial(dials -> dials.withFate(fate));
  }

  private void reachable(Fields fields) {
    windows.desk(fields);
    boolean on = fields.flag("on");
    fields.nothingElse();
    server.dial(dials -> dials.withReachable(on));
  }

  private void schedule(Fields fields) {
    Desk desk = windows.desk(fields);
    fields.nothingElse();
    desk.schedule();
  }

  private void refetch(Fields fields) {
    Desk desk = windows.desk(fields);
    fields.nothingElse();
    desk.refetch();
  }
}
