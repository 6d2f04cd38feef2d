package io.stateward.benchmarks.persist;

import io.stateward.benchmarks.Workload;
import io.stateward.codec.Codec;
import io.stateward.persist.Persistence;
import io.stateward.store.Store;
import io.stateward.store.WriteResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * A store whose state is kept in a file, by a codec whose bytes are prepared.
 *
 * <p>A run changes the state and saves it, on its own thread, as is done by hand.
 */
final class StatewardSave implements Workload {

  private static final Duration NEVER = Duration.ofDays(1);

  private final Folder folder = Folder.create();
  private final Path file = folder.file("state");
  private final Store<Long> store = Store.of(0L);
  private final byte[] encoded;
  private final Persistence persistence;
  private long saves;

  StatewardSave(int size) {
    encoded = Folder.bytes(size);
    persistence =
        Persistence.of(store)
            .debounce(NEVER)
            .maxWait(NEVER)
            .open(file, new Prepared(encoded), Runnable::run);
    persistence.hydrated().toCompletableFuture().join();
  }

  /** A codec that encodes nothing. */
  private static final class Prepared implements Codec<Long> {
    private final byte[] encoded;

    Prepared(byte[] encoded) {
      this.encoded = encoded;
    }

    @Override
    public String schema() {
      return "prepared";
    }

    @Override
    public byte[] encode(Long value) {
      return encoded;
    }

    @Override
    public Long decode(byte[] bytes) {
      throw new UnsupportedOperationException("The file is written, and never read.");
    }
  }

  @Override
  public void run() {
    store.update(n -> n + 1);
    saves++;
    WriteResult<Long> result = persistence.flush().toCompletableFuture().join();
    Workload.require("The result of a save", new WriteResult.Saved<>(saves), result);
  }

  @Override
  public void verify() {
    requireBody(encoded, file);
    requireBody(encoded, folder.file("state.bak"));
  }

  private static void requireBody(byte[] body, Path file) {
    try {
      byte[] found = Files.readAllBytes(file);
      Workload.require(
          "Whether '%s' ends with the state".formatted(file.getFileName()),
          true,
          found.length > body.length
              && Arrays.equals(
                  body, Arrays.copyOfRange(found, found.length - body.length, found.length)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    persistence.close();
    store.close();
    folder.close();
  }
}
