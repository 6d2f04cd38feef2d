package io.stateward.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.collection.PersistentVector;
import io.stateward.json.Samples.Circle;
import io.stateward.json.Samples.Color;
import io.stateward.json.Samples.Group;
import io.stateward.json.Samples.Nothing;
import io.stateward.json.Samples.Point;
import io.stateward.json.Samples.Scalars;
import io.stateward.json.Samples.Shape;
import io.stateward.json.Samples.Square;
import io.stateward.json.Samples.State;
import io.stateward.json.Samples.Times;
import io.stateward.json.Samples.Todo;
import io.stateward.json.Samples.User;
import io.stateward.json.Samples.UserId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Random values of all sample types go there and back, through bytes and through trees, and from
 * one adapter to the other if there are two. The random values are drawn from a {@link Random} that
 * the property seeds.
 *
 * @since 0.1
 */
public abstract class JsonRoundTripProperties {

  private static final Map<String, TreeCodec<?>> MADE = new ConcurrentHashMap<>();

  /** For subclasses. */
  protected JsonRoundTripProperties() {}

  /**
   * Returns the adapter that writes.
   *
   * @return its strict codecs
   */
  protected abstract JsonCodecs writing();

  /**
   * Returns the adapter that reads.
   *
   * @return its strict codecs
   */
  protected abstract JsonCodecs reading();

  @Property(seed = "20261122", tries = 300)
  void states_comeBack(@ForAll long seed) {
    Draw draw = new Draw(seed);

    assertComesBack("state/1", new JsonType<State>() {}, draw.state());
  }

  @Property(seed = "20261123", tries = 300)
  void scalars_comeBack(@ForAll long seed) {
    assertComesBack("scalars/1", new JsonType<Scalars>() {}, new Draw(seed).scalars());
  }

  @Property(seed = "20261124", tries = 500)
  void times_comeBack(@ForAll long seed) {
    assertComesBack("times/1", new JsonType<Times>() {}, new Draw(seed).times());
  }

  @Property(seed = "20261125", tries = 300)
  void sealedTrees_comeBack(@ForAll long seed) {
    assertComesBack("shape/1", new JsonType<Shape>() {}, new Draw(seed).shape(6));
  }

  @Property(seed = "20261126", tries = 100)
  void mapsByTime_comeBack(@ForAll long seed) {
    Draw draw = new Draw(seed);
    PersistentMap<Instant, Map<YearMonth, Duration>> map =
        draw.map(draw::instant, () -> draw.map(draw::yearMonth, draw::duration));

    assertComesBack("times/2", new JsonType<>() {}, map);
  }

  private <T> void assertComesBack(String schema, JsonType<T> type, T value) {
    TreeCodec<T> writer =
        codec(schema + " w", () -> Samples.described(writing()).codec(schema, type));
    TreeCodec<T> reader =
        codec(schema + " r", () -> Samples.described(reading()).codec(schema, type));
    TreeCodec<T> lenient =
        codec(schema + " l", () -> Samples.described(reading()).lenient().codec(schema, type));
    byte[] bytes = writer.encode(value);

    assertThat(reader.decode(bytes)).isEqualTo(value);
    assertThat(reader.encode(value)).isEqualTo(bytes);
    assertThat(reader.fromTree(writer.toTree(value))).isEqualTo(value);
    assertThat(Tree.parse(bytes)).isEqualTo(writer.toTree(value));
    assertThat(lenient.decode(bytes)).isEqualTo(value);
  }

  /** Makes a codec once for all tries of a property. */
  @SuppressWarnings("unchecked")
  private <T> TreeCodec<T> codec(String use, Supplier<TreeCodec<T>> maker) {
    return (TreeCodec<T>) MADE.computeIfAbsent(getClass().getName() + use, any -> maker.get());
  }

  /** Draws values. */
  private static final class Draw {
    private static final String[] ZONES = {"Europe/Paris", "UTC", "+05:45", "America/New_York"};

    private final Random random;

    Draw(long seed) {
      this.random = new Random(seed);
    }

    State state() {
      return new State(
          EntityTable.<Long, Todo>of(Todo::id).setAll(list(this::todo)),
          map(this::key, this::user),
          map(this::date, () -> PersistentVector.copyOf(list(() -> shape(3)))),
          map(() -> new UserId(key()), random::nextInt),
          PersistentVector.copyOf(list(() -> PersistentVector.copyOf(list(random::nextInt)))),
          orNull(() -> shape(2)),
          changed(),
          list(random::nextLong));
    }

