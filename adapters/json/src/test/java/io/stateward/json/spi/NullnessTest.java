package io.stateward.json.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NullnessTest {

  @NullMarked
  record Marked(int number, String text, @Nullable String note, List<@Nullable String> list) {

    Marked(String text, int number) {
      this(number, text, null, List.of());
    }

    @NullUnmarked
    record Unmarked(int number, String text, @Nullable String note, @NonNull String name) {}

    record Inner(String text) {}
  }

  /** The package is marked. */
  record Silent(String text) {}

  @Test
  void of_nullMarkedRecord_isWhatItsComponentsSay() {
    assertThat(Nullness.of(Marked.class, "number")).isEqualTo(Nullness.NON_NULL);
    assertThat(Nullness.of(Marked.class, "text")).isEqualTo(Nullness.NON_NULL);
    assertThat(Nullness.of(Marked.class, "note")).isEqualTo(Nullness.NULLABLE);
    assertThat(Nullness.of(Marked.class, "list")).isEqualTo(Nullness.NON_NULL);
    assertThat(Nullness.of(Marked.Inner.class, "text")).isEqualTo(Nullness.NON_NULL);
  }

  @Test
  void of_recordOfAMarkedPackage_isMarkedToo() {
    assertThat(Nullness.of(Silent.class, "text")).isEqualTo(Nullness.NON_NULL);
  }

  @Test
  void of_unmarkedRecord_isUnspecified() {
    assertThat(Nullness.of(Marked.Unmarked.class, "text")).isEqualTo(Nullness.UNSPECIFIED);
    assertThat(Nullness.of(Marked.Unmarked.class, "number")).isEqualTo(Nullness.NON_NULL);
    assertThat(Nullness.of(Marked.Unmarked.class, "note")).isEqualTo(Nullness.NULLABLE);
    assertThat(Nullness.of(Marked.Unmarked.class, "name")).isEqualTo(Nullness.NON_NULL);
  }

  @Test
  void of_whatIsNoComponent_isNullable() throws ReflectiveOperationException {
    assertThat(Nullness.of(Marked.class, "other")).isEqualTo(Nullness.NULLABLE);
    assertThat(Nullness.of(String.class, "value")).isEqualTo(Nullness.NULLABLE);
    assertThat(Nullness.of(Marked.class.getDeclaredConstructor(String.class, int.class), 0))
        .isEqualTo(Nullness.NULLABLE);
  }

  @Test
  void of_canonicalConstructor_isThatOfTheComponent() throws ReflectiveOperationException {
    var canonical =
        Marked.class.getDeclaredConstructor(int.class, String.class, String.class, List.class);

    assertThat(Nullness.of(canonical, 1)).isEqualTo(Nullness.NON_NULL);
    assertThat(Nullness.of(canonical, 2)).isEqualTo(Nullness.NULLABLE);
  }
}
