package io.stateward.examples;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the command line asks for. */
sealed interface Arguments {

  /** The port unless another is asked for. */
  int DEFAULT_PORT = 8080;

  /** The folder for what applications keep, unless another is asked for. */
  Path DEFAULT_DATA = Path.of(System.getProperty("user.home"), ".stateward-examples");

  /**
   * Serve an application.
   *
   * @param application which one
   * @param port where; 0 for any free port
   * @param data the folder in which each application has one of its own, for what it keeps
   */
  record Serve(Application application, int port, Path data) implements Arguments {}

  /** Say how the launcher is used. */
  record Help() implements Arguments {}

  /**
   * Nothing that makes sense.
   *
   * @param problem what is wrong, as a sentence
   */
  record Nonsense(String problem) implements Arguments {}

  /** Reads the command line; the first application is the default. */
  static Arguments parse(List<String> words, List<Application> applications) {
    Serve serve = new Serve(applications.get(0), DEFAULT_PORT, DEFAULT_DATA);
    Map<String, String> own = new LinkedHashMap<>(); // options, which may come before the name
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      if (isOwn(word, applications)) {
        own.put(word, rest.hasNext() ? rest.next() : "");
        continue;
      }
      Arguments next = next(serve, word, rest, applications);
      if (!(next instanceof Serve now)) {
        return next;
      }
      serve = now;
    }
    return withOptions(serve, own);
  }

  private static Arguments next(
      Serve serve, String word, Iterator<String> rest, List<Application> applications) {
    return switch (word) {
      case "--help", "-h" -> new Help();
      case "--port" -> withPort(serve, rest.hasNext() ? rest.next() : "nothing");
      case "--data" -> withData(serve, rest.hasNext() ? rest.next() : "");
      default -> withApplication(serve, word, applications);
    };
  }

  private static boolean isOwn(String word, List<Application> applications) {
    return applications.stream().anyMatch(it -> it.options().containsKey(word));
  }

  private static Arguments withOptions(Serve serve, Map<String, String> options) {
    Application application = serve.application();
    for (Map.Entry<String, String> option : options.entrySet()) {
      try {
        application = application.with(option.getKey(), option.getValue());
      } catch (IllegalArgumentException e) {
        return new Nonsense(String.valueOf(e.getMessage()));
      }
    }
    return new Serve(application, serve.port(), serve.data());
  }

  private static Arguments withPort(Serve serve, String number) {
    return number.matches("[0-9]{1,5}") && Integer.parseInt(number) <= 65_535
        ? new Serve(serve.application(), Integer.parseInt(number), serve.data())
        : new Nonsense(
            "A port is a number from 0 to 65535 (0 takes any free one), not '%s'."
                .formatted(number));
  }

  private static Arguments withData(Serve serve, String folder) {
    try {
      return folder.isBlank() || folder.startsWith("--")
          ? new Nonsense("After --data there is a folder; it need not exist.")
          : new Serve(serve.application(), serve.port(), Path.of(folder));
    } catch (InvalidPathException e) {
      return new Nonsense("'%s' cannot be a folder: %s.".formatted(folder, e.getReason()));
    }
  }

  private static Arguments withApplication(
      Serve serve, String name, List<Application> applications) {
    return applications.stream()
        .filter(application -> application.name().equals(name))
        .findFirst()
        .<Arguments>map(application -> new Serve(application, serve.port(), serve.data()))
        .orElse(new Nonsense("'%s' is no option and no application.".formatted(name)));
  }
}
