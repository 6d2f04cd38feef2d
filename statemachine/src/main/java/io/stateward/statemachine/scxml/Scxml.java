package io.stateward.statemachine.scxml;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.MachineDefinitionException;
import io.stateward.statemachine.internal.ChartMachine;
import io.stateward.statemachine.internal.ChartSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Reads charts from documents of the W3C's "State Chart XML (SCXML)", 2015.
 *
 * <pre>{@code
 * Machine<List<String>, ScxmlEvent> door = Scxml.read("""
 *     <scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" initial="closed">
 *       <state id="closed"><transition event="open" target="opened"/></state>
 *       <state id="opened"><transition event="close" target="closed"/></state>
 *     </scxml>""");
 * Snapshot<List<String>> opened = door.step(door.begin().snapshot(), ScxmlEvent.of("open")).snapshot();
 * assertThat(opened.state()).containsExactly("opened");
 * }</pre>
 *
 * <p>The state of such a machine is the list of the ids of its active leaves, in the order of the
 * document. It follows the W3C's algorithm to the letter. Supported are {@code scxml}, {@code
 * state}, {@code parallel}, {@code final}, {@code initial}, {@code history}, {@code transition},
 * {@code onentry}, {@code onexit}, {@code datamodel}, {@code data}, {@code donedata}, {@code
 * raise}, {@code send} to the machine itself, {@code cancel}, {@code if}, {@code foreach}, {@code
 * assign} and {@code log}. Whatever else there is, {@code script} and {@code invoke} among it, is
 * refused by name: nothing of a document is left out silently, but for comments and attributes of
 * other namespaces.
 *
 * <p>What a document sends is among the {@link io.stateward.statemachine.Snapshot#timers} until its
 * time has come, which is at once where it has no delay: {@link Machine#fire} hands it to the
 * machine. What it logs is an {@link io.stateward.statemachine.Effect.Emit} of a {@link ScxmlLog}.
 * What fails within it is the event {@code error.execution}, with the problem as its data.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Failure.</b> {@link ScxmlException} says what is wrong, and in which line and column.
 * Documents need not be trusted: document types, entities and everything that would be fetched are
 * refused, and {@link ScxmlOptions} limits size, depth and number of states. A document with values
 * can make its machine compute for long, though; read those of strangers with {@link
 * DataModel#none} alone.
 *
 * @since 0.1
 */
public final class Scxml {

  private Scxml() {}

  /**
   * Reads a document.
   *
   * @param document its text
   * @return the machine
   * @throws ScxmlException if it cannot be read
   */
  public static Machine<List<String>, ScxmlEvent> read(String document) {
    return read(document, ScxmlOptions.standard());
  }

  /**
   * Reads a document.
   *
   * @param document its text
   * @param options limits and languages
   * @return the machine
   * @throws ScxmlException if it cannot be read
   */
  public static Machine<List<String>, ScxmlEvent> read(String document, ScxmlOptions options) {
    Objects.requireNonNull(document, "document");
    return machine(XmlDocument.read(document, options), options);
  }

  /**
   * Reads a document from a stream, which is not closed.
   *
   * @param document its bytes, in the encoding that they name, or UTF-8
   * @return the machine
   * @throws ScxmlException if it cannot be read
   * @throws UncheckedIOException if the stream fails
   */
  public static Machine<List<String>, ScxmlEvent> read(InputStream document) {
    return read(document, ScxmlOptions.standard());
  }

  /**
   * Reads a document from a stream, which is not closed.
   *
   * @param document its bytes, in the encoding that they name, or UTF-8
   * @param options limits and languages
   * @return the machine
   * @throws ScxmlException if it cannot be read
   * @throws UncheckedIOException if the stream fails
   */
  public static Machine<List<String>, ScxmlEvent> read(InputStream document, ScxmlOptions options) {
    Objects.requireNonNull(document, "document");
    try {
      int most =
          Math.min(options.size(), Integer.MAX_VALUE - 1) + 1; // one more tells that it is too long
      return machine(XmlDocument.read(document.readNBytes(most), options), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a document from a file.
   *
   * @param file where it is
   * @return the machine
   * @throws ScxmlException if it cannot be read
   * @throws UncheckedIOException if the file cannot be opened or read
   */
  public static Machine<List<String>, ScxmlEvent> read(Path file) {
    return read(file, ScxmlOptions.standard());
  }

  /**
   * Reads a document from a file.
   *
   * @param file where it is
   * @param options limits and languages
   * @return the machine
   * @throws ScxmlException if it cannot be read
   * @throws UncheckedIOException if the file cannot be opened or read
   */
  public static Machine<List<String>, ScxmlEvent> read(Path file, ScxmlOptions options) {
    try (InputStream stream = Files.newInputStream(file)) {
      return read(stream, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Machine<List<String>, ScxmlEvent> machine(Element root, ScxmlOptions options) {
    ChartSpec chart = DocumentReader.read(root, options);
    try {
      return ChartMachine.build(chart);
    } catch (MachineDefinitionException e) {
      throw ScxmlException.ofWhole("The document is no chart that can run: " + e.getMessage(), e);
    }
  }
}
