package io.stateward.json.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.function.Function;

/**
 * A type whose values are strings in JSON, also where they are keys of a map.
 *
 * @param <T> the type
 * @param type its class
 * @param write makes the string of a value
 * @param read makes a value of its string; throws what it likes for others
 * @since 0.1
 */
public record Scalar<T>(Class<T> type, Function<T, String> write, Function<String, T> read) {

  private static final DateTimeFormatter YEAR =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
          .toFormatter();
  private static final DateTimeFormatter YEAR_MONTH =
      new DateTimeFormatterBuilder()
          .append(YEAR)
          .appendLiteral('-')
          .appendValue(ChronoField.MONTH_OF_YEAR, 2)
          .toFormatter();

  private static final List<Scalar<?>> JAVA_TIME =
      List.of(
          iso(Instant.class, Instant::parse),
          iso(LocalDate.class, LocalDate::parse),
          iso(LocalTime.class, LocalTime::parse),
          iso(LocalDateTime.class, LocalDateTime::parse),
          iso(OffsetTime.class, OffsetTime::parse),
          iso(OffsetDateTime.class, OffsetDateTime::parse),
          iso(ZonedDateTime.class, ZonedDateTime::parse),
          iso(Duration.class, Duration::parse),
          iso(Period.class, Period::parse),
          iso(MonthDay.class, MonthDay::parse),
          new Scalar<>(Year.class, YEAR::format, text -> Year.parse(text, YEAR)),
          new Scalar<>(
              YearMonth.class, YEAR_MONTH::format, text -> YearMonth.parse(text, YEAR_MONTH)),
          new Scalar<>(ZoneOffset.class, ZoneOffset::getId, ZoneOffset::of),
          new Scalar<>(ZoneId.class, ZoneId::getId, ZoneId::of));

  private static <T> Scalar<T> iso(Class<T> type, Function<String, T> read) {
    return new Scalar<>(type, Object::toString, read);
  }

  /**
   * Returns the types of {@code java.time}, in the ISO form that they parse themselves.
   *
   * @return the types, subclasses before their superclasses
   */
  public static List<Scalar<?>> javaTime() {
    return JAVA_TIME;
  }
}
