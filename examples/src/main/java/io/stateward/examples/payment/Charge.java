package io.stateward.examples.payment;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the service knows of an order.
 *
 * @param id of the order
 * @param cents the amount
 * @param charged how often money was taken: 0 or 1
 * @param asked how often it was asked to take it
 * @param revoked whether it was taken back, or will never be taken
 * @param mails the keys of the receipts that were sent, each once
 */
@JsonTypeName("charge/1")
record Charge(String id, long cents, int charged, int asked, boolean revoked, List<String> mails) {

  static Charge none(String id) {
    return new Charge(id, 0, 0, 0, false, List.of());
  }

  /** Takes the money, unless it was taken before, or must not be. */
  Charge asked(long amount) {
    return new Charge(id, amount, revoked ? charged : 1, asked + 1, revoked, mails);
  }

  Charge revoke() {
    return new Charge(id, cents, charged, asked, true, mails);
  }

  Charge mailed(String key) {
    return mails.contains(key)
        ? this
        : new Charge(
            id,
            cents,
            charged,
            asked,
            revoked,
            Stream.concat(mails.stream(), Stream.of(key)).toList());
  }

  String receipt() {
    return "R-" + id;
  }

  /** As the page shows it. */
  List<Object> row() {
    return List.of(id, cents, charged, asked, revoked, mails.size());
  }
}
