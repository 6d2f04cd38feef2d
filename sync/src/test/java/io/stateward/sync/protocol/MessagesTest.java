package io.stateward.sync.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessagesTest {

  private static final JsonLimits LIMITS = JsonLimits.standard();

  private static <F> List<F> all(Iterator<F> frames) {
    List<F> all = new ArrayList<>();
    frames.forEachRemaining(all::add);
    return all;
  }

  @Test
  void ofHub_ofOneFrameOrSeveral_isAllOfThemInOrder() {
    assertThat(all(Messages.ofHub("{\"t\":\"ping\",\"n\":1}", LIMITS)))
        .containsExactly(new Frame.Ping(1));
    assertThat(all(Messages.ofHub(" [{\"t\":\"ping\",\"n\":1},{\"t\":\"pong\",\"n\":7}]", LIMITS)))
        .containsExactly(new Frame.Ping(1), new Frame.Pong(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "[]", "7", "null", "[{\"t\":\"ping\",\"n\":1}", "{}", "\"[]\""})
  void ofClient_ofNoMessage_isRefusedAtOnce(String text) {
    assertThatThrownBy(() -> Messages.ofClient(text, LIMITS))
        .isInstanceOf(ProtocolException.class)
        .extracting(e -> ((ProtocolException) e).code())
        .isEqualTo("malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "[]", "[{\"t\":\"ping\",\"n\":2}]", "null", "{\"t\":\"welcome\"}"})
  void ofClient_ofOneThatIsNoFrame_isRefusedThere(String third) {
    Iterator<Frame.OfClient> frames =
        Messages.ofClient(
            "[{\"t\":\"ping\",\"n\":1},{\"t\":\"ping\",\"n\":2},%s]".formatted(third), LIMITS);

    assertThat(frames.next()).isEqualTo(new Frame.Ping(1));
    assertThat(frames.next()).isEqualTo(new Frame.Ping(2));
    assertThatThrownBy(frames::next).isInstanceOf(ProtocolException.class);
  }

  @Test
  void ofClient_asDeepAsAFrameMayBe_isReadAloneAndAmongOthers() {
    JsonLimits limits = LIMITS.withDepth(8);
    Frame deep = new Frame.Share("a", Tree.parse("[".repeat(7) + "]".repeat(7)));

    assertThat(all(Messages.ofClient(Frames.encode(deep), limits))).hasSize(1);
    assertThat(all(Messages.ofClient("[" + Frames.encode(deep) + "]", limits))).hasSize(1);
    assertThatThrownBy(() -> Messages.ofClient("[[" + Frames.encode(deep) + "]]", limits))
        .isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":[1,2,3]}|1",
        "[{\"a\":[1,2,3]}]|1",
        " [{\"a\":\"],[\"},{\"b\":\"\\\\\\\"\",\"c\":[1,{}]}, {}]|3",
        "[]|1",
        "[\"|1",
        "|1"
      })
  void count_ofAMessage_isThatOfItsFrames(String text, int frames) {
    assertThat(Messages.count(text == null ? "" : text)).isEqualTo(frames);
  }

  @Property(seed = "41", tries = 300)
  void writer_ofAnyFrames_makesMessagesThatAreWithinTheLimitsAndHoldThemInOrder(
      @ForAll @Size(max = 700) List<@IntRange(max = 60) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 3000) int most) {
    List<Frame.OfClient> frames = new ArrayList<>();
    lengths.forEach(
        length -> frames.add(new Frame.Share("a", Tree.of("\",[{".repeat(length % 7) + length))));
    List<Frame.OfClient> read = new ArrayList<>();

    int next = 0;
    while (next < frames.size()) {
      MessageWriter message = new MessageWriter(most);
      while (next < frames.size() && message.add(Frames.encode(frames.get(next)))) {
        next++;
      }
      String text = message.text();
      assertThat(message.frames() == 1 || text.length() <= most).isTrue();
      assertThat(message.frames()).isBetween(1, MessageWriter.MOST_FRAMES);
      assertThat(Messages.count(text)).isEqualTo(message.frames());
      Messages.ofClient(text, LIMITS).forEachRemaining(read::add);
    }

    assertThat(read).isEqualTo(frames);
  }

  @Test
  void writer_withoutAFrame_hasNoText() {
    assertThatThrownBy(() -> new MessageWriter(10).text())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Add one");
  }
}
