package io.stateward.statemachine.scxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Tree;
import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.diagram.ScxmlText;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What documents do; the W3C's own cases are in {@link ConformanceTest}. */
final class ScxmlTest {

  private static Session session(String content) {
    return Session.of(
        "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' name='m'>"
            + content
            + "</scxml>");
  }

  @Test
  void read_exampleOfTheDocumentation_holds() {
    Machine<List<String>, ScxmlEvent> door =
        Scxml.read(
            """
            <scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" initial="closed">
              <state id="closed"><transition event="open" target="opened"/></state>
              <state id="opened"><transition event="close" target="closed"/></state>
            </scxml>""");

    Snapshot<List<String>> opened =
        door.step(door.begin().snapshot(), ScxmlEvent.of("open")).snapshot();

    assertThat(opened.state()).containsExactly("opened");
  }

  @Test
  void read_exampleOfTheOptions_holds() {
    ScxmlOptions small = ScxmlOptions.standard().withSize(64 * 1024).withStates(200);

    assertThat(Scxml.read("<scxml><state id='a'/></scxml>", small).begin().snapshot().state())
        .containsExactly("a");
  }

  @Test
  void read_nameOfTheDocument_isThatOfTheMachine() {
    assertThat(Scxml.read("<scxml name='door'><state/></scxml>").name()).isEqualTo("door");
    assertThat(Scxml.read("<scxml name='a'><state id='a'/></scxml>").begin().snapshot().state())
        .containsExactly("a");
  }

  @Test
  void read_sameDocument_sameStructure() {
    String document =
        "<scxml><state><transition event='e' target='b'/></state><state id='b'/></scxml>";

    assertThat(Scxml.read(document).structure())
        .isEqualTo(Scxml.read(document.replace("><", ">\n  <")).structure());
  }

  @Test
  void step_unknownEvent_isIgnored() {
    Session session =
        session("<state id='a'><transition event='e' target='b'/></state><state id='b'/>");

    assertThat(session.send("nothing.such").last()).isEqualTo(new Outcome.Ignored(false));
    assertThat(session.state()).containsExactly("a");
  }

  // Raise, done, errors.

  @Test
  void done_ofACompoundAndAParallel_areEvents() {
    Session session =
        session(
            """
            <parallel id='p'>
              <state id='r1'><state id='x'><transition event='e' target='xx'/></state><final id='xx'/>
                <transition event='done.state.r1'><log expr='_event.name'/></transition></state>
              <state id='r2'><state id='y'><transition event='f' target='yy'/></state><final id='yy'/></state>
              <transition event='done.state.p' target='end'/>
            </parallel>
            <final id='end'/>""");

    assertThat(session.send("e").logged()).containsExactly("done.state.r1");
    assertThat(session.send("f").state()).containsExactly("end");
    assertThat(session.snapshot().isDone()).isTrue();
  }

  @Test
  void done_bringsTheDataOfTheFinalState() {
    Session session =
        session(
            """
            <datamodel><data id='x' expr='6'/></datamodel>
            <state id='a'>
              <state id='b'><transition event='e' target='c'/><transition event='f' target='d'/></state>
              <final id='c'><donedata><param name='six' expr='x'/><param name='one' location='x'/></donedata></final>
              <final id='d'><donedata><content expr='nobody'/></donedata></final>
              <transition event='error.execution'><log expr="'failed'"/></transition>
              <transition event='done.state.a' cond='_event.data.six == 6 &amp;&amp; _event.data.one == 6' target='good'/>
              <transition event='done.state.a' target='bad'/>
            </state>
            <state id='good'><transition target='a' event='again'/></state>
            <state id='bad'/>""");

    assertThat(session.send("e").state()).containsExactly("good");
    assertThat(session.send("again").send("f").state()).containsExactly("bad");
    assertThat(session.logged()).containsExactly("failed");
  }

  @Test
  void failure_endsItsBlockAlone_andIsAnEvent() {
    Session session =
        session(
            """
            <state id='a'>
              <onentry><raise event='first'/><assign location='nobody' expr='1'/><raise event='never'/></onentry>
              <onentry><raise event='second'/></onentry>
              <transition event='error.execution'><log expr="'error ' + _event.type"/></transition>
              <transition event='*'><log expr='_event.name'/></transition>
            </state>""");

    assertThat(session.logged()).containsExactly("first", "error platform", "second");
  }

