package io.stateward.statemachine.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Orders;
import io.stateward.statemachine.Orders.Event;
import io.stateward.statemachine.Orders.Order;
import io.stateward.statemachine.Orders.Status;
import io.stateward.statemachine.Players;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.ChartMachine;
import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.EventSpaces;
import io.stateward.statemachine.internal.Form;
import io.stateward.statemachine.internal.Guard;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.StateSpec.Kind;
import io.stateward.statemachine.internal.Trigger;
import io.stateward.time.VirtualTimekeeper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DrawingTest {

  private enum Press {
    GO,
    STOP
  }

  private static final Machine<Status, Event> ORDER = Orders.ORDER;
  private static final Snapshot<Status> NEW =
      ORDER.begin(new Order("1", 0, 0), Instant.EPOCH).snapshot();

  private final ChartSpec chart =
      new ChartSpec("press", EventSpaces.of("press", Press.class), Form.NAMES);
  private final StateSpec idle = state(chart.root(), "Idle", Kind.ATOMIC);
  private final StateSpec busy = state(chart.root(), "Busy", Kind.COMPOUND);
  private final StateSpec left = state(busy, "Left", Kind.ATOMIC);
  private final StateSpec right = state(busy, "Right", Kind.ATOMIC);

  private static StateSpec state(StateSpec parent, String name, Kind kind) {
    StateSpec state = new StateSpec(name, kind);
    parent.children().add(state);
    return state;
  }

  private static ArcSpec to(StateSpec target, Trigger trigger) {
    ArcSpec arc = new ArcSpec(trigger);
    arc.targets().add(new ArcSpec.Target(target, null));
    return arc;
  }

  private Machine<?, ?> machine() {
    chart.root().initial(to(idle, new Trigger.Initial()));
    busy.initial(to(left, new Trigger.Initial()));
    return ChartMachine.build(chart);
  }

  private static Guard guard(String name) {
    return new Guard(name, (state, event, view) -> true, false);
  }

  @Test
  void mermaid_ofAnOrder_readsAsTheExampleSays() {
    Snapshot<Status> now = NEW;

    String text = Mermaid.of(ORDER).highlight(now).toString();

    assertThat(text).contains("NEW --> RESERVED : RESERVE").contains("class NEW active");
  }

  @Test
  void plantUml_ofAStep_readsAsTheExampleSays() {
    Step<Status> step = ORDER.step(NEW, Event.RESERVE);

    String text = PlantUml.of(ORDER).highlight(step).toString();

    assertThat(text).contains("NEW -[#E65100,bold]-> RESERVED : RESERVE");
  }

  @Test
  void xstate_ofAnOrder_readsAsTheExampleSays() {
    String json = XStateJson.of(ORDER).toString();

    assertThat(json).contains("\"initial\": \"OPEN\"").contains("\"target\": \"#RESERVED\"");
  }

  @Test
  void scxml_ofAnOrder_readsAsTheExampleSays() {
    String document = ScxmlText.of(ORDER).toString();

    assertThat(document).contains("<transition event=\"RESERVE\" target=\"RESERVED\"/>");
  }

  @Test
  void highlight_ofAStep_marksWhatWasTaken() {
    String text = Mermaid.of(ORDER).highlight(ORDER.step(NEW, Event.RESERVE)).toString();

    assertThat(text)
        .contains("NEW --> RESERVED : ▶ RESERVE\n")
        .contains("RESERVED --> PAID : PAY [paid in full]\n")
        .contains("class RESERVED active\n")
        .contains("class OPEN around\n");
  }

  @Test
  void highlight_ofAnActor_marksWhereItStands() {
    try (Actors actors = Actors.on(Runnable::run).timekeeper(VirtualTimekeeper.create()).build()) {
      Actor<Players.Player, Players.PlayerEvent> player = Players.PLAYER.start(actors);
      Mermaid off = Mermaid.of(Players.PLAYER).highlight(player);

      player.tell(new Players.PlayerEvent.Power());

      assertThat(off.toString()).contains("class Off active\n");
      assertThat(Mermaid.of(Players.PLAYER).highlight(player).toString())
          .contains("class Stopped,Audible active\n")
          .contains("class On,Playback,Volume around\n");
      assertThat(PlantUml.of(Players.PLAYER).highlight(player).toString())
          .contains("state \"Stopped\" as Stopped #FFCA28")
          .contains("state \"Off\" as Off\n");
    }
  }

  @Test
  void highlight_returnsAnother() {
    Mermaid plain = Mermaid.of(ORDER);
    String before = plain.toString();

    plain.highlight(NEW);

    assertThat(plain).hasToString(before);
    assertThat(before).doesNotContain("active");
  }

  @Test
  void highlight_ofAnotherMachine_isRefused() {
    Snapshot<?> other = Players.PLAYER.begin().snapshot();

    assertThatThrownBy(() -> Mermaid.of(ORDER).highlight(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("order")
        .hasMessageContaining("player");
    assertThatThrownBy(() -> PlantUml.of(ORDER).highlight(other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void choice_isADiamond() {
    Trigger go = Trigger.on(Press.GO);
    idle.arcs().add(to(left, go).guard(guard("small")));
    idle.arcs().add(to(right, go));

    assertThat(Mermaid.of(machine()).toString())
        .contains("state Idle_choice <<choice>>\n")
        .contains("Idle --> Idle_choice : GO\n")
        .contains("Idle_choice --> Left : [small]\n")
        .contains("Idle_choice --> Right : [else]\n");
  }

  @Test
  void transitionIntoItsSource_saysWhetherItLeavesThat() {
    busy.arcs().add(to(right, Trigger.on(Press.GO)));
    busy.arcs().add(to(left, Trigger.on(Press.STOP)).external(true));

    Machine<?, ?> machine = machine();

    assertThat(Mermaid.of(machine).toString())
        .contains("Busy --> Right : GO\n")
        .contains("Busy --> Left : STOP (external)\n");
    assertThat(ScxmlText.of(machine).toString())
        .contains("<transition event=\"GO\" target=\"Right\" type=\"internal\"/>")
        .contains("<transition event=\"STOP\" target=\"Left\"/>");
    assertThat(XStateJson.of(machine).toString())
        .contains("\"GO\": [{ \"target\": \"#Right\" }]")
        .contains("\"STOP\": [{ \"target\": \"#Left\", \"reenter\": true }]");
  }

  @Test
  void whatARootDoes_isDrawnAroundEverything() {
    chart.root().arcs().add(to(idle, Trigger.on(Press.STOP)));

    Machine<?, ?> machine = machine();

    assertThat(Mermaid.of(machine).toString())
        .contains("state \"press\" as press {\n")
        .contains("  [*] --> press\n")
        .contains("press --> Idle : STOP\n");
    assertThat(ScxmlText.of(machine).toString())
        .contains("<state id=\"press\" initial=\"Idle\">")
        .contains("<transition event=\"done.state.press\" target=\"press.end\"/>");
  }

  @Test
  void actions_areNamedByTheirSort() {
    ArcSpec arc = to(left, new Trigger.Always()).guard(guard("ready"));
    arc.actions().add(new Action.Raise("raise", (state, event) -> Press.GO));
    arc.actions().add(new Action.Emit("told", (state, event) -> "x"));
    arc.actions().add(new Action.Cancel("reminder"));
    arc.actions().add(new Action.Run("charge", (state, event, key) -> {}));
    idle.arcs().add(arc);

    assertThat(Mermaid.of(machine()).toString())
        .contains("Idle --> Left : [ready] / raise, emit told, cancel reminder, charge\n");
  }

  @Test
  void ids_stayTheSameWhenOthersComeAndGo() {
    Chart before = ((ChartMachine<?, ?>) machine()).chart();
    state(chart.root(), "More", Kind.ATOMIC);
    Chart after = ((ChartMachine<?, ?>) machine()).chart();

    for (String name : List.of("Idle", "Busy", "Left", "Right")) {
      assertThat(new Ids(after).of(after.node(name)))
          .isEqualTo(new Ids(before).of(before.node(name)))
          .isEqualTo(name);
    }
  }

  @Test
  void ids_ofNamesThatMeanSomething_areOthers() {
    StateSpec end = state(chart.root(), "end", Kind.ATOMIC);
    state(chart.root(), "a b", Kind.ATOMIC);
    state(chart.root(), "a-b", Kind.ATOMIC);
    state(chart.root(), "Busy_start", Kind.ATOMIC);
    state(chart.root(), "状態", Kind.ATOMIC);
    idle.arcs().add(to(end, Trigger.on(Press.GO)));

    Chart drawn = ((ChartMachine<?, ?>) machine()).chart();
    Ids ids = new Ids(drawn);

    assertThat(drawn.nodes().stream().map(ids::of))
        .containsExactly(
            "press", "Idle", "Busy", "Left", "Right", "end_", "a_b", "a_b_2", "Busy_start_", "s");
  }
}
