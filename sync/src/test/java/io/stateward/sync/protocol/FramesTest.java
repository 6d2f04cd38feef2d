package io.stateward.sync.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FramesTest {

  private static final Tree STATE = Tree.parse("{\"title\":\"milk\",\"n\":[1,2.50]}");
  private static final String KEY = "0123456789abcdef";
  private static final Position AT = new Position("e1", 7);

  static List<Frame> frames() {
    Frame.Update update = new Frame.Update("notes", 8, "ada", 3, 7, STATE);
    return List.of(
        new Frame.Hello(List.of(1, 2), "ada", KEY, null),
        new Frame.Hello(List.of(1), "ada", KEY, STATE),
        new Frame.Welcome(1, "s-1", 15_000, 1 << 20, 4096, 8 << 20),
        new Frame.Subscribe("notes", "text", null),
        new Frame.Subscribe("notes", "text", AT),
        new Frame.Subscribe("notes", "text", AT, true),
        new Frame.Unsubscribe("notes"),
        new Frame.Snapshot("notes", AT, 2, 1, STATE),
        new Frame.Resumed("notes", AT, 2, 0),
        new Frame.Mutate("notes", "e1", 3, 7, 2, STATE),
        update,
        new Frame.Acknowledged("notes", 3, 8, Level.APPLIED, null),
        new Frame.Acknowledged("notes", 3, 8, Level.DURABLE, STATE),
        new Frame.Rejected("notes", 3, "conflict", "It is newer.", STATE),
        new Frame.Rejected("notes", 3, "forbidden", "It may be read only.", null),
        new Frame.Share("notes", Tree.ofNull()),
        new Frame.Presence("notes", "ada", STATE),
        new Frame.Lapsed("notes", "lagging", "Too far behind.", -1),
        new Frame.AskHistory("notes", 3, 7),
        new Frame.History("notes", 3, List.of(update)),
        new Frame.History("notes", 3, null),
        new Frame.Failure(null, "malformed", "No."),
        new Frame.Failure("notes", "unknown", "No."),
        new Frame.Ping(-7),
        new Frame.Pong(7));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void encode_ofEveryKind_isReadBackAsItWas(Frame frame) {
    String text = Frames.encode(frame);

    assertThat(Frames.decode(text, JsonLimits.standard())).isEqualTo(frame);
    assertThat(Tree.parse(text).asObject().members().keySet()).first().isEqualTo("t");
  }

  @Test
  void hello_shownToPeople_hasNoSecrets() {
    Frame hello = new Frame.Hello(List.of(1), "ada", KEY, Tree.of("a password"));

    assertThat(hello).hasToString("Hello[versions=[1], client=ada]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":\"hello\",\"versions\":[1],\"key\":\"0123456789abcdef\",\"with\":\"a password\"}",
        "{\"t\":\"hello\",\"client\":\"a\",\"key\":\"0123456789abcdef\",\"with\":\"a password\"}",
        "{\"t\":\"hello\",\"versions\":1,\"client\":\"a\",\"key\":\"0123456789abcdef\"}",
        "{\"t\":\"hello\",\"versions\":[1],\"client\":\"a\",\"with\":\"a password\"}",
        "{\"t\":\"hello\",\"versions\":[1],\"client\":\"a\",\"key\":[\"0123456789abcdef\"]}",
        "{\"t\":\"hello\",\"versions\":[1],\"client\":\"a\",\"key\":123456789012345678}",
        "{\"t\":\"hello\",\"versions\":[1],\"client\":\"a\",\"key\":\"0123456789abcdef\",\"with\":\"a password",
        "[{\"t\":\"hello\",\"key\":\"0123456789abcdef\",\"with\":\"a password\"}]",
        "\"0123456789abcdef a password\"",
        "{\"client\":\"a\",\"key\":\"0123456789abcdef\",\"with\":\"a password\"}",
        "{\"t\":{\"key\":\"0123456789abcdef\",\"with\":\"a password\"}}",
      })
  void decode_ofAHelloThatIsNone_saysSoWithoutItsSecrets(String text) {
    assertThatThrownBy(() -> Frames.decode(text, JsonLimits.standard()))
        .isInstanceOf(ProtocolException.class)
        .hasMessageNotContainingAny("0123456789", "1234567890", "password")
        .hasNoCause();
  }

  @Test
  void decode_ofMembersThatItDoesNotKnow_leavesThemAlone() {
    assertThat(Frames.decode("{\"later\":[1],\"n\":7,\"t\":\"ping\"}", JsonLimits.standard()))
        .isEqualTo(new Frame.Ping(7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "7",
        "{}",
        "{\"t\":7}",
        "{\"t\":\"mutate\"}",
        "{\"t\":\"nothing\"}",
        "{\"t\":\"ping\",\"n\":\"7\"}",
        "{\"t\":\"ping\",\"n\":1.5}",
        "{\"t\":\"ping\",\"n\":1e400}",
        "{\"t\":\"subscribe\",\"doc\":\"\",\"type\":\"text\"}",
        "{\"t\":\"subscribe\",\"doc\":\"a\",\"type\":\"text\",\"epoch\":\"e\"}",
        "{\"t\":\"subscribe\",\"doc\":\"a\",\"type\":\"text\",\"epoch\":\"e\",\"seq\":-1}",
        "{\"t\":\"subscribe\",\"doc\":\"a\",\"type\":\"text\",\"anew\":1}",
        "{\"t\":\"ack\",\"doc\":\"a\",\"id\":1,\"seq\":1,\"level\":\"sure\"}",
        "{\"t\":\"hello\",\"versions\":1,\"client\":\"a\"}",
        "{\"t\":\"history\",\"doc\":\"a\",\"after\":1,\"events\":[7]}"
      })
  void decode_ofWhatIsNoFrame_saysWhatIsWrong(String text) {
    assertThatThrownBy(() -> Frames.decode(text, JsonLimits.standard()))
        .isInstanceOf(ProtocolException.class)
        .hasMessageMatching("(?s).{20,}")
        .extracting(e -> ((ProtocolException) e).code())
        .isEqualTo("malformed");
  }

  @Test
  void decode_ofMoreThanItsLimits_isRefused() {
    JsonLimits limits = JsonLimits.standard().withDepth(8).withSize(1000);
    String deep = "{\"t\":\"share\",\"doc\":\"a\",\"state\":" + "[".repeat(9) + "]".repeat(9) + "}";
    String long_ = "{\"t\":\"share\",\"doc\":\"a\",\"state\":\"" + "x".repeat(1000) + "\"}";

    assertThatThrownBy(() -> Frames.decode(deep, limits)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> Frames.decode(long_, limits)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void ofClient_ofAFrameOfTheHub_isRefused() {
    String text = Frames.encode(new Frame.Resumed("notes", AT, 2, 0));

    assertThatThrownBy(() -> Frames.ofClient(text, JsonLimits.standard()))
        .hasMessage("A client does not send Resumed.");
    assertThat(Frames.ofHub(text, JsonLimits.standard())).isInstanceOf(Frame.Resumed.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {4400, 4401, 4403, 4406, 4409, 4413, 4450, 1002, 1003, 1007, 1008, 1009})
  void comeBack_afterWhatIsFinal_isNo(int code) {
    assertThat(CloseCode.comeBack(code)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1006, 1011, 1012, 1013, 4000, 4001, 4429, 3000, 4999})
  void comeBack_afterWhatPasses_isYes(int code) {
    assertThat(CloseCode.comeBack(code)).isTrue();
  }
}
