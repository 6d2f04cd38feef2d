package io.stateward.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a browser does, for tests: gets, posts and follows streams of one server. */
public final class TestBrowser {

  /**
   * One event of a stream.
   *
   * @param type its type; "end" says that the stream has ended
   * @param data its data
   */
  public record Event(String type, String data) {}

  /** A stream that is being followed. */
  public static final class Events implements AutoCloseable {

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final InputStream in;

    Events(InputStream in) {
      this.in = in;
      Thread reader = new Thread(this::readAll, "test-events");
      reader.setDaemon(true);
      reader.start();
    }

    /**
     * Returns the next event, which must come within seconds.
     *
     * @return the event
     */
    public Event next() {
      try {
        Event event = events.poll(10, TimeUnit.SECONDS);
        if (event == null) {
          throw new AssertionError("No event came within 10 seconds.");
        }
        return event;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    /**
     * Returns the data of the next event of a type; what comes before it is left out.
     *
     * @param type the type
     * @return the data
     */
    public String next(String type) {
      Event event = next();
      while (!event.type().equals(type)) {
        if (event.type().equals("end")) {
          throw new AssertionError("The stream ended without an event '%s'.".formatted(type));
        }
        event = next();
      }
      return event.data();
    }

    /** Leaves, as a browser does when its page is closed. */
    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void readAll() {
      try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        String type = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("event: ")) {
            type = line.substring("event: ".length());
          } else if (line.startsWith("data: ")) {
            events.add(new Event(type, line.substring("data: ".length())));
          }
        }
      } catch (IOException e) { // cut off; the end says enough
      }
      events.add(new Event("end", ""));
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI home;

  /**
   * Creates a browser.
   *
   * @param server what it talks to
   */
  public TestBrowser(LocalServer server) {
    this(server.address());
  }

  /**
   * Creates a browser.
   *
   * @param home the address of the first page of what it talks to
   */
  public TestBrowser(URI home) {
    this.home = home;
  }

  /**
   * Gets a path.
   *
   * @param path the path and query
   * @param headers pairs of name and value
   * @return the answer
   */
  public HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  /**
   * Posts JSON to a path.
   *
   * @param path the path
   * @param json the body
   * @param headers pairs of name and value
   * @return the answer
   */
  public HttpResponse<String> post(String path, String json, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /**
   * Sends a request as it stands.
   *
   * @param request the request
   * @return the answer
   */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Begins a request.
   *
   * @param path the path and query
   * @param headers pairs of name and value
   * @return the request, to be completed
   */
  public HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(home.resolve(path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  /**
   * Follows a stream.
   *
   * @param path the path and query
   * @return its events
   */
  public Events events(String path) {
    try {
      var response = client.send(request(path).GET().build(), BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new AssertionError(
            response.statusCode()
                + " "
                + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
      }
      return new Events(response.body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Gets a path under a host name of one's choice.
   *
   * @param path the path, sent as it is
   * @param host the host and port; empty for no such header
   * @return the whole answer, headers included
   */
  public String getUnderHost(String path, String host) {
    try (Socket socket = new Socket("127.0.0.1", home.getPort())) {
      socket.setSoTimeout(5_000);
      String request = "GET %s HTTP/1.1\r\n%sConnection: close\r\n\r\n";
      String header = host.isEmpty() ? "" : "Host: " + host + "\r\n";
      socket
          .getOutputStream()
          .write(request.formatted(path, header).getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
