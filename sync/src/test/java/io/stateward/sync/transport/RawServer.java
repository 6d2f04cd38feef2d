package io.stateward.sync.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A server of one connection that does byte for byte what a test tells it, right or wrong. */
final class RawServer implements AutoCloseable {

  /** What is done with the connection; when it returns, the connection is closed. */
  interface Script {
    void run(RawServer server, Socket socket) throws Exception;
  }

  final List<String> request = new ArrayList<>(); // read after `done`, or within the script
  final CompletableFuture<Void> done = new CompletableFuture<>();
  private final ServerSocket listening;

  private RawServer(ServerSocket listening) {
    this.listening = listening;
  }

  static RawServer start(Script script) throws IOException {
    RawServer server = new RawServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    Thread thread = new Thread(() -> server.serve(script), "raw-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private void serve(Script script) {
    try (Socket socket = listening.accept()) {
      readRequest(socket.getInputStream());
      script.run(this, socket);
      done.complete(null);
    } catch (Exception e) { // for the test to see
      done.completeExceptionally(e);
    }
  }

  private void readRequest(InputStream in) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1), 1);
    for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      request.add(line);
    }
  }

  URI address() {
    return URI.create("ws://127.0.0.1:%d/sync".formatted(listening.getLocalPort()));
  }

  String header(String name) {
    return request.stream()
        .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
        .findFirst()
        .map(line -> line.substring(name.length() + 2))
        .orElse("");
  }

  /** Answers the handshake; with a subprotocol unless it is empty. */
  void upgrade(Socket socket, String subprotocol) throws IOException, NoSuchAlgorithmException {
    String key = header("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    byte[] hash =
        MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(hash)
            + "\r\n"
            + (subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
            + "\r\n";
    write(socket, answer.getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends a frame of a server, of less than 126 bytes. */
  static void frame(Socket socket, int first, byte... payload) throws IOException {
    byte[] all = new byte[payload.length + 2];
    all[0] = (byte) first;
    all[1] = (byte) payload.length;
    System.arraycopy(payload, 0, all, 2, payload.length);
    write(socket, all);
  }

  static void text(Socket socket, int first, String text) throws IOException {
    frame(socket, first, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the payload of a frame of a client, of less than 126 bytes, after its first byte. */
  static byte[] read(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] head = in.readNBytes(6);
    byte[] payload = in.readNBytes(head[1] & 0x7F);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= head[2 + i % 4];
    }
    byte[] all = new byte[payload.length + 1];
    all[0] = head[0];
    System.arraycopy(payload, 0, all, 1, payload.length);
    return all;
  }

  private static void write(Socket socket, byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
