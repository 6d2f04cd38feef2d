package io.stateward.statemachine.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.persist.Migrations;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Orders;
import io.stateward.statemachine.Payments;
import io.stateward.statemachine.Payments.Payment;
import io.stateward.statemachine.Payments.PaymentEvent;
import io.stateward.statemachine.Players;
import io.stateward.statemachine.Players.Player;
import io.stateward.statemachine.Players.PlayerEvent;
import io.stateward.statemachine.Snapshot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class MachineCodecTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final MachineCodec<Player, PlayerEvent> PLAYER =
      MachineCodec.of(Players.PLAYER, RecordCodecs::of);
  private static final MachineCodec<Orders.Status, Orders.Event> ORDER =
      MachineCodec.of(Orders.ORDER, RecordCodecs::of);

  /** A door of several versions. */
  sealed interface Door {
    record Shut(String colour) implements Door {}

    record Ajar(int degrees) implements Door {}
  }

  enum DoorEvent {
    PUSH,
    PULL
  }

  private static Machine<Door, DoorEvent> door(int version, boolean pulls) {
    return Machine.define("door", Door.class, DoorEvent.class)
        .version(version)
        .initial(new Door.Shut("red"))
        .in(
            Door.Shut.class,
            s -> s.on(DoorEvent.PUSH).to(Door.Ajar.class, (shut, push) -> new Door.Ajar(10)))
        .in(
            Door.Ajar.class,
            s ->
                pulls
                    ? s.on(DoorEvent.PULL).to(Door.Shut.class, (ajar, e) -> new Door.Shut("red"))
                    : s.on(DoorEvent.PUSH).update((ajar, e) -> new Door.Ajar(ajar.degrees() + 1)))
        .build();
  }

  private static MachineCodec<Door, DoorEvent> doors(int version, boolean pulls) {
    return MachineCodec.of(door(version, pulls), RecordCodecs::of);
  }

  @Provide
  Arbitrary<List<PlayerEvent>> playerEvents() {
    return Arbitraries.<PlayerEvent>of(
            new PlayerEvent.Power(),
            new PlayerEvent.Play(),
            new PlayerEvent.Pause(),
            new PlayerEvent.Mute(),
            new PlayerEvent.Next("second"),
            new PlayerEvent.Break())
        .list()
        .ofMaxSize(15);
  }

  @Property(seed = "5180426", tries = 300)
  void roundTrip_ofPlayerAtAnyPoint_changesNothingAfterwards(
      @ForAll("playerEvents") List<PlayerEvent> before,
      @ForAll("playerEvents") List<PlayerEvent> after) {
    Snapshot<Player> snapshot = Players.PLAYER.begin(null, NOW).snapshot();
    for (PlayerEvent event : before) {
      snapshot = Players.PLAYER.step(snapshot, event, NOW).snapshot();
    }

    Snapshot<Player> again = PLAYER.decode(PLAYER.encode(snapshot));

    assertThat(again).isEqualTo(snapshot);
    for (PlayerEvent event : after) {
      snapshot = Players.PLAYER.step(snapshot, event, NOW).snapshot();
      again = Players.PLAYER.step(again, event, NOW).snapshot();
      assertThat(again).isEqualTo(snapshot);
    }
  }

  @Provide
  Arbitrary<List<Orders.Event>> orderEvents() {
    return Arbitraries.of(Orders.Event.values()).list().ofMaxSize(12);
  }

  @Property(seed = "91827364", tries = 300)
  void roundTrip_ofOrderAtAnyPoint_changesNothingAfterwards(
      @ForAll("orderEvents") List<Orders.Event> before,
      @ForAll("orderEvents") List<Orders.Event> after) {
    Snapshot<Orders.Status> snapshot =
        Orders.ORDER.begin(new Orders.Order("7", 0, 0), NOW).snapshot();
    for (Orders.Event event : before) {
      snapshot = Orders.ORDER.step(snapshot, event).snapshot();
    }

    Snapshot<Orders.Status> again = ORDER.fromTree(Tree.parse(ORDER.toTree(snapshot).toJson()));

    assertThat(again).isEqualTo(snapshot);
    for (Orders.Event event : after) {
      snapshot = Orders.ORDER.step(snapshot, event).snapshot();
      again = Orders.ORDER.step(again, event).snapshot();
      assertThat(again).isEqualTo(snapshot);
    }
  }

  @Test
  void encode_snapshotWithWork_hasItAndItsDataByName() {
    Machine<Payment, PaymentEvent> machine =
        Payments.machine(
            new Payments.Gateway() {
              @Override
              public Payments.Token validate(Payments.Order order) {
                return new Payments.Token("t");
              }

              @Override
              public Payments.Receipt charge(
                  Payments.Order order, Payments.Token token, String key) {
                return new Payments.Receipt("r");
              }
            });
    MachineCodec<Payment, PaymentEvent> codec = MachineCodec.of(machine, RecordCodecs::of);
    Snapshot<Payment> snapshot =
        machine
            .step(machine.begin().snapshot(), new PaymentEvent.Start(new Payments.Order("7", 100)))
            .snapshot();

    Tree tree = codec.toTree(snapshot);

    assertThat(tree.at("/states").toJson()).isEqualTo("[\"Validating\"]");
    assertThat(tree.at("/data/payment").toJson())
        .isEqualTo(
            "{\"type\":\"Validating\",\"value\":{\"order\":{\"id\":\"7\",\"cents\":100},\"attempt\":1}}");
    assertThat(tree.at("/invocations/0/name").asString()).isEqualTo("validate");
    assertThat(codec.fromTree(tree)).isEqualTo(snapshot);
  }

  /** Messages of two sorts that are called the same. */
  sealed interface Message {
    record Open() implements Message {}

    sealed interface Parent extends Message {
      record Cancel(String why) implements Parent {}
    }

    sealed interface Child extends Message {
      record Cancel(String why) implements Child {}
    }
  }

  private interface Left {
    record Count(int value) {}
  }

  private interface Right {
    record Count(int value) {}
  }

  @Test
  void decode_typesOfOneSimpleName_areToldApart() {
    Machine<Door, Message> machine =
        Machine.define("door", Door.class, Message.class)
            .initial(new Door.Shut("red"))
            .context(new Left.Count(1))
            .context(new Right.Count(2))
            .in(
                Door.Shut.class,
                s ->
                    s.on(Message.Child.Cancel.class)
                        .defer()
                        .on(Message.Parent.Cancel.class)
                        .defer()
                        .on(Message.Open.class)
                        .to(Door.Ajar.class, (shut, open) -> new Door.Ajar(1)))
            .in(Door.Ajar.class, s -> s)
            .build();
    MachineCodec<Door, Message> codec = MachineCodec.of(machine, RecordCodecs::of);
    Snapshot<Door> snapshot = machine.begin().snapshot();
    snapshot = machine.step(snapshot, new Message.Parent.Cancel("p")).snapshot();
    snapshot = machine.step(snapshot, new Message.Child.Cancel("c")).snapshot();

    Snapshot<Door> again = codec.decode(codec.encode(snapshot));

    assertThat(again.deferred())
        .containsExactly(new Message.Parent.Cancel("p"), new Message.Child.Cancel("c"));
    assertThat(again.find(Left.Count.class)).isEqualTo(new Left.Count(1));
    assertThat(again.find(Right.Count.class)).isEqualTo(new Right.Count(2));
  }

  @Test
  void decode_brokenJson_isRefused() {
    assertThatThrownBy(() -> PLAYER.decode("{\"machine\":".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> PLAYER.fromTree(Tree.parse("[]"))).isInstanceOf(CodecException.class);
    Tree tree = PLAYER.toTree(Players.PLAYER.begin(null, NOW).snapshot());
    assertThatThrownBy(() -> PLAYER.fromTree(tree.without("/timers")))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("timers");
    assertThatThrownBy(() -> PLAYER.fromTree(tree.with("/time", Tree.of("noon"))))
        .isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> PLAYER.fromTree(tree.with("/data/player/type", Tree.of("Onn"))))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("Onn");
  }

  private static Tree stored(MachineCodec<Door, DoorEvent> codec) {
    return codec.toTree(codec.machine().begin().snapshot());
  }

  @Test
  void decode_ofAnotherMachine_isRefused() {
    assertThatThrownBy(() -> PLAYER.fromTree(stored(doors(1, true))))
        .isInstanceOf(IncompatibleSnapshotException.class)
        .hasMessageContaining("'door'")
        .hasMessageContaining("'player'");
  }

  @Test
  void decode_newerVersion_isRefused() {
    assertThatThrownBy(() -> doors(1, true).fromTree(stored(doors(2, true))))
        .isInstanceOf(IncompatibleSnapshotException.class)
        .hasMessageContaining("version 2")
        .hasMessageContaining("newer program");
  }

  @Test
  void decode_otherStructureInTheSameVersion_isRefused() {
    assertThatThrownBy(() -> doors(1, false).fromTree(stored(doors(1, true))))
        .isInstanceOf(IncompatibleSnapshotException.class)
        .hasMessageContaining("transitions")
        .hasMessageContaining("Count the version up");
  }

  @Test
  void decode_unknownState_isRefusedByName() {
    Tree tree = stored(doors(1, true)).with("/states", Tree.array("Locked"));

    assertThatThrownBy(() -> doors(1, true).fromTree(tree))
        .isInstanceOf(IncompatibleSnapshotException.class)
        .hasMessageContaining("[Locked]")
        .hasMessageContaining("[Shut, Ajar]");
  }

  @Test
  void decode_noSuchPosition_isRefused() {
    Tree tree = stored(doors(1, true)).with("/states", Tree.array("Shut", "Ajar"));

    assertThatThrownBy(() -> doors(1, true).fromTree(tree))
        .isInstanceOf(IncompatibleSnapshotException.class)
        .hasMessageContaining("door");
  }

  @Test
  void decode_olderVersion_isMigratedOrRefused() {
    Tree old =
        stored(doors(1, true))
            .with("/states", Tree.array("Closed"))
            .with("/data/door/type", Tree.of("Closed"));
    MachineCodec<Door, DoorEvent> current = doors(2, false);

    assertThatThrownBy(() -> current.fromTree(old))
        .isInstanceOf(IncompatibleSnapshotException.class)
        .hasMessageContaining("version 1")
        .hasMessageContaining("version 2");
    Migrations migrations =
        Migrations.to(2)
            .step(
                1,
                tree ->
                    tree.with("/states", Tree.array("Shut"))
                        .with("/data/door/type", Tree.of("Shut"))
                        .with("/data/door/value/colour", Tree.of("blue")));
    assertThat(current.migrations(migrations).fromTree(old).state())
        .isEqualTo(new Door.Shut("blue"));
    assertThatThrownBy(() -> current.migrations(Migrations.to(3)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void encode_snapshotOfAnotherMachine_isRefused() {
    assertThatThrownBy(() -> doors(1, true).toTree(door(1, true).begin().snapshot()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'door'");
  }
}
