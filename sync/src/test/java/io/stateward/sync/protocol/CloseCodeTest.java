package io.stateward.sync.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class CloseCodeTest {

  @Test
  void requireSendable_boundaries_areThoseOfTheRfc() {
    for (int code : new int[] {1000, 1003, 1007, 1014, 3000, 4999}) {
      assertThat(CloseCode.requireSendable(code)).isEqualTo(code);
    }
    for (int code : new int[] {999, 1004, 1005, 1006, 1015, 2999, 5000}) {
      assertThatThrownBy(() -> CloseCode.requireSendable(code))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("with " + code);
    }
  }

  @Test
  void cut_longReason_endsAfterAWholeCharacterWithin123Bytes() {
    assertThat(CloseCode.cut("short")).isEqualTo("short");
    assertThat(CloseCode.cut("a".repeat(123))).hasSize(123);
    assertThat(CloseCode.cut("a".repeat(124))).hasSize(123);
    assertThat(CloseCode.cut("\u4e16".repeat(60)).getBytes(StandardCharsets.UTF_8)).hasSize(123);
    assertThat(CloseCode.cut("\ud83d\ude42".repeat(60)).getBytes(StandardCharsets.UTF_8))
        .hasSize(120);
  }

  @Test
  void cut_loneSurrogate_isReplaced() {
    assertThat(CloseCode.cut("a\ud83d!")).isEqualTo("a\ufffd!");
  }
}
