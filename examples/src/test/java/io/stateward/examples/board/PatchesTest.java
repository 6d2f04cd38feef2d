package io.stateward.examples.board;

import static io.stateward.examples.board.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PatchesTest {

  @Test
  void row_first_hasEveryField() {
    assertThat(Patches.row(null, row(7, "sh", 20)))
        .isEqualTo(
            "{\"pid\":7,\"name\":\"sh\",\"user\":\"ada\",\"command\":\"/bin/sh\","
                + "\"started\":1767254400000,\"cpuMillis\":20,\"cpuTenths\":null}");
  }

  @Test
  void row_later_hasWhatChanged() {
    ProcessRow was = row(7, "sh", 20);
    ProcessRow now = row(7, "sh", 30).since(was, Duration.ofSeconds(1));

    assertThat(Patches.row(was, now)).isEqualTo("{\"pid\":7,\"cpuMillis\":30,\"cpuTenths\":10}");
  }

  @Test
  void row_hostileName_cannotLeaveItsString() {
    assertThat(Patches.row(null, row(7, "\"}\n\ndata: </script>", 0)))
        .contains("\"name\":\"\\\"}\\u000a\\u000adata: </script>\"")
        .doesNotContain("\n");
  }

  @Test
  void listing_rowsCameWentAndMoved_saysOnlyThat() {
    Listing was = new Listing(List.of(1L, 2L, 3L, 4L), 4, 9);
    Listing now = new Listing(List.of(1L, 4L, 3L, 5L), 4, 8);

    assertThat(Patches.listing(was, now))
        .satisfiesAnyOf(
            json -> assertThat(json).contains("\"at\":[[4,1],[5,3]]"),
            json -> assertThat(json).contains("\"at\":[[5,3],[4,1]]"))
        .startsWith("{\"gone\":[2],")
        .endsWith(",\"rows\":4,\"matching\":4,\"total\":8}");
  }
}
