package io.stateward.statemachine.scxml;

import static io.stateward.statemachine.scxml.Session.session;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document sends to its own machine. */
final class SendTest {

  @Test
  void send_withoutDelay_comesAfterWhatIsRaised() {
    Session session =
        session(
            """
            <state id='a'>
              <transition event='e'><send event='sent'/><raise event='raised'/></transition>
              <transition event='raised' target='b'/>
              <transition event='sent' target='bad'/>
            </state>
            <state id='b'><transition event='sent' target='c'/></state>
            <state id='c'/><state id='bad'/>""");

    assertThat(session.send("e").state()).containsExactly("c");
  }

  @Test
  void send_withDelay_waitsForIt() {
    Session session =
        session(
            """
            <state id='a'>
              <onentry><send event='late' delay='1.5s'/><send event='soon' delayexpr="'1s'"/></onentry>
              <transition event='soon' target='b'/>
            </state>
            <state id='b'><transition event='late' target='c'/></state><state id='c'/>""");

    assertThat(session.advance(999).state()).containsExactly("a");
    assertThat(session.advance(1).state()).containsExactly("b");
    assertThat(session.advance(499).state()).containsExactly("b");
    assertThat(session.advance(1).state()).containsExactly("c");
    assertThat(session.snapshot().timers()).isEmpty();
  }

  @Test
  void cancel_dropsWhatWasSent() {
    Session session =
        session(
            """
            <datamodel><data id='made'/></datamodel>
            <state id='a'>
              <onentry>
                <send id='one' event='e1' delay='1s'/>
                <send idlocation='made' event='e2' delay='1s'/>
                <send event='e3' delay='1s'/>
              </onentry>
              <transition event='stop'><cancel sendid='one'/><cancel sendidexpr='made'/></transition>
              <transition event='*'><log expr='_event.name'/></transition>
            </state>""");

    assertThat(session.send("stop").snapshot().timers()).hasSize(1);
    assertThat(session.advance(1000).logged()).containsExactly("e3");
  }

  @Test
  void send_bringsIdAndOriginAndData() {
    Session session =
        session(
            """
            <datamodel><data id='x' expr='[1, 2]'/></datamodel>
            <state id='a'>
              <onentry>
                <send id='s' eventexpr="'e' + 1" namelist='x'><param name='y' expr='x[1]'/></send>
              </onentry>
              <transition event='e1'>
                <log expr="_event.sendid + ' ' + _event.origin + ' ' + _event.data.x + ' ' + _event.data.y"/>
                <send targetexpr='_event.origin' typeexpr='_event.origintype' event='back'><content>{"z": 3}</content></send>
              </transition>
              <transition event='back'><log expr='_event.data.z'/></transition>
            </state>""");

    assertThat(session.logged()).containsExactly("s #_scxml_m 1,2 2", "3");
  }

  @Test
  void send_toTheInternalQueue_isRaised() {
    Session session =
        session(
            """
            <state id='a'>
              <onentry><send event='external'/><send target='#_internal' event='internal'/></onentry>
              <transition event='internal' cond="_event.type === 'internal'" target='b'/>
            </state>
            <state id='b'><transition event='external' target='c'/></state><state id='c'/>""");

    assertThat(session.state()).containsExactly("c");
  }

  @ParameterizedTest
  @CsvSource({
    "target='!odd', error.execution",
    "type='27', error.execution",
    "targetexpr='nobody', error.execution",
    "target='#_scxml_other', error.communication",
    "namelist='nobody', error.execution"
  })
  void send_thatCannotBe_isAnEventWithItsId(String attribute, String error) {
    Session session =
        session(
            """
            <state id='a'>
              <onentry><send id='s' event='e' %s/><raise event='never'/></onentry>
              <transition event='*'><log expr="_event.name + ' ' + _event.sendid"/></transition>
            </state>"""
                .formatted(attribute));

    assertThat(session.logged()).containsExactly(error + " s");
  }
}
