package io.stateward.statemachine.scxml;

import static io.stateward.statemachine.scxml.Session.session;
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
import io.stateward.statemachine.durable.MachineCodec;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What documents do; the W3C's own cases are in {@link ConformanceTest}. */
final class ScxmlTest {

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
      assertThat(actor.state().get()).containsExactly("c");
      time.advance(Duration.ofMillis(999));
      assertThat(actor.state().get()).containsExactly("c");
      time.advance(Duration.ofMillis(1));
      assertThat(actor.state().get()).containsExactly("d");
    }
  }

  @Test
  void snapshot_isStored_withVariablesAndWhatIsWaitedFor() {
    Machine<List<String>, ScxmlEvent> machine =
        Scxml.read(
            """
            <scxml>
              <datamodel><data id='x' expr='[1]'/><data id='y'/></datamodel>
              <state id='a'>
                <onentry><send id='s' event='e' delay='1s' namelist='x'/></onentry>
                <transition event='e' target='b'><assign location='y' expr='_event.data.x'/></transition>
              </state>
              <state id='b'/>
            </scxml>""");
    MachineCodec<List<String>, ScxmlEvent> codec =
        MachineCodec.of(machine, Scxml::codec).type(ScxmlEvent.class);
    Snapshot<List<String>> begun = machine.begin().snapshot();

    Snapshot<List<String>> again = codec.decode(codec.encode(begun));

    assertThat(again).isEqualTo(begun);
    Snapshot<List<String>> fired = machine.fire(again, again.timers().get(0), null).snapshot();
    assertThat(fired.state()).containsExactly("b");
    assertThat(fired.get(Variables.class).get("y")).isEqualTo(Tree.array(Tree.of(1)));
    assertThatThrownBy(() -> Scxml.codec(String.class)).hasMessageContaining("java.lang.String");
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
