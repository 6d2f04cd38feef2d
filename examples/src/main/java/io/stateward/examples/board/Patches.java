package io.stateward.examples.board;

import io.stateward.collection.Diff;
import io.stateward.collection.EntryChange;
import io.stateward.examples.Json;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is sent to a page: the difference to what it was sent before. */
final class Patches {

  private Patches() {}

  /** Returns a row, without the fields that are as they were; all of them if there was none. */
  static String row(@Nullable ProcessRow was, ProcessRow now) {
    Json patch = Json.object().put("pid", now.pid());
    field(patch, "name", was, now, ProcessRow::name);
    field(patch, "user", was, now, ProcessRow::user);
    field(patch, "command", was, now, ProcessRow::command);
    field(patch, "started", was, now, Patches::startedMillis);
    field(patch, "cpuMillis", was, now, Patches::cpuMillis);
    field(patch, "cpuTenths", was, now, ProcessRow::cpuTenths);
    return patch.toString();
  }

  /** Returns which rows are gone, and which are now at another position or new at theirs. */
  static String listing(Listing was, Listing now) {
    Diff<Long, Integer> diff = Diff.between(was.positions(), now.positions());
    return Json.object()
        .put(
            "gone",
            diff.stream().filter(change -> change.now() == null).map(EntryChange::key).toList())
        .put(
            "at",
            diff.stream()
                .filter(change -> change.now() != null)
                .map(change -> List.of(change.key(), Objects.requireNonNull(change.now())))
                .toList())
        .put("rows", now.ids().size())
        .put("matching", now.matching())
        .put("total", now.total())
        .toString();
  }

  private static void field(
      Json patch,
      String name,
      @Nullable ProcessRow was,
      ProcessRow now,
      Function<ProcessRow, @Nullable Object> value) {
    Object valueNow = value.apply(now);
    if (was == null || !Objects.equals(value.apply(was), valueNow)) {
      patch.put(name, valueNow);
    }
  }

  private static @Nullable Long startedMillis(ProcessRow row) {
    return row.started() == null ? null : row.started().toEpochMilli();
  }

  private static @Nullable Long cpuMillis(ProcessRow row) {
    return row.cpuTime() == null ? null : row.cpuTime().toMillis();
  }
}
