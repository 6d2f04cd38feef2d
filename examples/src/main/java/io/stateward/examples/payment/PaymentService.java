package io.stateward.examples.payment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A payment service of its own, by HTTP on 127.0.0.1, that charges an order once however often it
 * is asked; and that can be slow, fail, or be gone.
 *
 * <p>It writes into its books first and is slow then: that is when a caller who is killed has
 * something to lose.
 */
final class PaymentService implements AutoCloseable {

  private static final int LONGEST = 4_096;

  private final Ledger ledger;
  private final ExecutorService threads;
  private final Store<Dials> dials = Store.of(new Dials(0, false, false));
  private final CountDownLatch closing = new CountDownLatch(1);
  private final InetSocketAddress address;
  private @Nullable HttpServer server; // guarded by this

  PaymentService(Path folder, ExecutorService threads) {
    this.ledger = new Ledger(folder);
    this.threads = threads;
    HttpServer first = listen(0);
    this.server = first;
    this.address = first.getAddress();
  }

  private HttpServer listen(int port) {
    try {
      InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer listening = HttpServer.create(new InetSocketAddress(local, port), 0);
      listening.createContext("/", this::answer);
      listening.setExecutor(threads);
      listening.start();
      return listening;
    } catch (IOException e) {
      throw new UncheckedIOException("The payment service finds no port.", e);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + address.getPort() + "/");
  }

  Signal<Dials> dials() {
    return dials;
  }

  Signal<List<Charge>> latest() {
    return ledger.latest();
  }

  void dial(UnaryOperator<Dials> change) {
    dials.update(change::apply);
    synchronized (this) {
      boolean down = dials.get().down();
      HttpServer listening = server;
      if (down && listening != null) {
        server = null;
        listening.stop(0); // cuts those who wait
      } else if (!down && listening == null) {
        server = listen(address.getPort());
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(LONGEST);
      Map<String, String> fields = fields(new String(body, StandardCharsets.UTF_8));
      Dials now = dials.get();
      if (now.failing()) {
        send(exchange, 500, "The payment service has a failure.");
        return;
      }
      String said = done(exchange.getRequestURI().getPath(), fields);
      if (closing.await(now.delayMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      send(exchange, said.startsWith("!") ? 422 : 200, said.replaceFirst("^!", ""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What it answers; a refusal begins with an exclamation mark. */
  private String done(String path, Map<String, String> fields) {
    String id = fields.getOrDefault("id", "");
    long cents = Long.parseLong(fields.getOrDefault("cents", "0"));
    return switch (path) {
      case "/validate" -> cents > Order.LIMIT ? tooMuch(cents) : "T-" + id;
      case "/charge" -> {
        Charge charge = ledger.change(id, it -> it.asked(cents));
        yield charge.revoked() ? "!The order was cancelled." : charge.receipt();
      }
      case "/void" -> {
        ledger.change(id, Charge::revoke);
        yield "void";
      }
      case "/mail" -> {
        ledger.change(id, it -> it.mailed(fields.getOrDefault("key", "")));
        yield "sent";
      }
      default -> "!There is no " + path + ".";
    };
  }

  private static String tooMuch(long cents) {
    return "!The limit is %d.00, and this is %d.%02d."
        .formatted(Order.LIMIT / 100, cents / 100, cents % 100);
  }

  private static Map<String, String> fields(String form) {
    return Arrays.stream(form.split("&"))
        .map(it -> it.split("=", 2))
        .filter(it -> it.length == 2)
        .collect(
            Collectors.toMap(
                it -> it[0],
                it -> URLDecoder.decode(it[1], StandardCharsets.UTF_8),
                (first, second) -> first));
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    closing.countDown();
    synchronized (this) {
      HttpServer listening = server;
      if (listening != null) {
        listening.stop(0);
      }
    }
    ledger.close();
  }
}