  @Test
  void condition_thatFails_isFalseAndAnEvent() {
    Session session =
        session(
            """
            <state id='a'>
              <transition event='e' cond='nobody == 1' target='bad'/>
              <transition event='e' target='b'/>
            </state>
            <state id='b'><transition event='error.execution' target='c'/></state>
            <state id='c'/><state id='bad'/>""");

    assertThat(session.send("e").state()).containsExactly("c");
  }

  @ParameterizedTest
  @CsvSource({"event='*'", "''"})
  void condition_thatFailsForItsOwnFailure_isAFailureThatChangesNothing(String event) {
    Session session =
        session(
            """
            <state id='a'><transition event='e' target='b'/></state>
            <state id='b'><transition %s cond='nobody' target='a'/></state>"""
                .formatted(event));

    session.send("e");

    if (event.isEmpty()) {
      assertThat(session.last()).isInstanceOf(Outcome.Failed.class);
      assertThat(session.state()).containsExactly("a");
    } else {
      assertThat(session.state()).containsExactly("b");
      assertThat(session.send("e").last()).isInstanceOf(Outcome.Failed.class);
    }
  }

  @Test
  void loop_withoutEnd_isAFailureThatChangesNothing() {
    Session session =
        session(
            """
            <state id='a'><transition event='e' target='b'/></state>
            <state id='b'><transition target='c'/></state><state id='c'><transition target='b'/></state>""");

    session.send("e");

    assertThat(session.last()).isInstanceOf(Outcome.Failed.class);
    assertThat(session.state()).containsExactly("a");
  }

  // What is sent.

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

  // Values.

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

  // Among the rest of the library.

  @Test
  void actor_takesWhatIsSentBeforeWhatComesLater_andWaitsForTheRest() {
    VirtualTimekeeper time = VirtualTimekeeper.create();
    Machine<List<String>, ScxmlEvent> machine =
        Scxml.read(
            """
            <scxml>
              <state id='a'><transition event='e' target='b'>
                <send event='soon'/><send event='late' delay='1s'/>
              </transition></state>
              <state id='b'><transition event='soon' target='c'/></state>
              <state id='c'><transition event='late' target='d'/></state>
              <final id='d'/>
            </scxml>""");

    try (Actors actors = Actors.on(Runnable::run).timekeeper(time).build()) {
      Actor<List<String>, ScxmlEvent> actor = machine.start(actors);
      actor.tell(ScxmlEvent.of("e"));
      time.advance(Duration.ZERO);
      assertThat(actor.state().get()).containsExactly("c");
      time.advance(Duration.ofMillis(999));
      assertThat(actor.state().get()).containsExactly("c");
      time.advance(Duration.ofMillis(1));
      assertThat(actor.state().get()).containsExactly("d");
    }
  }

  @Test
  void export_isReadAgain_asTheSame() {
    Machine<List<String>, ScxmlEvent> machine =
        Scxml.read(
            """
            <scxml name='player' initial='p'>
              <parallel id='p'>
                <history id='h' type='deep'><transition target='on'/></history>
                <state id='power'>
                  <state id='off'><onentry><raise event='switched'/></onentry>
                    <transition event='power.on remote.*' target='on'/></state>
                  <state id='on'><transition event='power' cond='In(muted)' type='internal' target='off'/></state>
                </state>
                <state id='sound'>
                  <state id='muted'><transition event='switched' target='loud'/></state>
                  <state id='loud'/>
                </state>
                <transition event='*' target='end'/>
              </parallel>
              <final id='end'/>
            </scxml>"""
                .replace("<scxml", "<scxml datamodel='null'"));

    String exported = ScxmlText.of(machine).toString();

    assertThat(ScxmlText.of(Scxml.read(exported))).hasToString(exported);
  }

  // Without values.

