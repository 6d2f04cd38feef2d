package io.stateward.examples.board;

import static io.stateward.examples.board.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.store.Store;
import io.stateward.time.VirtualTimekeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ViewersTest {

  @TempDir private Path folder;

  @Test
  void close_endsTheStoreAndDetachesTheProbe() {
    CommitProbe probe = new CommitProbe();
    Store<Desk> desk = Store.of(Desk.INITIAL);
    VirtualTimekeeper time = VirtualTimekeeper.create();
    Keeping keeping = new Keeping(desk, folder, time, Runnable::run);
    Viewers viewers = new Viewers(probe, desk, keeping, time, Runnable::run);
    viewers.machine().update(m -> m.refreshed(List.of(row(1, "init", 0)), Duration.ofSeconds(1)));
    Store<Machine> other = Store.of(CommitProbe.MACHINE, Machine.empty());

    viewers.close();
    other.update(m -> m.refreshed(List.of(row(2, "sh", 0)), Duration.ofSeconds(1)));

    assertThat(viewers.machine().isClosed()).isTrue();
    assertThat(probe.refreshed(other.get().processes(), 0).commits()).isEqualTo(1);
    keeping.close();
  }
}
