package io.stateward.examples.payment;

import io.stateward.codec.Codec;
import io.stateward.jackson.Jackson;
import io.stateward.persist.RecordPage;
import io.stateward.persist.RecordStore;
import io.stateward.persist.StoredRecord;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.store.WriteResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The service's own books, in a folder of its own: they outlive the program, as a bank's would. */
final class Ledger implements AutoCloseable {

  private static final int SHOWN = 8;

  private final Codec<Charge> codec = Jackson.codec(Charge.class);
  private final RecordStore records;
  private final Store<List<Charge>> latest;

  Ledger(Path folder) {
    records = RecordStore.files(folder);
    latest = Store.of(read());
  }

  private List<Charge> read() {
    List<Charge> all = new ArrayList<>();
    RecordPage page = records.list("", null, 1_000);
    page.records().forEach(it -> all.add(0, codec.decode(it.bytes())));
    return List.copyOf(all.subList(0, Math.min(SHOWN, all.size())));
  }

  /** The newest orders, newest first. */
  Signal<List<Charge>> latest() {
    return latest;
  }

  /** Changes what is known of an order, and answers once that is on the disk. */
  Charge change(String id, UnaryOperator<Charge> change) {
    while (true) {
      StoredRecord found = records.read(id);
      Charge before = found == null ? Charge.none(id) : codec.decode(found.bytes());
      Charge after = change.apply(before);
      long version = found == null ? RecordStore.ABSENT : found.version();
      WriteResult<StoredRecord> result = records.write(id, version, codec.encode(after));
      if (result instanceof WriteResult.Saved<StoredRecord>) {
        latest.update(all -> read());
        return after;
      }
      if (result instanceof WriteResult.Failed<StoredRecord> failed) {
        throw new IllegalStateException("The books cannot be kept.", failed.cause());
      }
    }
  }

  @Override
  public void close() {
    records.close();
  }
}
