package io.stateward.testkit.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FaultProxyTest {

  /** How long nothing has to come before it is taken that nothing comes. */
  private static final int SILENCE_MILLIS = 100;

  private final EchoServer server = new EchoServer();
  private final FaultProxy proxy = FaultProxy.to("localhost", server.port());

  @AfterEach
  void close() {
    proxy.close();
    server.close();
    assertThat(threads()).isZero();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("stateward-fault-proxy"))
        .count();
  }

  private static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it takes too long").isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(10_000);
    return client;
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static String receive(Socket client, int count) throws IOException {
    return new String(client.getInputStream().readNBytes(count), UTF_8);
  }

  private static String echo(Socket client, String text) throws IOException {
    send(client, text);
    return receive(client, text.length());
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(SILENCE_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(10_000);
  }

  @Test
  void pass_untilToldOtherwise_carriesBytesBothWays() throws IOException {
    try (Socket client = connect()) {
      assertThat(echo(client, "hello")).isEqualTo("hello");
      assertThat(proxy.connections()).isEqualTo(1);
      assertThat(proxy.accepted()).isEqualTo(1);
      assertThat(proxy.toTarget().passed()).isEqualTo(5);
      assertThat(proxy.toClient().passed()).isEqualTo(5);

      client.shutdownOutput(); // the end is passed on, and comes back

      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    await(() -> proxy.connections() == 0);
  }

  @Test
  void pass_ofMoreThanMayWait_keepsEveryByteInOrder() throws Exception {
    byte[] sent = new byte[3_000_000];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i * 31 + i / 251);
    }
    try (Socket client = connect()) {
      Thread sender =
          new Thread(
              () -> {
                try {
                  client.getOutputStream().write(sent);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      sender.start();

      byte[] received = client.getInputStream().readNBytes(sent.length);

      assertThat(Arrays.equals(received, sent)).isTrue();
      sender.join();
    }
  }

  @Test
  void cut_ofAConnection_isItsEnd_andOthersMayFollow() throws IOException {
    try (Socket client = connect()) {
      assertThat(echo(client, "a")).isEqualTo("a");

      proxy.cut();

      assertThat(client.getInputStream().read()).isEqualTo(-1);
      assertThat(proxy.connections()).isZero();
    }
    try (Socket next = connect()) {
      assertThat(echo(next, "b")).isEqualTo("b");
    }
  }

  @Test
  void reset_ofAConnection_isFeltAsSuch() throws IOException {
    try (Socket client = connect()) {
      assertThat(echo(client, "a")).isEqualTo("a");

      proxy.reset();

      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void refuse_concernsNewConnectionsAlone() throws IOException {
    try (Socket client = connect()) {
      assertThat(echo(client, "a")).isEqualTo("a");
      proxy.refuse();

      assertThat(echo(client, "b")).isEqualTo("b");
      assertThatThrownBy(
              () -> {
                try (Socket refused = connect()) {
                  refused.getInputStream().read();
                }
              })
          .isInstanceOf(SocketException.class);
      assertThat(proxy.accepted()).isEqualTo(1);

      proxy.pass();
      try (Socket next = connect()) {
        assertThat(echo(next, "c")).isEqualTo("c");
      }
    }
  }

  @Test
  void stall_ofBoth_acceptsAndPassesNothingUntilItPasses() throws IOException {
    proxy.stall();
    try (Socket client = connect()) {
      send(client, "hello");

      assertSilent(client);
      assertThat(proxy.toTarget().passed()).isZero();

      proxy.pass();
      assertThat(receive(client, 5)).isEqualTo("hello");
    }
  }

  @Test
  void stall_ofAnswers_letsRequestsThrough() throws IOException {
    try (Socket client = connect()) {
      proxy.toClient().stall();
      send(client, "done");

      await(() -> proxy.toTarget().passed() == 4);

      assertSilent(client);
      assertThat(proxy.toClient().passed()).isZero();
    }
  }

  @Test
  void delay_ofEachDirection_addsUp() throws IOException {
    try (Socket client = connect()) {
      assertThat(echo(client, "warm")).isEqualTo("warm");
      proxy.toTarget().delay(Duration.ofMillis(60));
      proxy.toClient().delay(Duration.ofMillis(40));
      long from = System.nanoTime();

      for (String part : new String[] {"a", "b", "c", "d"}) {
        send(client, part);
      }

      assertThat(receive(client, 4)).isEqualTo("abcd");
      assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(100_000_000L);
    }
  }

  @Test
  void throttle_limitsBytesPerSecond() throws IOException {
    try (Socket client = connect()) {
      proxy.toTarget().throttle(1000);
      long from = System.nanoTime();

      assertThat(echo(client, "x".repeat(200))).hasSize(200);

      assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(140_000_000L); // 150 of them
    }
  }

  @Test
  void dropAfter_losesTheRest_andTheEnd() throws IOException {
    try (Socket client = connect()) {
      proxy.toClient().dropAfter(3);

      send(client, "hello");

      assertThat(receive(client, 3)).isEqualTo("hel");
      assertSilent(client);
      assertThat(proxy.toClient().dropped()).isEqualTo(2);

      proxy.pass();
      assertThat(echo(client, "again")).isEqualTo("again");
      proxy.toClient().dropAfter(0);
      client.shutdownOutput();
      await(() -> proxy.connections() == 0); // that closes it here
    }
  }

  @Test
  void resetAfter_breaksAMessageInTheMiddle() throws IOException {
    try (Socket client = connect()) {
      proxy.toTarget().resetAfter(2);

      send(client, "hello");

      assertThatThrownBy(() -> receive(client, 3)).isInstanceOf(SocketException.class);
      assertThat(proxy.toTarget().passed()).isEqualTo(2);
    }
  }

  @Test
  void target_thatIsAway_isFeltByTheClient() throws IOException {
    server.close();

    try (Socket client = connect()) {
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void close_withAConnectionThatWaits_endsItAndTheThreads() throws IOException {
    try (Socket client = connect()) {
      proxy.stall();
      send(client, "hello");
      await(() -> threads() == 5);

      proxy.close();
      proxy.close();

      assertThat(threads()).isZero();
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    }
  }

  @Test
  void faults_thatCannotBe_areRefused() {
    assertThatThrownBy(() -> proxy.toClient().delay(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-0.001S");
    assertThatThrownBy(() -> proxy.toClient().throttle(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stall()");
    assertThatThrownBy(() -> proxy.toClient().dropAfter(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }
}
