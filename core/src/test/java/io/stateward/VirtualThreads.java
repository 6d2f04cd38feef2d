package io.stateward;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Virtual threads for tests whose sources are compiled for 17, and what pinned them. */
public final class VirtualThreads {

  private VirtualThreads() {}

  /**
   * Returns an executor that starts a virtual thread for each task.
   *
   * @return the executor
   * @throws ReflectiveOperationException if there are no virtual threads in this JVM
   */
  public static ExecutorService executor() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  /**
   * Loads all classes that are in one place, so that none of them is used for the first time while
   * a recording runs: the JVM pins who waits for that, and does not always say so.
   *
   * @param one any of them
   * @throws IOException if the place cannot be read
   * @throws ReflectiveOperationException if one of them cannot be loaded
   */
  public static void loadAllBeside(Class<?> one) throws IOException, ReflectiveOperationException {
    Path place = placeOf(one);
    if (Files.isDirectory(place)) {
      load(place, one.getClassLoader());
    } else {
      try (FileSystem archive = FileSystems.newFileSystem(place)) {
        load(archive.getPath("/"), one.getClassLoader());
      }
    }
  }

  private static Path placeOf(Class<?> one) {
    try {
      return Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void load(Path root, ClassLoader loader)
      throws IOException, ReflectiveOperationException {
    List<String> names;
    try (Stream<Path> files = Files.walk(root)) {
      names = files.map(each -> root.relativize(each).toString()).toList();
    }
    for (String name : names) {
      if (name.endsWith(".class") && !name.contains("-info")) {
        String dotted = name.substring(0, name.length() - 6).replace('/', '.').replace('\\', '.');
        Class.forName(dotted, true, loader);
      }
    }
  }

  /**
   * Returns when a virtual thread was pinned in code of this project.
   *
   * <p>Two causes are the JVM's alone and are left out: a class that is used for the first time,
   * and the monitor inside of {@code VirtualThread} that guards its own flag of interruption, for
   * which whoever waits and whoever interrupts may meet for a microsecond.
   *
   * @param recording a recording of {@code jdk.VirtualThreadPinned} with stack traces
   * @return the events, none if all is well
   * @throws IOException if there is no recording
   */
  public static List<RecordedEvent> pinnedInStateward(Path recording) throws IOException {
    return RecordingFile.readAllEvents(recording).stream()
        .filter(event -> event.getStackTrace() != null)
        .filter(event -> passesThrough(event, "io.stateward."))
        .filter(event -> !passesThrough(event, "java.lang.ClassLoader"))
        .filter(event -> !isOfFirstUse(event))
        .filter(event -> !isOfInterruption(event))
        .toList();
  }

  /** A class is initialized, or linked, which the JVM does in a critical section of its own. */
  private static boolean isOfFirstUse(RecordedEvent event) {
    String reason = event.hasField("pinnedReason") ? event.getString("pinnedReason") : null;
    return reason != null
        && (reason.contains("initialization of")
            || reason.contains("<clinit>")
            || reason.equals("Freeze or preempt failed (2)"));
  }

  private static boolean isOfInterruption(RecordedEvent event) {
    RecordedFrame top = event.getStackTrace().getFrames().get(0);
    String method = top.getMethod().getName();
    return typeOf(top).equals("java.lang.VirtualThread")
        && (method.equals("getAndClearInterrupt") || method.equals("interrupt"));
  }

  private static boolean passesThrough(RecordedEvent event, String prefix) {
    return event.getStackTrace().getFrames().stream()
        .anyMatch(frame -> typeOf(frame).startsWith(prefix));
  }

  private static String typeOf(RecordedFrame frame) {
    return frame.getMethod().getType().getName();
  }
}
