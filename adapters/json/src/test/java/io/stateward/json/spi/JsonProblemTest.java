package io.stateward.json.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonProblemTest {

  @Test
  void at_path_isWrittenFromTheRoot() {
    assertThat(JsonProblem.truncated().at(List.of("lines", 3, "unit price", "it's")))
        .hasMessage(
            "at $.lines[3]['unit price']['it's']: the text ends before the value is complete");
    assertThat(JsonProblem.truncated().at(List.of())).hasMessageStartingWith("at $: ");
  }

  @Test
  void at_longOrUnprintableKeys_areCutAndEscaped() {
    assertThat(JsonProblem.truncated().at(List.of("", "a\nb\u2028", "k".repeat(41))))
        .hasMessageStartingWith(
            "at $['']['a\\u000ab\\u2028']['" + "k".repeat(40) + "...' (41 characters)]: ");
  }

  @Test
  void at_deepPath_showsItsEnd() {
    assertThat(JsonProblem.truncated().at(Collections.nCopies(100, 7)))
        .hasMessageStartingWith("at $ ... " + "[7]".repeat(20) + ": ");
  }

  @Test
  void refused_cause_isKeptAndNotQuoted() {
    RuntimeException secret = new IllegalStateException("hunter2");

    JsonProblem problem =
        JsonProblem.refused("the constructor of User refused the values", secret).at(List.of("u"));

    assertThat(problem)
        .hasMessage(
            "at $.u: the constructor of User refused the values (IllegalStateException, see the cause)")
        .hasCause(secret);
  }

  @Test
  void mismatch_messageOfJackson_isToldApart() {
    assertThat(JacksonMessages.mismatch("Missing required creator property 'a' (index 0)", null))
        .hasMessage("'a' is missing");
    assertThat(JacksonMessages.mismatch("Trailing token (`JsonToken.END`) found", int.class))
        .hasMessage("there is more text after the value");
    assertThat(JacksonMessages.mismatch("Cannot deserialize `hunter2`", int.class))
        .hasMessage("the value does not fit int");
    assertThat(JacksonMessages.mismatch(null, null)).hasMessage("the value is of another kind");
    assertThat(JacksonMessages.syntax("Unrecognized token 'hunter2'", 1, 2))
        .hasMessage("this is not JSON, at line 1, column 2");
  }
}
