package io.stateward.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTest {

  @Test
  void toString_everyKindOfValue_isOneLineOfAscii() {
    String json =
        Json.object()
            .put("text", "a\"b\\c\n\u2028</script>é")
            .put("number", 7L)
            .put("flag", true)
            .put("nothing", null)
            .put("nested", List.of(1, List.of("x")))
            .toString();

    assertThat(json)
        .isEqualTo(
            "{\"text\":\"a\\\"b\\\\c\\u000a\\u2028</script>\\u00e9\",\"number\":7,\"flag\":true,"
                + "\"nothing\":null,\"nested\":[1,[\"x\"]]}");
  }

  @Test
  void put_otherType_throws() {
    assertThatThrownBy(() -> Json.object().put("x", 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not written as JSON: java.lang.Double");
  }

  @Test
  void read_whatWasWritten_isTheSame() {
    String text = "quote \" backslash \\ tab \t emoji \ud83d\ude00 null \u0000";

    Map<String, Object> read =
        JsonReader.read(Json.object().put("a", text).put("b", -7L).put("c", false).toString());

    assertThat(read)
        .containsExactly(Map.entry("a", text), Map.entry("b", -7L), Map.entry("c", false));
  }

  @Test
  void read_escapesAndSpaces_areUnderstood() {
    assertThat(JsonReader.read(" { \"a\" : \"\\b\\f\\n\\r\\t\\/\\u00E9\" } "))
        .containsEntry("a", "\b\f\n\r\t/é");
    assertThat(JsonReader.read("{}")).isEmpty();
  }

  @Test
  void read_numberTooLongOrOdd_isRefused() {
    for (String number : List.of("1234567890123456789", "-", "01", "1e3", "0x1")) {
      assertThatThrownBy(() -> JsonReader.read("{\"a\":" + number + "}"))
          .isInstanceOf(Refusal.class);
    }
  }

  @Test
  void read_cutOffAnywhere_isRefused() {
    String whole = "{\"a\":\"x\\u00e9\",\"b\":true,\"c\":-12}";
    for (int length = 0; length < whole.length(); length++) {
      String part = whole.substring(0, length);
      assertThatThrownBy(() -> JsonReader.read(part)).isInstanceOf(Refusal.class);
    }
  }
}
