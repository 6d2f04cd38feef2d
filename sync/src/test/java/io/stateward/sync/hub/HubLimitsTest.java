package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class HubLimitsTest {

  private static HubLimits with(RecordComponent component, int limit)
      throws ReflectiveOperationException {
    String name = component.getName();
    String wither = "with" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return (HubLimits)
        HubLimits.class.getMethod(wither, int.class).invoke(HubLimits.standard(), limit);
  }

  @Test
  void with_ofEachLimit_changesThatOneAlone() throws ReflectiveOperationException {
    RecordComponent[] components = HubLimits.class.getRecordComponents();
    assertThat(components).hasSize(18);

    for (RecordComponent changed : components) {
      HubLimits limits = with(changed, 7);
      for (RecordComponent each : components) {
        Object expected = each.getAccessor().invoke(HubLimits.standard());
        assertThat(each.getAccessor().invoke(limits))
            .as("%s where %s is another", each.getName(), changed.getName())
            .isEqualTo(each.getName().equals(changed.getName()) ? 7 : expected);
      }
    }
  }

  @Test
  void with_lessThanOne_isRefusedByName() {
    for (RecordComponent component : HubLimits.class.getRecordComponents()) {
      assertThatThrownBy(() -> with(component, 0))
          .isInstanceOf(InvocationTargetException.class)
          .hasRootCauseMessage("'%s' is at least 1, not 0.".formatted(component.getName()));
    }
  }
}
