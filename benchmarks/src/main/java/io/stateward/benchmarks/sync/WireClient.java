package io.stateward.benchmarks.sync;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The least that is a client of WebSocket (RFC 6455): short messages, the mask zero. It blocks
 * until {@link #unblock}; then whoever selects it calls {@link #poll}.
 */
final class WireClient implements AutoCloseable {

  private static final int FINAL = 0x80;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final SocketChannel channel;
  private final int opcode;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream(0); // of a message
  private ByteBuffer in = ByteBuffer.allocate(16 * 1024).flip();
  private int received;

  private WireClient(SocketChannel channel, boolean text) {
    this.channel = channel;
    this.opcode = text ? TEXT : BINARY;
  }

  static WireClient connect(int port, Dialect dialect) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    WireClient client = new WireClient(channel, dialect.isText());
    client.handshake(port, dialect);
    return client;
  }

  private void handshake(int port, Dialect dialect) throws IOException {
    String key = Base64.getEncoder().encodeToString(new byte[16]);
    String request =
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                .formatted(dialect.path(), port)
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n".formatted(key)
            + (dialect.subprotocol().isEmpty()
                ? "\r\n"
                : "Sec-WebSocket-Protocol: %s\r\n\r\n".formatted(dialect.subprotocol()));
    write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      need(1);
      answer.append((char) in.get());
    }
    if (!answer.toString().startsWith("HTTP/1.1 101")) {
      throw new IllegalStateException("No handshake but: " + answer);
    }
  }

  /** Reads until so many bytes are there. */
  private void need(int bytes) throws IOException {
    while (in.remaining() < bytes) {
      fill();
    }
  }

  private int fill() throws IOException {
    if (in.remaining() == in.capacity()) {
      in = ByteBuffer.allocate(2 * in.capacity()).put(in).flip();
    }
    in.compact();
    int read = channel.read(in);
    in.flip();
    if (read < 0) {
      throw new IllegalStateException("The server has closed the connection.");
    }
    return read;
  }

  void send(byte[] payload) throws IOException {
    send(opcode, payload);
  }

  private void send(int kind, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
    frame.put((byte) (FINAL | kind));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    write(frame.putInt(0).put(payload).flip());
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Returns the next message, waiting for it; valid until the next call. */
  ByteBuffer receive() throws IOException {
    while (true) {
      ByteBuffer message = next();
      if (message != null) {
        return message;
      }
      fill();
    }
  }

  /** Returns the next message if it is there as a whole, or null; pings are answered. */
  private @Nullable ByteBuffer next() throws IOException {
    while (in.remaining() >= 2) {
      int start = in.position();
      int kind = in.get(start) & 0x0F;
      boolean last = (in.get(start) & FINAL) != 0;
      int length = in.get(start + 1) & 0x7F;
      int header = length < 126 ? 2 : length == 126 ? 4 : 10;
      if (in.remaining() < header) {
        return null;
      }
      length =
          length < 126
              ? length
              : length == 126 ? in.getShort(start + 2) & 0xFFFF : in.getInt(start + 6);
      if (in.remaining() < header + length) {
        return null;
      }
      ByteBuffer message = in.slice(start + header, length);
      in.position(start + header + length);
      if (kind == CLOSE) {
        throw new IllegalStateException("Closed: " + StandardCharsets.UTF_8.decode(message));
      }
      if (kind == PING) {
        byte[] payload = new byte[length];
        message.get(payload);
        send(PONG, payload);
      } else if (!last || kind == CONTINUATION) {
        parts.write(message.array(), message.arrayOffset(), length);
      }
      if (last && kind == CONTINUATION) {
        return whole();
      } else if (last && kind != PING) {
        return message;
      }
    }
    return null;
  }

  private ByteBuffer whole() {
    ByteBuffer message = ByteBuffer.wrap(parts.toByteArray());
    parts.reset();
    return message;
  }

  SocketChannel unblock() throws IOException {
    channel.configureBlocking(false);
    return channel;
  }

  /** Takes in what is there, and returns how many of the messages are edits. */
  int poll(Dialect dialect) throws IOException {
    int updates = 0;
    do {
      for (ByteBuffer message = next(); message != null; message = next()) {
        updates += dialect.updates(message);
      }
    } while (fill() > 0);
    received += updates;
    return updates;
  }

  /** Returns how many edits have come. */
  int received() {
    return received;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