    private Map<Color, Instant> changed() {
      Map<Color, Instant> changed = new EnumMap<>(Color.class);
      list(() -> changed.put(color(), instant()));
      return changed;
    }

    private Todo todo() {
      return new Todo(random.nextInt(20), text(), random.nextBoolean());
    }

    private User user() {
      return new User(text(), random.nextInt(100), orNull(this::text));
    }

    Shape shape(int depth) {
      return switch (random.nextInt(depth > 0 ? 5 : 4)) {
        case 0 -> new Circle(random.nextGaussian());
        case 1 -> new Square(random.nextInt(), orNull(this::text));
        case 2 -> new Nothing();
        case 3 -> new Point(random.nextInt(), random.nextInt());
        default -> new Group(PersistentVector.copyOf(list(() -> shape(depth - 1))));
      };
    }

    Scalars scalars() {
      return new Scalars(
          random.nextBoolean(),
          (byte) random.nextInt(),
          (short) random.nextInt(),
          random.nextInt(),
          random.nextLong(),
          Float.intBitsToFloat(random.nextInt()),
          random.nextInt(10) == 0 ? Double.NaN : Double.longBitsToDouble(random.nextLong()),
          (char) (' ' + random.nextInt(0xD000)),
          text(),
          new BigInteger(random.nextInt(500), random),
          new BigDecimal(new BigInteger(100, random), random.nextInt(60) - 30),
          color(),
          new UUID(random.nextLong(), random.nextLong()),
          orNull(random::nextInt));
    }

    Times times() {
      LocalDate date = date();
      LocalTime time = time();
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(2 * 18 * 3600) - 18 * 3600);
      ZoneId zone = ZoneId.of(ZONES[random.nextInt(ZONES.length)]);
      return new Times(
          instant(),
          date,
          time,
          LocalDateTime.of(date, time),
          time.atOffset(offset),
          LocalDateTime.of(date, time).atOffset(offset),
          LocalDateTime.of(date, time).atZone(zone),
          duration(),
          Period.of(random.nextInt(), random.nextInt(20) - 10, random.nextInt(99)),
          Year.of(date.getYear()),
          YearMonth.from(date),
          MonthDay.from(date),
          zone,
          offset,
          DayOfWeek.from(date));
    }

    private YearMonth yearMonth() {
      return YearMonth.from(date());
    }

    private Duration duration() {
      return Duration.ofSeconds(random.nextLong() >> random.nextInt(60), random.nextInt(1 << 30));
    }

    private Instant instant() {
      long seconds = (random.nextLong() >> random.nextInt(50)) % 31_556_889_864_403_199L;
      return Instant.ofEpochSecond(seconds, nanos());
    }

    private LocalDate date() {
      return LocalDate.ofEpochDay(
          random.nextInt(4) == 0 ? random.nextInt() * 100L : random.nextInt(40_000));
    }

    private LocalTime time() {
      return LocalTime.ofNanoOfDay(random.nextInt(86_400) * 1_000_000_000L).withNano(nanos());
    }

    private int nanos() {
      return random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000_000);
    }

    private Color color() {
      return Color.values()[random.nextInt(2)];
    }

    private String text() {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(8); length > 0; length--) {
        switch (random.nextInt(6)) {
          case 0 -> text.append((char) random.nextInt(0x20));
          case 1 -> text.append("\"\\/\u2028<&\u007F".charAt(random.nextInt(7)));
          case 2 -> text.append((char) random.nextInt(0x10000)); // surrogates among them
          case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
          default -> text.append((char) ('a' + random.nextInt(26)));
        }
      }
      return text.toString();
    }

    /** Returns a text whose surrogates are in pairs. */
    private String key() {
      String text = text();
      return new String(text.getBytes(UTF_8), UTF_8);
    }

    private <T> @Nullable T orNull(Supplier<T> some) {
      return random.nextBoolean() ? some.get() : null;
    }

    private <T> List<T> list(Supplier<T> element) {
      List<T> list = new ArrayList<>();
      for (int size = random.nextInt(4); size > 0; size--) {
        list.add(element.get());
      }
      return list;
    }

    private <K, V> PersistentMap<K, V> map(Supplier<K> key, Supplier<V> value) {
      PersistentMap<K, V> map = PersistentMap.of();
      for (int size = random.nextInt(4); size > 0; size--) {
        map = map.plus(key.get(), value.get());
      }
      return map;
    }
  }
}
