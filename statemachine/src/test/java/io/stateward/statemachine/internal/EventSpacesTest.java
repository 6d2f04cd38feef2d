package io.stateward.statemachine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.statemachine.MachineDefinitionException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EventSpacesTest {

  sealed interface Events {
    record One(int value) implements Events {}

    sealed interface Inner extends Events {
      record Two() implements Inner {}
    }

    enum Three implements Events {
      A,
      B {
        @Override
        public String toString() {
          return "b";
        }
      }
    }

    final class Four implements Inner {}

    sealed class Five implements Events {}

    final class Six extends Five {}
  }

  sealed interface Open {
    record Known() implements Open {}

    non-sealed interface Unknown extends Open {}
  }

  enum Plain {
    X,
    Y
  }

  @Test
  void typed_eachClassAndConstant_isAKind() {
    EventSpace space = EventSpaces.of("m", Events.class);
    Set<Integer> kinds = new HashSet<>();
    Object[] events = {
      new Events.One(1),
      new Events.Inner.Two(),
      Events.Three.A,
      Events.Three.B,
      new Events.Four(),
      new Events.Five(),
      new Events.Six()
    };
    for (Object event : events) {
      int kind = space.kindOf(event);
      assertThat(kind).isBetween(0, space.size() - 1);
      assertThat(kinds.add(kind)).isTrue();
      Object key = space.key(kind);
      assertThat(key).isIn(event, event.getClass());
    }
    assertThat(space.size()).isEqualTo(events.length);
    assertThat(space.kindOf(new Events.One(2))).isEqualTo(space.kindOf(new Events.One(1)));
    assertThat(space.name(space.kindOf(Events.Three.B))).isEqualTo("B");
    assertThat(space.name(space.kindOf(new Events.One(1)))).isEqualTo("One");
    assertThat(space.open()).isFalse();
    assertThat(space.label()).isEqualTo("Events");
  }

  @Test
  void typed_objectsOfOtherClasses_areNone() {
    EventSpace space = EventSpaces.of("m", Events.class);
    assertThat(space.kindOf("one")).isEqualTo(-1);
    assertThat(space.kindOf(Plain.X)).isEqualTo(-1);
  }

  @Test
  void typed_hierarchyThatIsNotClosed_isRefused() {
    assertThatThrownBy(() -> EventSpaces.of("m", Open.class))
        .isInstanceOf(MachineDefinitionException.class)
        .hasMessageContaining("Open$Unknown")
        .hasMessageContaining("machine m");
  }

  @Test
  void constants_areKindsByTheirPlace() {
    EventSpace space = EventSpaces.of("m", Plain.class);
    assertThat(space.size()).isEqualTo(2);
    assertThat(space.kindOf(Plain.Y)).isEqualTo(1);
    assertThat(space.key(1)).isEqualTo(Plain.Y);
    assertThat(space.name(0)).isEqualTo("X");
    assertThat(space.kindOf(Events.Three.A)).isEqualTo(-1);
    assertThat(space.kindOf("X")).isEqualTo(-1);
    assertThatThrownBy(() -> EnumEvents.of(String.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void openSpace_withMoreKindsThanAreKept_goesOn() {
    ChartMachine<java.util.List<String>, String> machine =
        Sketch.made(Sketch.chart(Sketch.atomic("a").on("*", "b"), Sketch.atomic("b").on("*", "a")));
    var at = machine.begin().snapshot();
    for (int i = 0; i < 5_001; i++) {
      at = machine.step(at, "event" + i).snapshot();
    }
    assertThat(at.leaves()).containsExactly("b");
  }
}
