package io.stateward.sync.simulation;

import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.spi.Connection;
import java.util.ArrayDeque;
import java.util.Deque;

/** Sends frames one after the other, without a limit to how many wait. */
final class Line {

  private final Connection connection;
  private final Deque<String> waiting = new ArrayDeque<>();
  private boolean sending;

  Line(Connection connection) {
    this.connection = connection;
  }

  void send(Frame frame) {
    waiting.add(Frames.encode(frame));
    pump();
  }

  private void pump() {
    while (!sending && !waiting.isEmpty()) {
      sending = true;
      var unused =
          connection
              .send(waiting.poll())
              .whenComplete(
                  (v, problem) -> {
                    sending = problem != null;
                    pump();
                  });
    }
  }

  void close(int code, String reason) {
    connection.close(code, reason);
  }
}
