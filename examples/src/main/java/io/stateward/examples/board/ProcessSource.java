package io.stateward.examples.board;

import java.util.List;

/** Where the processes are read from. */
@FunctionalInterface
interface ProcessSource {

  /** Returns every process there is, without its processor use, which takes two readings. */
  List<ProcessRow> read();
}
