package io.stateward.examples.board;

import io.stateward.collection.EntityTable;
import java.time.Duration;
import java.util.List;

/**
 * What is true of this machine, whoever looks at it.
 *
 * @param processes the processes by id
 */
record Machine(EntityTable<Long, ProcessRow> processes) {

  static Machine empty() {
    return new Machine(EntityTable.of(ProcessRow::pid));
  }

  // excerpt: refresh
  /** Returns the machine after a reading. Rows that are equal stay the objects they are. */
  Machine refreshed(List<ProcessRow> reading, Duration elapsed) {
    List<ProcessRow> rows =
        reading.stream().map(now -> now.since(processes.get(now.pid()), elapsed)).toList();
    EntityTable<Long, ProcessRow> next = processes.replaceAll(rows);
    return next == processes ? this : new Machine(next);
  }
  // end of excerpt
}
