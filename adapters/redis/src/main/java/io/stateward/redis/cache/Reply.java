package io.stateward.redis.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stateward.cache.Stamp;
import io.stateward.cache.spi.Head;
import java.util.List;

/** What a script answers: a word, mostly the epoch and the number of the bucket, and more. */
record Reply(List<Object> parts) {

  /** Where what follows the head begins. */
  static final int REST = 3;

  boolean is(String word) {
    return text(0).equals(word);
  }

  /** Returns this if the bucket has a head. */
  Reply settled(int bucket) {
    if (is("?")) {
      throw new UnsettledException(bucket);
    }
    return this;
  }

  String text(int index) {
    return new String(bytes(index), UTF_8);
  }

  byte[] bytes(int index) {
    return (byte[]) parts.get(index);
  }

  long number(int index) {
    return parts.get(index) instanceof Long number ? number : Long.parseLong(text(index));
  }

  Head head() {
    return head(text(1), text(2));
  }

  Stamp stamp(int bucket) {
    Head head = head();
    return new Stamp(bucket, head.epoch(), head.sequence());
  }

  static Head head(String epoch, String number) {
    return new Head(EntryForm.number(epoch), Long.parseLong(number));
  }
}
