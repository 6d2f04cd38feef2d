package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message of several frames is as good as those frames one by one, and as bad. */
final class SeveralFramesTest {

  private final TestHub setting = new TestHub();
  private SyncHub hub = setting.open();

  private static String together(Frame... frames) {
    return Arrays.stream(frames).map(Frames::encode).collect(Collectors.joining(",", "[", "]"));
  }

  private static Frame.Mutate mutate(RawClient client, long id) {
    String epoch = client.position("notes").epoch();
    return new Frame.Mutate("notes", epoch, id, 0, 0, Tree.of("t" + id));
  }

  private RawClient subscribed(String name) {
    RawClient client = RawClient.of(hub, name);
    client.subscribe("notes");
    return client;
  }

  @Test
  void message_ofSeveralFrames_isTakenInInTheirOrder() {
    RawClient ada = RawClient.silent(hub, "ada");
    ada.sayText(
        together(
            RawClient.hello("ada", null),
            new Frame.Subscribe("notes", "list", null),
            new Frame.Ping(7)));
    RawClient bob = subscribed("bob");

    ada.sayText(together(mutate(ada, 1), mutate(ada, 2), mutate(ada, 3)));

    assertThat(ada.last(Frame.Pong.class).number()).isEqualTo(7);
    assertThat(ada.last(Frame.Acknowledged.class).id()).isEqualTo(3);
    assertThat(bob.texts("notes", List.of())).containsExactly("t1", "t2", "t3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "[]", "[{\"t\":\"ping\",\"n\":1}]", "{\"t\":\"dance\"}", "null"})
  void message_whoseThirdFrameIsNone_hasTheFirstTwoTakenInAndTheErrorLast(String third) {
    RawClient ada = subscribed("ada");
    RawClient bob = subscribed("bob");
    String first = Frames.encode(mutate(ada, 1));
    String second = Frames.encode(mutate(ada, 2));
    String fourth = Frames.encode(mutate(ada, 3));

    ada.sayText("[%s,%s,%s,%s]".formatted(first, second, third, fourth));

    assertThat(bob.texts("notes", List.of())).containsExactly("t1", "t2");
    assertThat(ada.closed).isEqualTo(4400);
    assertThat(ada.heard).last().isInstanceOf(Frame.Failure.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[[]]", "[7]", "7", "[null]", "[", "[{\"t\":\"ping\",\"n\":1}"})
  void message_ofNoFrame_isAnErrorAndCloses(String text) {
    RawClient ada = subscribed("ada");

    ada.sayText(text);

    assertThat(ada.closed).isEqualTo(4400);
    assertThat(ada.last(Frame.Failure.class).code()).isEqualTo("malformed");
  }

  @Test
  void frames_ofOneMessage_countEachForTheRate() {
    RawClient ada = RawClient.of(hub, "ada");
    for (int i = 0; i < 4; i++) {
      ada.sayText(pings(i * 1500, 1500)); // 2000 in a second, twice as many at first
    }

    assertThat(ada.closed).isNull();
    assertThat(ada.last(Frame.Pong.class).number()).isEqualTo(4499);
    setting.time.advance(Duration.ofMillis(200));
    assertThat(ada.last(Frame.Pong.class).number()).isEqualTo(4499);
    setting.time.advance(Duration.ofMillis(100));
    assertThat(ada.last(Frame.Pong.class).number()).isEqualTo(5999);
  }

  @Test
  void frames_ofOneMessage_countEachAmongThoseThatWait() {
    RawClient ada = RawClient.of(hub, "ada");

    ada.sayText(pings(0, 40_000));

    assertThat(ada.closed).isEqualTo(4429);
    assertThat(ada.heard(Frame.Pong.class)).isEmpty();
    RawClient bob = RawClient.of(hub, "bob");
    bob.sayText(pings(0, 100_000)); // longer than a message may be
    assertThat(bob.closed).isEqualTo(4413);
  }

  @Test
  void message_ofOrdinaryLength_isNoFloodWhateverTheLimits_andManyAre() {
    setting.limits = HubLimits.standard().withEachConnection(each -> each.withWaitingFrames(20));
    HeldTasks tasks = new HeldTasks();
    setting.executor = tasks;
    SyncHub held = setting.open();
    RawClient ada = RawClient.of(held, "ada");
    RawClient bob = RawClient.of(held, "bob");

    tasks.hold();
    ada.sayText(pings(0, 200));
    ada.say(new Frame.Ping(200));
    bob.sayText(pings(0, 200));
    bob.sayText(pings(200, 200));
    tasks.release();

    assertThat(ada.closed).isNull();
    assertThat(ada.last(Frame.Pong.class).number()).isEqualTo(200);
    assertThat(bob.closed).isEqualTo(4429);
  }

  private static String pings(int first, int count) {
    StringBuilder text = new StringBuilder("[");
    for (int i = first; i < first + count; i++) {
      text.append(i == first ? "" : ",").append("{\"t\":\"ping\",\"n\":").append(i).append('}');
    }
    return text.append(']').toString();
  }

  @Test
  void updates_thatCameWhileAMessageWasUnderWay_goTogetherInTheNext() {
    RawClient ada = subscribed("ada");
    RawClient bob = subscribed("bob");
    bob.reads = false;
    ada.add("notes", 1, "t1");
    for (int i = 2; i <= 100; i++) {
      ada.add("notes", i, "t" + i);
    }
    int messages = bob.messages;

    bob.read(true);

    assertThat(bob.messages).isEqualTo(messages + 1);
    assertThat(bob.heard(Frame.Update.class))
        .extracting(Frame.Update::sequence)
        .hasSize(100)
        .isSorted();
  }

  @Test
  void updates_thatAreTooLongTogether_goInSeveralMessages_andALongOneAlone() {
    RawClient ada = subscribed("ada");
    RawClient bob = subscribed("bob");
    bob.reads = false;
    List<Integer> lengths = new ArrayList<>(List.of(1, 9_000, 9_000, 1, 200_000, 1));
    for (int i = 0; i < lengths.size(); i++) {
      ada.add("notes", i + 1, "x".repeat(lengths.get(i)));
    }
    int messages = bob.messages;

    bob.read(true); // [2] [3 4] [5] [6]

    assertThat(bob.messages).isEqualTo(messages + 4);
    assertThat(bob.texts("notes", List.of()))
        .extracting(String::length)
        .containsExactlyElementsOf(lengths);
  }

  @Test
  void error_thatEndsTheConnection_isTheLastFrameThoughMoreWaits() {
    RawClient ada = subscribed("ada");
    RawClient bob = subscribed("bob");
    bob.reads = false;
    for (int i = 1; i <= 10; i++) {
      ada.add("notes", i, "t" + i);
    }
    bob.say(new Frame.Ping(1));
    bob.sayText("no frame");
    for (int i = 11; i <= 20; i++) {
      ada.add("notes", i, "t" + i);
    }

    bob.read(true);

    assertThat(bob.heard).last().isInstanceOf(Frame.Failure.class);
    assertThat(bob.closed).isEqualTo(4400);
  }
}
