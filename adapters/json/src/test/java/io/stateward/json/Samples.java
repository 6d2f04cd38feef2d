package io.stateward.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.collection.PersistentVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * The types that the kit of JSON adapters reads and writes.
 *
 * @since 0.1
 */
@NullMarked
public final class Samples {

  private Samples() {}

  /**
   * Says what has to be said about the types here.
   *
   * @param codecs codecs of an adapter
   * @return the same with names and tables
   */
  public static JsonCodecs described(JsonCodecs codecs) {
    return codecs
        .named(Circle.class, "circle")
        .named(Square.class, "square")
        .named(Group.class, "group")
        .named(Nothing.class, "nothing")
        .table(Todo.class, EntityTable.sorted(Todo::id, Comparator.comparing(Todo::title)));
  }

  /** Members of three kinds: with components, of components, and without any. */
  sealed interface Shape {}

  /** Members that are shared. */
  sealed interface Round extends Shape {}

  /** A member of a member. */
  record Circle(double radius) implements Round {}

  /** A member that has members. */
  record Group(PersistentVector<Shape> shapes) implements Shape {}

  /** A member, with what looks like getters but is no component. */
  record Square(int side, @Nullable String label) implements Shape {
    /** Derived. */
    public boolean isLabelled() {
      return label != null;
    }

    /** Derived. */
    public int getArea() {
      return side * side;
    }
  }

  /** A member without components. */
  record Nothing() implements Shape {}

  /** A member that names itself. */
  @JsonTypeName("point")
  record Point(int x, int y) implements Shape {}

  /** An entity. */
  record Todo(long id, String title, boolean done) {}

  /** A user, with a name of its own. */
  @JsonTypeName("user/3")
  record User(String name, int age, @Nullable String email) {
    /** Refuses what is no age. */
    public User {
      if (age < 0) {
        throw new IllegalArgumentException("an age is not negative: " + age);
      }
    }
  }

  /** A key that is a string. */
  record UserId(@JsonValue String text) {
    /** Makes one. */
    @JsonCreator
    public static UserId of(String text) {
      return new UserId(text);
    }
  }

  /** An enum. */
  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "not the name";
      }
    }
  }

  /** Everything of one state. */
  record State(
      EntityTable<Long, Todo> todos,
      PersistentMap<String, User> users,
      PersistentMap<LocalDate, PersistentVector<Shape>> days,
      PersistentMap<UserId, Integer> scores,
      PersistentVector<PersistentVector<Integer>> grid,
      @Nullable Shape selected,
      Map<Color, Instant> changed,
      List<Long> numbers) {}

  /** Every scalar. */
  record Scalars(
      boolean flag,
      byte small,
      short medium,
      int number,
      long large,
      float rough,
      double fine,
      char letter,
      String text,
      BigInteger huge,
      BigDecimal exact,
      Color color,
      UUID id,
      @Nullable Integer boxed) {}

  /** Every type of java.time. */
  record Times(
      Instant instant,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      OffsetTime offsetTime,
      OffsetDateTime offsetDateTime,
      ZonedDateTime zonedDateTime,
      Duration duration,
      Period period,
      Year year,
      YearMonth yearMonth,
      MonthDay monthDay,
      ZoneId zone,
      ZoneOffset offset,
      DayOfWeek day) {}

  /** A generic record. */
  record Page<T>(List<T> items, int next) {}

  /** Nested in itself. */
  record Nest(PersistentVector<Nest> in) {}

  /** A record of code that says nothing about null. */
  @NullUnmarked
  record Unmarked(String text) {}
}
