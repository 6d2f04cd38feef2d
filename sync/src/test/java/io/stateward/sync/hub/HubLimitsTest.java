package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HubLimitsTest {

  static List<Record> standards() {
    return List.of(HubLimits.standard(), ConnectionLimits.standard(), DocumentLimits.standard());
  }

  private static List<RecordComponent> numbers(Record limits) {
    return Arrays.stream(limits.getClass().getRecordComponents())
        .filter(each -> each.getType() == int.class)
        .toList();
  }

  private static Object with(Record standard, RecordComponent component, int limit)
      throws ReflectiveOperationException {
    String name = component.getName();
    String wither = "with" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return standard.getClass().getMethod(wither, int.class).invoke(standard, limit);
  }

  @ParameterizedTest
  @MethodSource("standards")
  void with_ofEachLimit_changesThatOneAlone(Record standard) throws ReflectiveOperationException {
    assertThat(numbers(standard)).hasSizeGreaterThan(3);

    for (RecordComponent changed : numbers(standard)) {
      Object limits = with(standard, changed, 7);
      for (RecordComponent each : standard.getClass().getRecordComponents()) {
        Object expected = each.getAccessor().invoke(standard);
        assertThat(each.getAccessor().invoke(limits))
            .as("%s where %s is another", each.getName(), changed.getName())
            .isEqualTo(each.getName().equals(changed.getName()) ? 7 : expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("standards")
  void with_lessThanOne_isRefusedByName(Record standard) {
    for (RecordComponent component : numbers(standard)) {
      assertThatThrownBy(() -> with(standard, component, 0))
          .isInstanceOf(InvocationTargetException.class)
          .hasRootCauseMessage("'%s' is at least 1, not 0.".formatted(component.getName()));
    }
  }

  @Test
  void withEach_changesTheLimitsOfOne() {
    HubLimits limits =
        HubLimits.standard()
            .withConnections(7)
            .withEachConnection(each -> each.withLag(8))
            .withEachConnection(each -> each.withDepth(9))
            .withEachDocument(each -> each.withRecent(10));

    assertThat(limits)
        .isEqualTo(
            new HubLimits(
                7,
                2_000,
                2_000,
                10_000,
                ConnectionLimits.standard().withLag(8).withDepth(9),
                DocumentLimits.standard().withRecent(10)));
  }
}
