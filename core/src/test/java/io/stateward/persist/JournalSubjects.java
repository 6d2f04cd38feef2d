package io.stateward.persist;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the rules of a journal are checked on. */
interface JournalSubjects {

  Journal create();

  boolean survives();

  Journal reopen(Journal closed);

  Duration patience();

  /** Returns a new journal with records. */
  default Journal holding(String... records) {
    Journal journal = create();
    for (String record : records) {
      journal.append(bytes(record));
    }
    return journal;
  }

  /** Closes a journal and opens it again. */
  default Journal again(Journal journal) {
    journal.close();
    return reopen(journal);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static List<byte[]> batch(String... texts) {
    return Arrays.stream(texts).map(JournalSubjects::bytes).toList();
  }

  /** Returns what a journal holds, each record as position=text. */
  static List<String> contents(Journal journal) {
    return told(journal.read(journal.first(), 1_000_000));
  }

  static List<String> told(List<JournalEntry> entries) {
    return entries.stream()
        .map(entry -> entry.position() + "=" + new String(entry.bytes(), StandardCharsets.UTF_8))
        .toList();
  }
}
