package io.stateward.statemachine.scxml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A tree of tokens tells of names what comparing them with each descriptor would. */
final class EventNamesTest {

  @Property(seed = "710042")
  void kind_matchesWhatTheNameMatches(
      @ForAll("descriptors") List<String> descriptors, @ForAll("names") String name) {
    EventNames space = EventNames.of(descriptors);

    Object key = space.key(space.kindOf(ScxmlEvent.of(name)));

    for (String descriptor : descriptors) {
      assertThat(EventNames.matches(EventNames.tokens(descriptor), key))
          .as("%s matches %s", descriptor, name)
          .isEqualTo(naive(descriptor, name));
    }
  }

  /** As the W3C has it: a sequence of tokens that begins the name's, with .* or without. */
  private static boolean naive(String descriptor, String name) {
    String prefix = descriptor.replaceAll("\\.?\\*$", "");
    return prefix.isEmpty() || (name + ".").startsWith(prefix + ".");
  }

  @Test
  void kinds_areAsManyAsTheDocumentTellsApart_whateverComes() {
    EventNames space = EventNames.of(List.of("a.b", "a.c.*", "*"));

    for (int i = 0; i < 1000; i++) {
      space.kindOf(ScxmlEvent.of("a.x" + i));
    }

    assertThat(space.size()).isEqualTo(4); // everything else, a, a.b, a.c
    assertThat(space.name(space.kindOf(ScxmlEvent.of("a.c.d")))).isEqualTo("a.c");
    assertThat(space.name(space.kindOf(ScxmlEvent.of("ab")))).isEqualTo("*");
    assertThat(space.kindOf("a.b")).isEqualTo(-1);
  }

  @Provide
  Arbitrary<List<String>> descriptors() {
    Arbitrary<String> end = Arbitraries.of("", ".*");
    Arbitrary<String> some = names().flatMap(name -> end.map(rest -> name + rest));
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(9, some), net.jqwik.api.Tuple.of(1, Arbitraries.just("*")))
        .list()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("a", "b", "ab")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(it -> String.join(".", it));
  }
}
