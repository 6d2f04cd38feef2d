package io.stateward.json.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScalarTest {

  @Test
  void javaTime_values_haveTheirIsoForm() {
    assertForm(Instant.ofEpochSecond(0, 1), "1970-01-01T00:00:00.000000001Z");
    assertForm(Year.of(44), "0044");
    assertForm(Year.of(-44), "-0044");
    assertForm(Year.of(12026), "+12026");
    assertForm(YearMonth.of(12026, 2), "+12026-02");
    assertForm(YearMonth.of(2026, 12), "2026-12");
    assertForm(Duration.ofMillis(-1500), "PT-1.5S");
    assertForm(
        OffsetDateTime.of(2026, 1, 2, 3, 4, 0, 0, ZoneOffset.ofHours(5)), "2026-01-02T03:04+05:00");
    assertForm( // the later of two equal local times, when summer time ends
        ZonedDateTime.ofInstant(Instant.parse("2026-10-25T01:30:00Z"), ZoneId.of("Europe/Paris")),
        "2026-10-25T02:30+01:00[Europe/Paris]");
  }

  @Test
  void javaTime_otherForms_areNotRead() {
    for (String text : List.of("2026", "26-1", "2026-13", "12026-02", "2026-02-01", "")) {
      assertThatThrownBy(() -> of(YearMonth.class).read().apply(text)).as(text).isNotNull();
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> Scalar<T> of(Class<T> type) {
    return (Scalar<T>)
        Scalar.javaTime().stream()
            .filter(scalar -> scalar.type() == type)
            .findFirst()
            .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static <T> void assertForm(T value, String text) {
    Scalar<T> scalar = of((Class<T>) value.getClass());

    assertThat(scalar.write().apply(value)).isEqualTo(text);
    assertThat(scalar.read().apply(text)).isEqualTo(value);
  }
}
