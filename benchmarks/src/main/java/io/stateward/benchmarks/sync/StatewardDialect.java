package io.stateward.benchmarks.sync;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.protocol.Messages;
import io.stateward.sync.text.TextDelta;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
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
      Iterator<Frame.OfHub> frames = Messages.ofHub(text, JsonLimits.standard());
      while (frames.hasNext()) {
        Frame.OfHub frame = frames.next();
        if (type.isInstance(frame)) {
          return type.cast(frame);
        }
        if (frame instanceof Frame.Failure || frame instanceof Frame.Lapsed) {
          throw new IllegalStateException("Refused: " + text);
        }
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

  /** Of strings in JSON no part looks like this, as their quotes are escaped. */
  @Override
  public int updates(ByteBuffer message) {
    int updates = 0;
    int last = message.limit() - UPDATE.length;
    for (int at = message.position(); at <= last; at++) {
      if (message.get(at) == UPDATE[0] && isAt(message, at)) {
        updates++;
        at += UPDATE.length - 1;
      }
    }
    return updates;
  }

  private static boolean isAt(ByteBuffer message, int at) {
    return message.slice(at, UPDATE.length).equals(ByteBuffer.wrap(UPDATE));
  }
}
