package io.stateward.benchmarks.sync;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The protocol of y-websocket (y-protocols 1.0, messages of kind 0), and updates of Yjs 13 in their
 * first version: one inserted string each, after the one before.
 */
final class YjsDialect implements Dialect {

  private static final int SYNC = 0;
  private static final int STEP_1 = 0;
  private static final int STEP_2 = 1;
  private static final int UPDATE = 2;
  private static final int CLIENT = 7;
  private static final int STRING = 4;
  private static final int HAS_ORIGIN = 0x80;
  private static final int TOP_LEVEL = 1;

  @Override
  public String path() {
    return "/shared";
  }

  @Override
  public String subprotocol() {
    return "";
  }

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public void join(WireClient client, int number) throws IOException {
    client.send(new byte[] {SYNC, STEP_1, 1, 0}); // it has nothing yet
    ByteBuffer answer;
    do {
      answer = client.receive();
    } while (answer.get(answer.position()) != SYNC || answer.get(answer.position() + 1) != STEP_2);
  }

  @Override
  public byte[] edit(int number, int delivered) {
    ByteArrayOutputStream update = new ByteArrayOutputStream();
    varUint(update, 1); // clients
    varUint(update, 1); // structs
    varUint(update, CLIENT);
    varUint(update, number);
    if (number == 0) {
      update.write(STRING);
      varUint(update, TOP_LEVEL);
      string(update, "t");
    } else {
      update.write(STRING | HAS_ORIGIN);
      varUint(update, CLIENT);
      varUint(update, number - 1);
    }
    string(update, "x");
    varUint(update, 0); // nothing deleted
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    varUint(message, SYNC);
    varUint(message, UPDATE);
    varUint(message, update.size());
    message.writeBytes(update.toByteArray());
    return message.toByteArray();
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    varUint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void varUint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest > 0x7F) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  @Override
  public int updates(ByteBuffer message) {
    int at = message.position();
    boolean is =
        message.remaining() > 2 && message.get(at) == SYNC && message.get(at + 1) == UPDATE;
    return is ? 1 : 0;
  }
}
