package io.stateward.statemachine.scxml;

import static io.stateward.statemachine.scxml.Session.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document holds, and computes. */
final class DataTest {

  @Test
  void data_countsAndIsSeen() {
    Session session =
        session(
            """
            <datamodel><data id='tries' expr='0'/><data id='name'> Ada  Lovelace </data></datamodel>
            <state id='a'>
              <transition event='e' cond='tries &lt; 2'><assign location='tries' expr='tries + 1'/></transition>
              <transition event='e' target='b'/>
            </state>
            <state id='b'/>""");

    assertThat(session.send("e").send("e").state()).containsExactly("a");
    Variables now = Objects.requireNonNull(session.snapshot().find(Variables.class));
    assertThat(now.get("tries").asInt()).isEqualTo(2);
    assertThat(now.get("name")).isEqualTo(Tree.of("Ada Lovelace"));
    assertThat(session.send("e").state()).containsExactly("b");
  }

  @Test
  void assign_isSeenWithinTheSameMicrostep() {
    Session session =
        session(
            """
            <datamodel><data id='x' expr='1'/></datamodel>
            <state id='a'>
              <onexit><assign location='x' expr='x * 10'/></onexit>
              <transition event='e' target='b'><assign location='x' expr='x + 1'/></transition>
            </state>
            <state id='b'><onentry><log expr='x'/></onentry><transition cond='x === 11' target='c'/></state>
            <state id='c'/>""");

    assertThat(session.send("e").state()).containsExactly("c");
    assertThat(session.logged()).containsExactly("11");
  }

  @Test
  void data_thatFails_isUnsetAndAnEvent() {
    Session session =
        session(
            """
            <datamodel><data id='x' expr='nobody.at.all'/><data id='y' expr='2'/></datamodel>
            <state id='a'><transition event='error.execution' cond="typeof x === 'undefined' &amp;&amp; y == 2" target='b'/></state>
            <state id='b'/>""");

    assertThat(session.state()).containsExactly("b");
  }

  @ParameterizedTest
  @CsvSource({"early, 'late 1', 'late 5'", "late, 'late undefined', 'late 5'"})
  void data_isBoundEarlyOrLate(String binding, String before, String after) {
    Session session =
        Session.of(
            """
            <scxml binding='%s'>
              <datamodel><data id='x'>5</data></datamodel>
              <state id='a'>
                <onentry><log expr="'late ' + y"/></onentry>
                <transition event='e' target='b'/>
              </state>
              <state id='b'>
                <datamodel><data id='y' expr='1'/></datamodel>
                <onentry><assign location='y' expr='y + 4'/><log expr="'late ' + y"/></onentry>
                <transition event='again' target='c'/>
              </state>
              <state id='c'><transition event='again' target='b'/></state>
            </scxml>"""
                .formatted(binding));

    assertThat(session.send("e").logged()).containsExactly(before, after);
    session.send("again").send("again");
    assertThat(session.logged()).last().isEqualTo("late 9"); // bound once
  }

  @Test
  void choice_takesTheFirstThatHolds() {
    Session session =
        session(
            """
            <state id='a'>
              <transition event='e'>
                <if cond='_event.data &gt; 10'><log expr="'big'"/>
                <elseif cond='nobody'/><log expr="'never'"/>
                <elseif cond='_event.data &gt; 5'/><log expr="'middle'"/>
                <else/><log expr="'small'"/></if>
              </transition>
            </state>""");

    for (int size : new int[] {11, 6, 1}) {
      session.send(ScxmlEvent.of("e", Tree.of(size)));
    }

    assertThat(session.logged()).containsExactly("big", "middle", "small");
  }

  @Test
  void forEach_goesThroughWhatWasThere() {
    Session session =
        session(
            """
            <datamodel><data id='list' expr='[1, 2, 3]'/><data id='sum' expr='0'/></datamodel>
            <state id='a'><onentry>
              <foreach array='list' item='one' index='at'>
                <assign location='sum' expr='sum + one * at'/>
                <assign location='list' expr='list.concat(9)'/>
              </foreach>
              <log expr="sum + ' ' + list.length + ' ' + one + ' ' + at"/>
            </onentry></state>""");

    assertThat(session.logged()).containsExactly("8 6 3 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"7 | x", "[1] | 'continue'", "[1] | _event", "nobody | x"})
  void forEach_overNothingThatItCouldBe_fails(String array, String item) {
    Session session =
        session(
            """
            <state id='a'>
              <onentry><foreach array="%s" item="%s"/></onentry>
              <transition event='error.execution' target='b'/>
            </state><state id='b'/>"""
                .formatted(array, item));

    assertThat(session.state()).containsExactly("b");
  }

  @Test
  void event_isWhatLedHere_alsoWithoutATrigger() {
    Session session =
        session(
            """
            <state id='a'><transition event='e' target='b'/></state>
            <state id='b'><transition cond="_event.name == 'e'" target='c'/></state>
            <state id='c'><onentry><log expr='_event.name'/></onentry></state>""");

    assertThat(session.send("e").logged()).containsExactly("e");
  }

  @Test
  void event_beforeTheFirst_isNone() {
    assertThat(
            session("<state id='a'><onentry><log expr='typeof _event'/></onentry></state>")
                .logged())
        .containsExactly("undefined");
  }
}
