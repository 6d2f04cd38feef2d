package io.stateward.examples.nodes;

import java.util.List;

/**
 * What a place has of a key.
 *
 * @param key the key
 * @param value the value
 * @param ageSeconds how long it has been there; -1 if that is not known
 * @param note what else there is to say; mostly empty
 */
record Cell(String key, String value, long ageSeconds, String note) {

  List<Object> toJson() {
    return List.of(key, value, ageSeconds, note);
  }
}
