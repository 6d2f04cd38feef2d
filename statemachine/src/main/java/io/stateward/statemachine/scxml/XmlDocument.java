package io.stateward.statemachine.scxml;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML that nobody vouches for: no document type, no entities beyond XML's own five, nothing
 * fetched, and no deeper, larger or longer than the limits say. The stack does not grow with the
 * nesting.
 */
final class XmlDocument {

  static final String NAMESPACE = "http://www.w3.org/2005/07/scxml";

  private final XMLStreamReader reader;
  private final ScxmlOptions options;
  private final Deque<Element> open = new ArrayDeque<>();
  private @Nullable Element root;
  private int line = 1;
  private int column = 1;
  private int states;

  private XmlDocument(XMLStreamReader reader, ScxmlOptions options) {
    this.reader = reader;
    this.options = options;
  }

  static Element read(byte[] bytes, ScxmlOptions options) {
    if (bytes.length > options.size()) {
      throw tooLong("bytes", options);
    }
    try {
      return new XmlDocument(
              factory().createXMLStreamReader(new ByteArrayInputStream(bytes)), options)
          .read();
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  static Element read(String text, ScxmlOptions options) {
    if (text.length() > options.size()) {
      throw tooLong("characters", options);
    }
    try {
      return new XmlDocument(factory().createXMLStreamReader(new StringReader(text)), options)
          .read();
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  private static ScxmlException tooLong(String unit, ScxmlOptions options) {
    return ScxmlException.ofWhole(
        "The document has more than %,d %s; raise ScxmlOptions.size if that is meant."
            .formatted(options.size(), unit),
        null);
  }

  /** The parser of the JDK, whatever else is on the class path: its switches are known. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setProperty("jdk.xml.maxElementDepth", 0); // ours holds, whatever the JDK's is
    factory.setXMLResolver(
        (publicId, systemId, base, name) -> {
          throw new XMLStreamException("Nothing is fetched: " + systemId);
        });
    return factory;
  }

  private Element read() throws XMLStreamException {
    while (reader.hasNext()) {
      int event = reader.next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> start();
        case XMLStreamConstants.END_ELEMENT -> open.pop();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text();
        case XMLStreamConstants.DTD ->
            throw here("a document type (DOCTYPE) is refused; remove it.");
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw here("entities beyond XML's own five are refused; write the text itself.");
        default -> {} // comments, instructions and white space around the root say nothing
      }
      moveOn(event);
    }
    Element whole = root;
    if (whole == null) {
      throw ScxmlException.ofWhole("The document has no element.", null);
    }
    return whole;
  }

  /** Where the next event begins: the parser tells where one ends, which is a "<" late for text. */
  private void moveOn(int event) {
    Location end = reader.getLocation();
    line = end.getLineNumber();
    column = end.getColumnNumber() - (event == XMLStreamConstants.CHARACTERS ? 1 : 0);
  }

  private ScxmlException here(String problem) {
    return ScxmlException.at(line, column, problem, null);
  }

  private void text() {
    Element parent = open.peek();
    if (parent != null) {
      parent.append(reader.getText());
    }
  }

  private void start() throws XMLStreamException {
    String namespace = reader.getNamespaceURI();
    String name = reader.getLocalName();
    if (namespace != null && !namespace.isEmpty() && !namespace.equals(NAMESPACE)) {
      if (options.ignored().contains(namespace) && !open.isEmpty()) {
        skip();
        return;
      }
      throw here(
          "<%s> of the namespace %s is not supported; remove it, or have the namespace ignored by ScxmlOptions.ignoring."
              .formatted(name, namespace));
    }
    if (open.size() >= options.depth()) {
      throw here(
          "<%s> is more than %d elements deep; raise ScxmlOptions.depth if that is meant."
              .formatted(name, options.depth()));
    }
    count(name);
    Element element = new Element(name, line, column);
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String of = reader.getAttributeNamespace(i);
      if (of == null || of.isEmpty()) {
        element.attributes().put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
      }
    }
    Element parent = open.peek();
    if (parent == null) {
      root = element;
    } else {
      parent.children().add(element);
    }
    open.push(element);
  }

  private void count(String name) {
    switch (name) {
      case "state", "parallel", "final", "history" -> states++;
      default -> {}
    }
    if (states > options.states()) {
      throw here(
          "there are more than %,d states; raise ScxmlOptions.states if that is meant."
              .formatted(options.states()));
    }
  }

  private void skip() throws XMLStreamException {
    for (int depth = 1; depth > 0; ) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
  }

  private static ScxmlException malformed(XMLStreamException e) {
    Location place = e.getLocation();
    String problem = "the XML is malformed: " + lastLine(e) + ".";
    return place == null || place.getLineNumber() < 1
        ? ScxmlException.ofWhole(problem, e)
        : ScxmlException.at(place.getLineNumber(), place.getColumnNumber(), problem, e);
  }

  private static String lastLine(XMLStreamException e) {
    String message = String.valueOf(e.getMessage()).strip();
    String last = message.substring(message.lastIndexOf('\n') + 1);
    String said = last.toLowerCase(Locale.ROOT).startsWith("message: ") ? last.substring(9) : last;
    return said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
  }
}
