package io.stateward.persist;

import io.stateward.persist.Preferences.App;
import io.stateward.store.Store;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A process that writes until it is killed, and prints each number once it is acknowledged. */
final class KilledWriter {

  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private KilledWriter() {}

  /** Runs until it is killed: shape, folder. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "journal" -> appendTo(folder.resolve("log"));
      case "records" -> writeTo(folder.resolve("records"));
      default -> keep(folder.resolve("prefs.json"));
    }
  }

  /** Prints in one write, so that no number is cut in half. */
  private static void say(long number) {
    try {
      OUT.write((number + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] record(long number) {
    byte[] bytes = new byte[(int) (8 + number % 300)];
    ByteBuffer.wrap(bytes).putLong(number);
    return bytes;
  }

  private static void appendTo(Path file) {
    try (Journal journal = Journal.file(file)) {
      say(-1);
      while (true) {
        long next = journal.next();
        journal.append(List.of(record(next), record(next + 1)));
        if (next % 20 == 0) {
          journal.truncateBefore(Math.max(journal.first(), next - 10));
        }
        say(next + 1);
      }
    }
  }

  /** Numbers go around among a few records, so that each is written over and over. */
  private static void writeTo(Path folder) {
    try (RecordStore records = RecordStore.files(folder)) {
      long number = 0;
      for (StoredRecord each : records.list("", null, 100).records()) {
        number = Math.max(number, ByteBuffer.wrap(each.bytes()).getLong() + 1);
      }
      say(-1);
      while (true) {
        String key = "k" + number % 3;
        StoredRecord seen = records.read(key);
        long version = seen == null ? RecordStore.ABSENT : seen.version();
        RecordSubjects.saved(records.write(key, version, record(number)));
        say(number++);
      }
    }
  }

  private static void keep(Path file) {
    Store<App> store = Store.of(App.START);
    Persistence persistence =
        Persistence.of(store)
            .partialize(App::prefs, App::withPrefs)
            .open(file, Preferences.CODEC, Runnable::run);
    say(-1);
    while (true) {
      store.update(App::larger);
      if (!persistence.flush().toCompletableFuture().join().isSaved()) {
        throw new IllegalStateException("not saved: " + persistence.status().get());
      }
      say(store.get().prefs().size());
    }
  }
}
