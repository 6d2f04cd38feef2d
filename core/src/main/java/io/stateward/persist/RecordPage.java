package io.stateward.persist;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some records of a {@link RecordStore}, in the order of their keys.
 *
 * <pre>{@code
 * RecordPage page = records.list("outbox/", null, 100);
 * while (page.next() != null) {
 *   page = records.list("outbox/", page.next(), 100);
 * }
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable, unless somebody changes the bytes of a record.
 *
 * @param records the records
 * @param next the key to continue after, or null if there are no more
 * @since 0.1
 */
public record RecordPage(List<StoredRecord> records, @Nullable String next) {

  /**
   * Copies the list.
   *
   * @param records the records
   * @param next the key to continue after, or null if there are no more
   */
  public RecordPage {
    records = List.copyOf(records);
  }
}
