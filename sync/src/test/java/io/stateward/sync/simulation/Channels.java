package io.stateward.sync.simulation;

import io.stateward.sync.client.DocumentChannel;
import io.stateward.sync.client.DocumentStatus;
import io.stateward.sync.protocol.Position;
import java.util.LinkedHashMap;
import java.util.Map;

/** What all open documents have in common, whatever their kind. */
final class Channels {

  private Channels() {}

  static boolean isQuiet(DocumentChannel<?> channel) {
    return channel.status().get() instanceof DocumentStatus.Live && channel.pending().get() == 0;
  }

  /** Returns up to where the hub was heard; 0 if it was not. */
  static long sequence(DocumentChannel<?> channel) {
    Position position = channel.position();
    return position == null ? 0 : position.sequence();
  }

  /** Returns what is among the dead letters, and whether nobody knows what became of it. */
  static Map<String, Boolean> letters(DocumentChannel<?> channel) {
    Map<String, Boolean> letters = new LinkedHashMap<>();
    channel
        .deadLetters()
        .get()
        .forEach(
            letter -> letters.put(letter.change().toJson(), letter.code().equals("forgotten")));
    return letters;
  }
}
