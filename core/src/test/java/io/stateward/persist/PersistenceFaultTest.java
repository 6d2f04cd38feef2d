package io.stateward.persist;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.persist.FaultyDisk.Crash;
import io.stateward.persist.FaultyDisk.Fault;
import io.stateward.persist.FaultyDisk.Loss;
import io.stateward.persist.Preferences.App;
import io.stateward.store.Store;
import io.stateward.store.WriteResult;
import io.stateward.time.VirtualTimekeeper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A store kept on a disk of which each system call in turn fails, or is the last one of the
 * process. Opening it again finds the state acknowledged last, or the one in flight.
 */
final class PersistenceFaultTest {

  private static final Path FILE = Path.of("/data/prefs.json");
  private static final int SAVES = 4;

  /** The sizes that were acknowledged, and the one that may be there instead. */
  private static final class Expected {
    int acknowledged;
    int inFlight;
    boolean finished;
  }

  private static Persistence open(Disk disk, Store<App> store, int schema) {
    PersistenceBuilder<App, Preferences> settings =
        Persistence.of(store)
            .partialize(App::prefs, App::withPrefs)
            .timekeeper(VirtualTimekeeper.create())
            .schema(schema);
    if (schema == 2) {
      settings.migrate(1, tree -> tree);
    }
    return settings.open(disk, FILE, Preferences.CODEC, Runnable::run);
  }

  private static void work(Disk disk, Expected expected, int schema) {
    Store<App> store = Store.of(App.START);
    Persistence persistence = open(disk, store, schema);
    try {
      for (int i = 0; i < SAVES; i++) {
        store.update(App::larger);
        expected.inFlight = Math.max(expected.inFlight, store.get().prefs().size());
        WriteResult<Long> result = persistence.flush().toCompletableFuture().getNow(null);
        if (result.isSaved()) {
          expected.acknowledged = store.get().prefs().size();
        }
      }
      expected.finished = expected.acknowledged == store.get().prefs().size();
    } finally {
      close(persistence);
    }
  }

  private static void close(Persistence persistence) {
    try {
      persistence.close();
    } catch (Crash | StorageException e) {
      // what the fault led to; the file is looked at below
    }
  }

  private static List<Integer> allowed(Expected expected) {
    List<Integer> allowed = new ArrayList<>();
    for (int size = expected.acknowledged; size <= expected.inFlight; size++) {
      allowed.add(size);
    }
    return allowed;
  }

  private static void check(FaultyDisk disk, Expected expected, int schema, String when) {
    Store<App> store = Store.of(App.START);
    Restored found;
    try (Persistence persistence = open(disk, store, schema)) {
      found = persistence.hydrated().toCompletableFuture().getNow(null);
      assertThat(store.get().prefs().size()).as(when).isIn(allowed(expected));
      assertThat(found)
          .as(when)
          .isNotInstanceOf(Restored.Reset.class)
          .isNotInstanceOf(Restored.Refused.class);
      store.update(app -> app.themed("afterwards"));
    }
    Store<App> again = Store.of(App.START);
    try (Persistence persistence = open(disk.after(Loss.EVERYTHING), again, schema)) {
      assertThat(again.get()).as(when).isEqualTo(store.get());
    }
  }

  @ParameterizedTest
  @EnumSource
  void save_anyCallFaultyThenPowerLost_isThereOrInFlight(Fault fault) {
    everyCall(fault, 1, new FaultyDisk());
  }

  @ParameterizedTest
  @EnumSource
  void migrate_anyCallFaultyThenPowerLost_isThereOrInFlight(Fault fault) {
    FaultyDisk older = new FaultyDisk();
    work(older, new Expected(), 1);

    everyCall(fault, 2, older);
  }

  private static void everyCall(Fault fault, int schema, FaultyDisk start) {
    for (int call = 0; ; call++) {
      FaultyDisk disk = start.afterKill();
      Expected expected = new Expected();
      expected.acknowledged = schema == 2 ? SAVES : 0;
      expected.inFlight = expected.acknowledged;
      disk.failAt(call, fault);
      work(disk, expected, schema);
      if (disk.calls() <= call) {
        assertThat(expected.finished).as("without a fault all is saved").isTrue();
        assertThat(call).as("calls that were made faulty").isGreaterThan(30);
        return;
      }
      disk.heal();
      for (Loss loss : Loss.values()) {
        check(
            disk.after(loss),
            expected,
            schema,
            "%s at call %d, %s lost".formatted(fault, call, loss));
      }
    }
  }
}
