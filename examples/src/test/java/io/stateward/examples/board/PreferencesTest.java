package io.stateward.examples.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.CodecException;
import io.stateward.examples.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PreferencesTest {

  private static final Preferences CHOSEN =
      new Preferences(
          Theme.DARK, Set.of(Column.USER, Column.PID), Set.of("java", "kworker/0:1", "\"<é"));

  @Test
  void codec_encodedAndDecoded_isEqual() {
    byte[] bytes = Preferences.CODEC.encode(CHOSEN);

    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .startsWith("{\"theme\":\"dark\",\"hidden\":[\"pid\",\"user\"],\"pinned\":[");
    assertThat(Preferences.CODEC.decode(bytes)).isEqualTo(CHOSEN);
    assertThat(Preferences.CODEC.decode(Preferences.CODEC.encode(Preferences.INITIAL)))
        .isEqualTo(Preferences.INITIAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"theme\":\"pink\",\"hidden\":[],\"pinned\":[]}",
        "{\"theme\":\"dark\",\"hidden\":[\"name\"],\"pinned\":[]}",
        "{\"theme\":\"dark\",\"hidden\":[\"size\"],\"pinned\":[]}",
        "{\"theme\":\"dark\",\"hidden\":[],\"pinned\":[7]}",
        "{\"theme\":\"dark\",\"hidden\":[],\"pinned\":\"java\"}"
      })
  void codec_notPreferences_isRefused(String json) {
    assertThatThrownBy(() -> Preferences.CODEC.decode(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void showing_columns_comeAndGoButTheNameStays() {
    Preferences without = Preferences.INITIAL.showing(Column.CPU, false);

    assertThat(without.hidden()).containsExactly(Column.CPU);
    assertThat(without.showing(Column.CPU, false)).isEqualTo(without);
    assertThat(without.showing(Column.CPU, true)).isEqualTo(Preferences.INITIAL);
    assertThatThrownBy(() -> without.showing(Column.NAME, false))
        .isInstanceOf(Refusal.class)
        .hasMessage("The column 'name' is always shown.");
  }
}
