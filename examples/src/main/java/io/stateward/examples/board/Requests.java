package io.stateward.examples.board;

import io.stateward.examples.Fields;
import io.stateward.examples.Refusal;
import io.stateward.examples.Routes;

/** What a page may ask for. Each request is checked as a whole before it acts. */
final class Requests {

  private static final int LONGEST_NAME = 255; // characters, of a program

  private final Viewers viewers;

  Requests(Viewers viewers) {
    this.viewers = viewers;
  }

  void addTo(Routes routes) {
    routes
        .post("/board/filter", this::filter)
        .post("/board/sort", this::sort)
        .post("/board/pin", this::pin)
        .post("/board/unpin", this::unpin)
        .post("/board/undo", this::undo)
        .post("/board/redo", this::redo)
        .post("/board/search", this::search)
        .post("/board/guard", this::guard)
        .post("/board/outage", this::outage)
        .post("/board/theme", this::theme)
        .post("/board/column", this::column)
        .post("/board/slow", this::slow);
  }

  private void filter(Fields fields) {
    Viewer viewer = viewers.viewer(fields);
    String text = fields.text("filter", View.LONGEST_FILTER);
    fields.nothingElse();
    viewer.filter(text);
  }

  private void sort(Fields fields) {
    Viewer viewer = viewers.viewer(fields);
    Column column = Column.labelled(fields.text("column", 20));
    boolean descending = fields.flag("descending");
    fields.nothingElse();
    viewer.sortBy(column, descending);
  }

  private void pin(Fields fields) {
    Viewer viewer = viewers.viewer(fields);
    String name = programName(fields);
    fields.nothingElse();
    viewer.pin(name);
  }

  private void unpin(Fields fields) {
    Viewer viewer = viewers.viewer(fields);
    String name = programName(fields);
    fields.nothingElse();
    viewer.unpin(name);
  }

  private static String programName(Fields fields) {
    String name = fields.text("name", LONGEST_NAME);
    if (name.isEmpty()) {
      throw Refusal.badInput("A process that does not tell its name cannot be pinned.");
    }
    return name;
  }

  private void undo(Fields fields) {
    Viewer viewer = viewers.viewer(fields);
    fields.nothingElse();
    if (!viewer.undo()) {
      throw new Refusal(409, "There is nothing to undo.");
    }
  }

  private void redo(Fields fields) {
    Viewer viewer = viewers.viewer(fields);
    fields.nothingElse();
    if (!viewer.redo()) {
      throw new Refusal(409, "There is nothing to redo.");
    }
  }

  private void search(Fields fields) {
    Viewer viewer = viewers.viewer(fields);
    String query = fields.text("query", Search.LONGEST_QUERY);
    fields.nothingElse();
    viewer.box().type(query);
  }

  private void guard(Fields fields) {
    Viewer viewer = viewers.viewer(fields);
    boolean on = fields.flag("on");
    fields.nothingElse();
    viewer.box().guard(on);
  }

  private void outage(Fields fields) {
    Viewer viewer = viewers.viewer(fields);
    boolean on = fields.flag("on");
    fields.nothingElse();
    viewer.box().breakDown(on);
  }

  private void theme(Fields fields) {
    viewers.viewer(fields); // whoever asks must be a page
    Theme theme = Theme.labelled(fields.text("theme", 20));
    fields.nothingElse();
    viewers.prefer(before -> before.withTheme(theme));
  }

  private void column(Fields fields) {
    viewers.viewer(fields);
    Column column = Column.labelled(fields.text("column", 20));
    boolean shown = fields.flag("shown");
    fields.nothingElse();
    viewers.prefer(before -> before.showing(column, shown));
  }

  private void slow(Fields fields) {
    Viewer viewer = viewers.viewer(fields);
    boolean slow = fields.flag("slow");
    fields.nothingElse();
    viewer.slowDown(slow);
  }
}
