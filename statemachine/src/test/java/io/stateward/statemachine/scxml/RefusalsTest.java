package io.stateward.statemachine.scxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not read says why and where. */
final class RefusalsTest {

  private static final String OPEN =
      "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0'>";

  private static ScxmlException refusalOf(String document) {
    return catchThrowableOfType(ScxmlException.class, () -> Scxml.read(document));
  }

  private static ScxmlException refusalOf(String document, ScxmlOptions options) {
    return catchThrowableOfType(ScxmlException.class, () -> Scxml.read(document, options));
  }

  // The XML.

  @Test
  void read_externalEntity_isRefusedAndNothingIsFetched(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "<state id='secret'/>");
    String document =
        "<!DOCTYPE scxml [<!ENTITY x SYSTEM '%s'>]>\n%s&x;</scxml>".formatted(secret.toUri(), OPEN);

    assertThat(refusalOf(document)).hasMessageContaining("DOCTYPE").hasMessageContaining("Line 1");
  }

  @Test
  void read_documentTypeElsewhere_isRefused() {
    assertThat(refusalOf("<!DOCTYPE scxml SYSTEM 'http://localhost:1/x.dtd'>" + OPEN + "</scxml>"))
        .hasMessageContaining("DOCTYPE");
  }

  @Test
  void read_billionLaughs_isRefused() {
    StringBuilder document = new StringBuilder("<!DOCTYPE scxml [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 30; i++) {
      document.append("<!ENTITY a%d '&a%2$d;&a%2$d;&a%2$d;'>".formatted(i, i - 1));
    }
    document.append("]>").append(OPEN).append("<state id='a'>&a29;</state></scxml>");

    assertThat(refusalOf(document.toString())).isNotNull();
  }

  @Test
  void read_undeclaredEntity_isRefused() {
    assertThat(refusalOf(OPEN + "<state id='a'/>&nbsp;</scxml>")).hasMessageContaining("nbsp");
  }

  @Test
  void read_inclusion_isRefused() {
    String include = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='x.scxml'/>";

    assertThat(refusalOf(OPEN + include + "</scxml>"))
        .hasMessageContaining("<include>")
        .hasMessageContaining("http://www.w3.org/2001/XInclude");
  }

  @ParameterizedTest
  @CsvSource({"1_000_000", "10_000_000"})
  void read_endlessNesting_isRefused(String size) {
    int count = Integer.parseInt(size.replace("_", "")) / "<state>".length();
    String document = OPEN + "<state>".repeat(count);

    assertThat(refusalOf(document)).hasMessageContaining("ScxmlOptions.");
    assertThat(refusalOf(document, ScxmlOptions.standard().withSize(20_000_000).withDepth(256)))
        .hasMessageContaining("more than 256 elements deep");
  }

  @Test
  void read_deepestNestingAllowed_isRead() {
    String document = OPEN + "<state>".repeat(255) + "</state>".repeat(255) + "</scxml>";

    assertThat(Session.of(Scxml.read(document, ScxmlOptions.standard().withDepth(256))).state())
        .hasSize(1);
  }

  @Test
  void read_tooManyBytes_isRefusedBeforeTheRestIsRead() {
    InputStream endless = // whose end nobody lives to see
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }
        };

    assertThatThrownBy(() -> Scxml.read(endless))
        .isInstanceOf(ScxmlException.class)
        .hasMessageContaining("1,048,576 bytes");
  }

  @Test
  void read_tooManyStates_isRefused() {
    assertThat(
            refusalOf(
                OPEN + "<state id='a'/><state id='b'/></scxml>",
                ScxmlOptions.standard().withStates(1)))
        .hasMessageContaining("more than 1 states");
  }

  @ParameterizedTest
  @CsvSource({"''", "' '", "no xml", "<scxml", "<scxml></state>", "<a/><b/>"})
  void read_noXml_isRefused(String document) {
    assertThat(refusalOf(document)).isNotNull();
  }

  @Test
  void read_missingFile_isNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> Scxml.read(folder.resolve("none.scxml")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.scxml");
  }

  @Test
  void read_bytes_areOfTheEncodingThatTheyName() {
    String document =
        "<?xml version='1.0' encoding='ISO-8859-1'?>" + OPEN + "<state id='tür'/></scxml>";

    Session session =
        Session.of(
            Scxml.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.ISO_8859_1))));

    assertThat(session.state()).containsExactly("tür");
  }

  // The elements, with their places.

  @Test
  void read_unknownElement_isNamedWithItsPlace() {
    ScxmlException refusal =
        refusalOf(OPEN + "\n  <state id='a'>\n    <stat/>\n  </state></scxml>");

    assertThat(refusal).hasMessageStartingWith("Line 3, column 5: <stat> is not supported");
    assertThat(refusal.line()).isEqualTo(3);
    assertThat(refusal.column()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<state id='a'><invoke src='b'/></state> | <invoke> is not supported: other services",
        "<script>x = 1</script> | <script> is not supported: scripts are not run",
        "<state id='a'><onentry><script/></onentry></state> | <script> is not supported",
        "<state id='a'><transition evnt='e'/></state> | 'evnt' of <transition> is not supported",
        "<state id='a'><transition event='e' target='b'/></state> | no state with the id 'b'",
        "<state id='a'/><state id='a'/> | another state with the id 'a'",
        "<state id='a b'/> | 'a b' is no id",
        "<state id='a'>hello</state> | cannot hold the text 'hello'",
        "<state id='a'><final id='b'/><state><final/></state><else/></state> | <else> cannot stand in <state>",
        "<final id='a'><transition event='e'/></final> | <transition> cannot stand in <final>",
        "<parallel id='a'><final/></parallel> | <final> cannot stand in <parallel>",
        "<state id='a' initial='c'><state id='b'/></state><state id='c'/> | 'c' is not inside of 'a'",
        "<state id='a' initial='b'/><state id='b'/> | no states inside",
        "<state id='a'><history id='h'/></state> | <history> stands in a state that has no states",
        "<state id='a'><history id='h' type='flat'/><state/></state> | 'shallow' or 'deep', not 'flat'",
        "<state id='a'><transition event='e' type='odd'/></state> | 'external' or 'internal', not 'odd'",
        "<state id='a'><transition/></state> | needs 'event', 'cond' or 'target'",
        "<state id='a'><transition event='a.*.b' target='a'/></state> | no list of events",
        "<state id='a'><transition event='e' target='b c'/></state><state id='b'/><state id='c'/> | cannot be active together",
        "<state id='a'><initial><transition event='e' target='b'/></initial><state id='b'/></state> | neither 'event' nor 'cond'",
        "<state id='a' initial='b'><initial><transition target='b'/></initial><state id='b'/></state> | more than once",
        "<state id='a'><onentry><raise/></onentry></state> | <raise> needs the attribute 'event'",
        "<state id='a'><onentry><send event='e' delay='soon'/></onentry></state> | 'soon' is no delay",
        "<state id='a'><onentry><send event='e' eventexpr='x'/></onentry></state> | both 'event' and 'eventexpr'",
        "<state id='a'><onentry><send event='e' target='http://example.org'/></onentry></state> | to itself alone",
        "<state id='a'><onentry><send event='e' target='#_parent'/></onentry></state> | to itself alone",
        "<state id='a'><transition event='e' cond='1 +'/></state> | it ends where a value belongs",
        "<datamodel><data id='x'/><data id='x'/></datamodel><state/> | another <data> with the id 'x'",
        "<datamodel><data id='x' src='x.json'/></datamodel><state/> | 'src' of <data> is not supported",
        "<state id='a' initial='h'><history id='h'/><state/></state> | 'h' has no end",
        "<state id='a'><history id='h'><transition target='i'/></history><history id='i'><transition target='h'/></history><state/></state> | 'h' has no end",
        "`` | has no states"
      })
  void read_whatCannotRun_isNamed(String content, String problem) {
    assertThat(refusalOf(OPEN + content + "</scxml>")).hasMessageContaining(problem);
  }

  @Test
  void read_otherRoot_isNamed() {
    assertThat(refusalOf("<state/>")).hasMessageContaining("begins with <state>");
  }

  @Test
  void read_otherVersion_isNamed() {
    assertThat(refusalOf("<scxml version='2.0'><state/></scxml>")).hasMessageContaining("'2.0'");
  }

  @Test
  void read_otherDataModel_isNamedWithThoseThatAreKnown() {
    assertThat(refusalOf("<scxml datamodel='xpath'><state/></scxml>"))
        .hasMessageContaining("'xpath'")
        .hasMessageContaining("[ecmascript, null]");
  }

  @Test
  void read_valuesWithoutADataModel_areNamed() {
    String data = "<datamodel><data id='x'/></datamodel><state/></scxml>";

    assertThat(refusalOf("<scxml datamodel='null'>" + data))
        .hasMessageContaining("<data> needs a data model");
  }

  @Test
  void read_otherNamespace_isSkippedWhereThatIsAsked() {
    String editor = "<q:layout xmlns:q='urn:editor' x='1'><q:more/></q:layout>";
    String document = OPEN + "<state id='a'>" + editor + "</state></scxml>";

    assertThat(refusalOf(document)).hasMessageContaining("urn:editor");
    assertThat(
            Session.of(Scxml.read(document, ScxmlOptions.standard().ignoring("urn:editor")))
                .state())
        .containsExactly("a");
  }

  @Test
  void options_outOfBounds_areRefused() {
    assertThatThrownBy(() -> ScxmlOptions.standard().withDepth(257))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("257");
    assertThatThrownBy(() -> ScxmlOptions.standard().withSize(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
