package io.stateward.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.Arguments.Help;
import io.stateward.examples.Arguments.Nonsense;
import io.stateward.examples.Arguments.Serve;
import io.stateward.signal.Subscription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LauncherTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicBoolean running = new AtomicBoolean();
  private final CompletableFuture<Void> started = new CompletableFuture<>();

  /** Tells when the launcher has said all that it says at the start. */
  private final class WatchedOut extends PrintStream {
    WatchedOut(OutputStream target) {
      super(target, true, StandardCharsets.UTF_8);
    }

    @Override
    public void println(String line) {
      super.println(line);
      if (line.startsWith("Ctrl-C")) {
        started.complete(null);
      }
    }
  }

  private final class Example implements RoutedApplication {
    private final String name;

    Example(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String summary() {
      return "shows " + name;
    }

    @Override
    public Map<String, String> options() {
      return name.equals("second") ? Map.of("--tea", "what is drunk") : Map.of();
    }

    @Override
    public Application with(String option, String value) {
      if (!option.equals("--tea") || !name.equals("second")) {
        return RoutedApplication.super.with(option, value);
      }
      if (value.equals("cold")) {
        throw new IllegalArgumentException("Tea is hot.");
      }
      return new Example("second with " + value);
    }

    @Override
    public Subscription start(Routes routes, Path data) {
      if (name.endsWith("poison")) {
        throw new CannotStartException("There is poison in the tea.", new IOException());
      }
      routes.get("/", Reply.text(name));
      running.set(true);
      return () -> running.set(false);
    }
  }

  private final List<Application> applications =
      List.of(new Example("first"), new Example("second"));
  private final Launcher launcher =
      new Launcher(
          applications, new WatchedOut(out), new PrintStream(err, true, StandardCharsets.UTF_8));

  @Test
  void parse_nothing_servesTheFirstOnTheDefaultPort() {
    assertThat(Arguments.parse(List.of(), applications))
        .isEqualTo(new Serve(applications.get(0), 8080, Arguments.DEFAULT_DATA));
  }

  @Test
  void parse_applicationAndPort_inEitherOrder() {
    Serve expected = new Serve(applications.get(1), 9000, Arguments.DEFAULT_DATA);

    assertThat(Arguments.parse(List.of("second", "--port", "9000"), applications))
        .isEqualTo(expected);
    assertThat(Arguments.parse(List.of("--port", "9000", "second"), applications))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"third", "--port", "--port -1", "--port 65536", "--port 8O80", "--prot 1", ""})
  void parse_nonsense_isToldSo(String line) {
    assertThat(Arguments.parse(List.of(line.split(" ")), applications))
        .isInstanceOf(Nonsense.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"second --tea green", "--tea green second"})
  void parse_optionOfAnApplication_isItsOwn(String line) {
    assertThat(Arguments.parse(List.of(line.split(" ")), applications))
        .isInstanceOfSatisfying(
            Serve.class, it -> assertThat(it.application().name()).isEqualTo("second with green"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {"--tea green, 'first' has no option '--tea'.", "second --tea cold, Tea is hot."})
  void parse_optionThatMakesNoSense_saysWhy(String line, String problem) {
    assertThat(Arguments.parse(List.of(line.split(" ")), applications))
        .isEqualTo(new Nonsense(problem));
  }

  @Test
  void run_cannotStart_is1AndSaysWhy() throws InterruptedException {
    assertThat(launcher.run(List.of("second", "--tea", "poison"))).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo("There is poison in the tea.");
  }

  @Test
  void parse_helpAnywhere_isHelp() {
    assertThat(Arguments.parse(List.of("second", "--help"), applications)).isEqualTo(new Help());
  }

  @Test
  void parse_data_isTheFolder() {
    assertThat(Arguments.parse(List.of("--data", "kept", "second"), applications))
        .isEqualTo(new Serve(applications.get(1), 8080, Path.of("kept")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "--port"})
  void parse_dataWithoutFolder_saysWhatIsMissing(String folder) {
    assertThat(Arguments.parse(List.of("--data", folder), applications))
        .isEqualTo(new Nonsense("After --data there is a folder; it need not exist."));
    assertThat(Arguments.parse(List.of("--data"), applications)).isInstanceOf(Nonsense.class);
  }

  @Test
  void parse_dataThatNoFolderCanBe_saysWhy() {
    assertThat(Arguments.parse(List.of("--data", "a\0b"), applications))
        .isInstanceOfSatisfying(
            Nonsense.class, is -> assertThat(is.problem()).contains("cannot be a folder: "));
  }

  @Test
  void run_help_listsTheApplications() throws InterruptedException {
    assertThat(launcher.run(List.of("--help"))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "mvn -q compile -Prun -pl examples -am",
            "first",
            "shows second",
            "--tea       second: what is drunk",
            "--port N",
            "--data DIR");
  }

  @Test
  void run_nonsense_is2AndSaysWhatWouldBeRight() throws InterruptedException {
    assertThat(launcher.run(List.of("--port", "many"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("A port is a number from 0 to 65535 (0 takes any free one), not 'many'.")
        .contains("Usage:");
    assertThat(running).isFalse();
  }

  @Test
  void run_portTaken_is1AndSaysWhatToDo() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(launcher.run(List.of("--port", port))).isEqualTo(1);

      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("Port " + port + " cannot be had", "-Dexec.args=\"--port 0\"");
      assertThat(running).isFalse();
    }
  }

  @Test
  void run_interrupted_stopsEverything() throws Exception {
    Thread main =
        new Thread(
            () -> {
              try {
                launcher.run(List.of("second", "--port", "0"));
              } catch (InterruptedException e) { // as it should be
              }
            });
    main.start();
    started.get();

    main.interrupt();
    main.join();

    assertThat(running).isFalse();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("second: shows second", "http://127.0.0.1:")
        .endsWith("Stopped." + System.lineSeparator());
  }
}
