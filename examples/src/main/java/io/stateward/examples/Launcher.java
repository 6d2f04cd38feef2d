package io.stateward.examples;

import io.stateward.examples.Arguments.Help;
import io.stateward.examples.Arguments.Nonsense;
import io.stateward.examples.Arguments.Serve;
import io.stateward.examples.board.Board;
import io.stateward.examples.cards.CardBoard;
import io.stateward.examples.editor.Editor;
import io.stateward.examples.nodes.TwoNodes;
import io.stateward.examples.payment.PaymentFlow;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Starts an example application and prints the address to open.
 *
 * <pre>{@code
 * mvn -q compile -Prun -pl examples -am
 * mvn -q compile -Prun -pl examples -am -Dexec.args="board --port 9000"
 * }</pre>
 *
 * <p><b>Failure.</b> Ends with status 2 if the arguments make no sense, and 1 if the port or
 * something else that the application needs cannot be had, after saying what to do.
 *
 * @since 0.1
 */
public final class Launcher {

  private static final String COMMAND = "mvn -q compile -Prun -pl examples -am";

  private final List<Application> applications;
  private final PrintStream out;
  private final PrintStream err;

  Launcher(List<Application> applications, PrintStream out, PrintStream err) {
    this.applications = applications;
    this.out = out;
    this.err = err;
  }

  /**
   * Serves until the process is told to stop, for example by Ctrl-C.
   *
   * @param arguments an application, {@code --port N}, {@code --data DIR} and what options the
   *     application has, all optional, or {@code --help}
   * @throws InterruptedException if this thread is interrupted while it serves
   */
  @SuppressWarnings("SystemOut") // the terminal is this program's other face
  public static void main(String[] arguments) throws InterruptedException {
    Launcher launcher =
        new Launcher(
            List.of(new Board(), new CardBoard(), new TwoNodes(), new PaymentFlow(), new Editor()),
            System.out,
            System.err);
    int status = launcher.run(List.of(arguments));
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Returns the exit status at once, unless it serves; then it returns when interrupted. */
  int run(List<String> words) throws InterruptedException {
    Arguments arguments = Arguments.parse(words, applications);
    if (arguments instanceof Help) {
      out.println(usage());
      return 0;
    }
    if (arguments instanceof Nonsense nonsense) {
      err.println(nonsense.problem());
      err.println(usage());
      return 2;
    }
    return serve((Serve) arguments);
  }

  private int serve(Serve serve) throws InterruptedException {
    Application.Running running;
    try {
      running = start(serve);
    } catch (IOException e) {
      err.println(
          "Port %d cannot be had (%s). Choose another, for example any that is free:%n  %s"
              .formatted(serve.port(), e.getMessage(), COMMAND + withAnyPort(serve)));
      return 1;
    } catch (CannotStartException e) {
      err.println(e.getMessage());
      return 1;
    }
    Thread stop = new Thread(() -> stop(running), "examples-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      running.await();
    } finally {
      Runtime.getRuntime().removeShutdownHook(stop);
      stop(running);
    }
    return 0;
  }

  private void stop(Application.Running running) {
    running.close();
    out.println("Stopped.");
  }

  private String withAnyPort(Serve serve) {
    boolean isDefault = serve.application().name().equals(applications.get(0).name());
    String name = isDefault ? "" : serve.application().name() + " ";
    return " -Dexec.args=\"%s--port 0\"".formatted(name);
  }

  private Application.Running start(Serve serve) throws IOException {
    Application application = serve.application();
    Application.Running running =
        application.serve(serve.port(), serve.data().resolve(application.name()));
    out.println("%s: %s".formatted(application.name(), application.summary()));
    out.println("  " + running.place());
    out.println("Ctrl-C stops it.");
    return running;
  }

  private String optionsOfThemselves() {
    return applications.stream()
        .flatMap(
            it ->
                it.options().entrySet().stream()
                    .map(
                        option ->
                            "\n%-11s %s: %s"
                                .formatted(option.getKey(), it.name(), option.getValue())))
        .collect(Collectors.joining());
  }

  private String usage() {
    String list =
        applications.stream()
            .map(application -> "  %-10s %s".formatted(application.name(), application.summary()))
            .collect(Collectors.joining("\n"));
    return """
        Usage: %s -Dexec.args="[APPLICATION] [--port N] [--data DIR] [OPTION VALUE]"

        Applications (the first one is the default):
        %s

        --port N    the port on 127.0.0.1; default %d; 0 takes any free one
        --data DIR  the folder for what applications keep; default %s
        --help      this text%s"""
        .formatted(
            COMMAND, list, Arguments.DEFAULT_PORT, Arguments.DEFAULT_DATA, optionsOfThemselves());
  }
}