  @Test
  void none_runsWhatNeedsNoValues() {
    Session session =
        Session.of(
            """
            <scxml datamodel='null'>
              <parallel id='p'>
                <state id='r1'>
                  <state id='a'>
                    <onentry><log label='l' expr='as it stands'/></onentry>
                    <transition event='e' cond='In(c) and not In(b)' target='b'/>
                  </state>
                  <state id='b'><onentry><if cond='In(c)'><raise event='next'/></if></onentry></state>
                </state>
                <state id='r2'><state id='c'><transition event='next' target='d'/></state><state id='d'/></state>
              </parallel>
            </scxml>""");

    assertThat(session.send("e").state()).containsExactlyInAnyOrder("b", "d");
    assertThat(session.logged()).containsExactly("as it stands");
  }

  // A language of somebody else's.

  /** Knows one word. */
  private static final class Answer implements DataModel {
    @Override
    public String name() {
      return "answer";
    }

    @Override
    public Condition condition(String source) {
      return bindings -> source.equals("yes");
    }

    @Override
    public Expression expression(String source) {
      if (!source.equals("answer")) {
        throw new ExpressionException("'%s' is not the answer.".formatted(source));
      }
      return bindings -> Tree.of(42);
    }

    @Override
    public Location location(String source) {
      return (bindings, value) -> {
        if (source.equals("broken")) {
          throw new IllegalStateException("It is broken.");
        }
        return bindings.variables().with(source, value);
      };
    }
  }

  @Test
  void model_ofSomebodyElse_isUsed() {
    ScxmlOptions options = ScxmlOptions.standard().with(new Answer());
    String start = "<scxml datamodel='answer'><datamodel><data id='x'/></datamodel>";
    Session session =
        Session.of(
            Scxml.read(
                start
                    + """
                    <state id='a'>
                      <onentry><assign location='x' expr='answer'/><assign location='broken' expr='answer'/></onentry>
                      <transition event='error.execution' cond='yes' target='b'/>
                    </state><state id='b'/></scxml>""",
                options));

    assertThat(session.state()).containsExactly("b");
    assertThat(session.snapshot().get(Variables.class).get("x")).isEqualTo(Tree.of(42));
    assertThatThrownBy(
            () ->
                Scxml.read(
                    start + "<state><onentry><log expr='question'/></onentry></state></scxml>",
                    options))
        .isInstanceOf(ScxmlException.class)
        .hasMessageContaining("'question' is not the answer");
  }

  // Purity and codecs.

  @Test
  void step_isPure() {
    Machine<List<String>, ScxmlEvent> machine =
        Scxml.read(
            """
            <scxml><datamodel><data id='x' expr='0'/></datamodel>
              <state id='a'><transition event='e'><assign location='x' expr='x + 1'/></transition></state>
            </scxml>""");
    Snapshot<List<String>> begin = machine.begin().snapshot();

    Step<List<String>> one = machine.step(begin, ScxmlEvent.of("e"));
    Step<List<String>> again = machine.step(begin, ScxmlEvent.of("e"));

    assertThat(one.snapshot()).isEqualTo(again.snapshot());
    assertThat(one.snapshot().get(Variables.class).get("x")).isEqualTo(Tree.of(1));
    assertThat(begin.get(Variables.class).get("x")).isEqualTo(Tree.of(0));
  }

  @Test
  void codecs_readWhatTheyWrite() {
    Variables variables =
        Variables.none().with("a", Tree.array("x")).with("b", null).with("c", null);
    List<ScxmlEvent> events =
        List.of(
            ScxmlEvent.of("plain"),
            ScxmlEvent.of("full", Tree.object().plus("amount", 12)),
            ScxmlEvent.raised("raised"),
            new ScxmlEvent("e", Tree.ofNull(), ScxmlEvent.Type.PLATFORM, "id", "#_scxml_m"));

    assertThat(Variables.codec().decode(Variables.codec().encode(variables))).isEqualTo(variables);
    assertThat(events)
        .allSatisfy(
            it ->
                assertThat(ScxmlEvent.codec().decode(ScxmlEvent.codec().encode(it))).isEqualTo(it));
  }

  @Test
  void variables_whatIsNotThere_isNamed() {
    assertThatThrownBy(() -> Variables.none().get("x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'x'");
  }
}
