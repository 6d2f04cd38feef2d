package io.stateward.benchmarks.sync;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.text.TextDelta;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The protocol of a hub. */
final class StatewardDialect implements Dialect {

  private static final String DOCUMENT = "shared";
  private static final byte[] UPDATE = "{\"t\":\"update\"".getBytes(StandardCharsets.UTF_8);

  private String epoch = "";

  @Override
  public String path() {
    return "/sync";
  }

  @Override
  public String subprotocol() {
    return Frames.SUBPROTOCOL;
  }

  @Override
  public boolean isText() {
    return true;
  }

  @Override
  public void join(WireClient client, int number) throws IOException {
    client.send(
        bytes(
            new Frame.Hello(List.of(1), "client-" + number, "the key of client " + number, null)));
    await(client, Frame.Welcome.class);
    client.send(bytes(new Frame.Subscribe(DOCUMENT, "text", null)));
    epoch = await(client, Frame.Snapshot.class).at().epoch();
  }

  private static <F> F await(WireClient client, Class<F> type) throws IOException {
    while (true) {
      String text = StandardCharsets.UTF_8.decode(client.receive()).toString();
      Frame.OfHub frame = Frames.ofHub(text, JsonLimits.standard());
      if (type.isInstance(frame)) {
        return type.cast(frame);
      }
      if (frame instanceof Frame.Failure || frame instanceof Frame.Lapsed) {
        throw new IllegalStateException("Refused: " + text);
      }
    }
  }

  private static byte[] bytes(Frame frame) {
    return Frames.encode(frame).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] edit(int number, int delivered) {
    Tree change = Tree.object().plus("op", TextDelta.insert(number, "x").toTree());
    return bytes(new Frame.Mutate(DOCUMENT, epoch, number + 1L, delivered, 0, change));
  }

  @Override
  public boolean isUpdate(ByteBuffer message) {
    if (message.remaining() < UPDATE.length) {
      return false;
    }
    return message.slice(message.position(), UPDATE.length).equals(ByteBuffer.wrap(UPDATE));
  }
}
