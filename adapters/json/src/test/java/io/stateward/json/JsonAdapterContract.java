package io.stateward.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.stateward.codec.Codec;
import io.stateward.codec.CodecContract;
import io.stateward.codec.CodecException;
import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.collection.PersistentVector;
import io.stateward.json.Samples.Circle;
import io.stateward.json.Samples.Color;
import io.stateward.json.Samples.Group;
import io.stateward.json.Samples.Nest;
import io.stateward.json.Samples.Nothing;
import io.stateward.json.Samples.Page;
import io.stateward.json.Samples.Point;
import io.stateward.json.Samples.Shape;
import io.stateward.json.Samples.Square;
import io.stateward.json.Samples.State;
import io.stateward.json.Samples.Todo;
import io.stateward.json.Samples.Unmarked;
import io.stateward.json.Samples.User;
import io.stateward.json.Samples.UserId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules that every adapter of a JSON library obeys, beside those of a codec: the form of the
 * text, word for word, and what is refused, with which words. To check an adapter, extend this
 * class.
 *
 * @since 0.1
 */
@DisplayName("An adapter of a JSON library")
public abstract class JsonAdapterContract extends CodecContract<State> {

  private static final String STATE =
      """
      {"todos":[{"id":9,"title":"apples","done":true},{"id":2,"title":"milk","done":false}],\
      "users":{"ada":{"name":"Ada","age":36,"email":null}},\
      "days":{"2026-01-02":[{"type":"circle","radius":1.5},{"type":"nothing"},\
      {"type":"group","shapes":[{"type":"square","side":2,"label":"B"},{"type":"point","x":1,"y":-1}]}]},\
      "scores":{"u-1":3},"grid":[[1,2],[]],"selected":{"type":"circle","radius":0.1},\
      "changed":{"GREEN":"1970-01-01T00:00:00Z"},"numbers":[9007199254740993]}""";

  /** For subclasses. */
  protected JsonAdapterContract() {}

  /**
   * Returns the adapter's strict codecs.
   *
   * @return codecs about which nothing has been said yet
   */
  protected abstract JsonCodecs strict();

  private JsonCodecs json() {
    return Samples.described(strict());
  }

  @Override
  protected Codec<State> createCodec() {
    return json().codec("state/1", State.class);
  }

  private static State state() {
    Shape group = new Group(PersistentVector.of(new Square(2, "B"), new Point(1, -1)));
    return new State(
        EntityTable.<Long, Todo>of(Todo::id)
            .add(new Todo(2, "milk", false))
            .add(new Todo(9, "apples", true)),
        PersistentMap.of("ada", new User("Ada", 36, null)),
        PersistentMap.of(
            LocalDate.of(2026, 1, 2), PersistentVector.of(new Circle(1.5), new Nothing(), group)),
        PersistentMap.of(new UserId("u-1"), 3),
        PersistentVector.of(PersistentVector.of(1, 2), PersistentVector.of()),
        new Circle(0.1),
        Map.of(Color.GREEN, Instant.EPOCH),
        List.of(9007199254740993L));
  }

  private static State empty() {
    return new State(
        EntityTable.of(Todo::id),
        PersistentMap.of(),
        PersistentMap.of(),
        PersistentMap.of(),
        PersistentVector.of(),
        null,
        Map.of(),
        List.of());
  }

  @Override
  protected List<State> values() {
    return List.of(empty(), state());
  }

  @Override
  protected List<byte[]> malformed() {
    return List.of(
        new byte[0],
        new byte[] {'"', (byte) 0xFF, '"'},
        "null".getBytes(UTF_8),
        "[]".getBytes(UTF_8),
        (STATE + STATE).getBytes(UTF_8),
        STATE.getBytes(UTF_16));
  }

  @Test
  @DisplayName("6.1 writes the form that the package states, to the letter")
  void rule6_1_formIsThatOfThePackage() {
    State sorted = createCodec().decode(createCodec().encode(state())); // has the table's order

    assertThat(new String(createCodec().encode(sorted), UTF_8)).isEqualTo(STATE);
  }

  @Test
  @DisplayName("6.2 reads tables with the id function and the order that were registered")
  void rule6_2_tablesHaveTheRegisteredOrder() {
    State read = createCodec().decode(createCodec().encode(state()));

    assertThat(read.todos().values()).extracting(Todo::title).containsExactly("apples", "milk");
    assertThat(read.todos().set(new Todo(2, "milk", true)).get(2L).done()).isTrue();
  }

  /** A class that was Circle once. */
  @JsonTypeName("circle")
  record Disc(double radius) implements Renamed {}

  /** A class that was Shape once. */
  sealed interface Renamed {}

  @Test
  @DisplayName("6.3 knows no class names: renamed classes read what the old ones wrote")
  void rule6_3_renamedClassesReadTheSameBytes() {
    byte[] before = json().codec("shape/1", Shape.class).encode(new Circle(2));

    Renamed after = strict().codec("shape/1", Renamed.class).decode(before);

    assertThat(after).isEqualTo(new Disc(2));
    assertThat(new String(before, UTF_8)).doesNotContain("Circle", "Samples", "stateward");
  }

  @Test
  @DisplayName("6.4 names a member wherever it stands, also where its own class is declared")
  void rule6_4_membersAreAlwaysNamed() {
    assertThat(written(json().codec("c/1", Circle.class), new Circle(1)))
        .isEqualTo("{\"type\":\"circle\",\"radius\":1.0}");
    assertThat(
            written(
                json().codec("p/1", new JsonType<Page<Shape>>() {}),
                new Page<>(List.of(new Nothing()), 2)))
        .isEqualTo("{\"items\":[{\"type\":\"nothing\"}],\"next\":2}");
  }

  @Test
  @DisplayName("6.5 writes a surrogate without its other half as an escape, and reads it")
  void rule6_5_brokenTextSurvives() {
    User cut = new User("cut \uD83D", 1, "\uDE00\uD83D\uDE00");
    Codec<User> users = json().codec(User.class);

    assertThat(users.decode(users.encode(cut))).isEqualTo(cut);
    assertThat(written(users, cut)).contains("cut \\ud83d", "\\ude00\uD83D\uDE00");
  }

  @Test
  @DisplayName("6.6 has values as trees, which are the bytes")
  void rule6_6_treesAndBytesAreOneForm() {
    TreeCodec<State> codec = json().codec("state/1", State.class);
    Tree tree = codec.toTree(state());

    assertThat(tree).isEqualTo(Tree.parse(codec.encode(state())));
    assertThat(codec.fromTree(tree)).isEqualTo(state());
    assertThat(tree.at("/todos/0/id").asLong()).isEqualTo(2);
    assertThatThrownBy(() -> codec.fromTree(tree.without("/numbers")))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("'numbers' is missing");
  }

  /** A type of the JDK that the library knows. */
  record Price(Currency currency, long cents) {}

  /** A member that is an enum. */
  enum Sign implements Mark {
    PLUS,
    MINUS
  }

  /** A type that an enum is a member of. */
  sealed interface Mark permits Sign {}

  @Test
  @DisplayName("6.7 leaves other types of the JDK to the library, and enums among members too")
  void rule6_7_otherTypesAreTheLibrarys() {
    Price price = new Price(Currency.getInstance("EUR"), 250);
    Codec<Price> prices = strict().codec("price/1", Price.class);
    Codec<Mark> marks = strict().named(Sign.class, "sign").codec("mark/1", Mark.class);

    assertThat(written(prices, price)).isEqualTo("{\"currency\":\"EUR\",\"cents\":250}");
    assertThat(prices.decode(prices.encode(price))).isEqualTo(price);
    assertThat(written(marks, Sign.MINUS)).isEqualTo("[\"sign\",\"MINUS\"]");
    assertThat(marks.decode(marks.encode(Sign.MINUS))).isEqualTo(Sign.MINUS);
  }

  /** A row of the table of bad input. */
  record Bad(String now, String then, String message) {}

  static List<Bad> badInput() {
    String isNull =
        ": this must not be null. Mark what may be with @Nullable; collections hold no null.";
    return List.of(
        new Bad("\"id\":2", "\"id\":\"hunter2\"", "at $.todos[1].id: the value does not fit long."),
        new Bad(
            "\"id\":2",
            "\"id\":9",
            "at $.todos: entity 1 of the Todo table has the id of one before it."),
        new Bad("\"id\":2,", "", "at $.todos[1].id: 'id' is missing."),
        new Bad(
            "\"done\":true", "\"done\":1", "at $.todos[0].done: the value does not fit boolean."),
        new Bad("\"done\":true", "\"done\":null", "at $.todos[0].done" + isNull),
        new Bad("\"age\":36", "\"age\":36.0", "at $.users.ada.age: the value does not fit int."),
        new Bad(
            "\"age\":36", "\"age\":2147483648", "at $.users.ada.age: the value does not fit int."),
        new Bad(
            "\"age\":36",
            "\"age\":-36",
            "at $.users.ada: the constructor of User refused the values (IllegalArgumentException, see the cause)."),
        new Bad(
            "\"age\":36",
            "\"age\":36,\"hunter2\":[1]",
            "at $.users.ada.hunter2: unknown key; known are [age, email, name]."),
        new Bad(
            "\"age\":36", "\"age\":36,\"age\":36", "at $.users.ada.age: this key is there twice."),
        new Bad("\"name\":\"Ada\"", "\"name\":null", "at $.users.ada.name" + isNull),
        new Bad(
            "\"name\":\"Ada\"",
            "\"name\":7",
            "at $.users.ada.name: the value does not fit String."),
        new Bad(
            "\"name\":\"Ada\"",
            "\"name\":hunter2",
            "at $.users.ada.name: this is not JSON, at line 1, column 110."),
        new Bad("\"ada\":{", "\"ada\":null,\"bob\":{", "at $.users.ada" + isNull),
        new Bad("2026-01-02", "2026-02-30", "at $.days: the value does not fit LocalDate."),
        new Bad(
            "\"type\":\"nothing\"",
            "\"type\":\"anything\"",
            "at $.days['2026-01-02'][1]: unknown \"type\" 'anything'; known are [group, square, nothing, point, circle]."),
        new Bad(
            "\"type\":\"nothing\"",
            "",
            "at $.days['2026-01-02'][1]: there is no \"type\"; known are [group, square, nothing, point, circle]."),
        new Bad(
            "\"type\":\"nothing\"",
            "\"type\":\"io.stateward.json.Samples$Nothing\"",
            "at $.days['2026-01-02'][1]: unknown \"type\" 'io.stateward.json.Samples$Nothing'; known are [group, square, nothing, point, circle]."),
        new Bad(
            "\"shapes\":[", "\"shapes\":[null,", "at $.days['2026-01-02'][2].shapes[0]" + isNull),
        new Bad(
            "\"side\":2",
            "\"side\":2,\"area\":4",
            "at $.days['2026-01-02'][2].shapes[0].area: unknown key; known are [label, side]."),
        new Bad(
            "\"u-1\":3", "\"u-1\":\"3\"", "at $.scores['u-1']: the value does not fit Integer."),
        new Bad("[1,2]", "[1,null]", "at $.grid[0][1]" + isNull),
        new Bad("[[1,2],[]]", "{}", "at $.grid: the value does not fit ArrayList."),
        new Bad("[[1,2],[]]", "\"\"", "at $.grid: the value does not fit ArrayList."),
        new Bad("[[1,2],[]]", "[1]", "at $.grid[0]: the value does not fit ArrayList."),
        new Bad("\"GREEN\"", "\"1\"", "at $.changed: the value does not fit Color."),
        new Bad("\"GREEN\"", "\"not the name\"", "at $.changed: the value does not fit Color."),
        new Bad(
            "\"1970-01-01T00:00:00Z\"", "0", "at $.changed.GREEN: the value does not fit Instant."),
        new Bad(
            "\"1970-01-01T00:00:00Z\"",
            "\"hunter2\"",
            "at $.changed.GREEN: the value does not fit Instant."),
        new Bad(",\"numbers\":[9007199254740993]", "", "at $.numbers: 'numbers' is missing."),
        new Bad("993]}", "993]}{}", "at $: there is more text after the value."),
        new Bad("993]}", "993", "at $.numbers[0]: the text ends before the value is complete."),
        new Bad("{\"todos\"", " \t", "at $: this is not JSON, at line 1, column 3."));
  }

  @ParameterizedTest
  @MethodSource("badInput")
  @DisplayName("7.1 refuses bad input, says where and what, and quotes no value")
  void rule7_1_badInputIsRefusedInTheseWords(Bad bad) {
    assertThat(STATE).contains(bad.now());
    byte[] bytes = STATE.replace(bad.now(), bad.then()).getBytes(UTF_8);

    CodecException refusal =
        catchThrowableOfType(CodecException.class, () -> createCodec().decode(bytes));

    assertThat(refusal).hasMessage("Cannot decode as schema 'state/1': " + bad.message());
    if (!bad.message().contains("hunter2")) {
      assertThat(trace(refusal)).doesNotContain("hunter2");
    }
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  @DisplayName("7.2 says of the whole bytes what is wrong with them")
  void rule7_2_whatIsNoTextIsRefused() {
    assertRefused(new byte[] {'"', (byte) 0xFF, '"'}, "the 3 bytes are not UTF-8.");
    assertRefused(new byte[0], "the text ends before the value is complete.");
    assertRefused("\uFEFF{}".getBytes(UTF_8), "at $: this is not JSON, at line 1, column 1.");
    assertRefused(
        "null".getBytes(UTF_8),
        "at $: this must not be null. Mark what may be with @Nullable; collections hold no null.");
  }

  private void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> createCodec().decode(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessage("Cannot decode as schema 'state/1': " + message);
  }

  @Test
  @DisplayName("7.3 cuts long keys in messages")
  void rule7_3_longKeysAreCut() {
    String key = "k".repeat(100_000) + "\n";
    byte[] bytes = ("{\"name\":\"a\",\"age\":1,\"" + key.strip() + "\":1}").getBytes(UTF_8);

    assertThatThrownBy(() -> json().codec(User.class).decode(bytes))
        .hasMessageContaining("at $['" + "k".repeat(40) + "...' (100000 characters)]: unknown key");
  }

  @Test
  @DisplayName("7.4 reads what may be null, and what may be missing, as it was declared")
  void rule7_4_nullableComponentsMayBeMissing() {
    assertThat(read(json().codec(User.class), "{\"age\":1,\"name\":\"a\"}"))
        .isEqualTo(new User("a", 1, null));
    assertThat(read(json().codec("u/1", Unmarked.class), "{\"text\":null}"))
        .isEqualTo(new Unmarked(null));
    assertThatThrownBy(() -> read(json().codec("u/1", Unmarked.class), "{}"))
        .hasMessageContaining("'text' is missing");
  }

  @Test
  @DisplayName("7.5 does not write what it would not read")
  @SuppressWarnings("NullAway") // on purpose
  void rule7_5_whatIsNotReadIsNotWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> json().codec(User.class).encode(new User(null, 1, null)))
        .withMessage(
            "Cannot encode as schema 'user/3': at $.name: this must not be null."
                + " Mark what may be with @Nullable; collections hold no null.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> texts().encode(Arrays.asList("a", null)))
        .withMessageContaining("at $[1]: this must not be null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> json().codec(User.class).toTree(new User(null, 1, null)))
        .withMessageContaining("at $.name");
  }

  /** A record whose accessor throws. */
  record Broken(String text) {
    @Override
    public String text() {
      throw new IllegalStateException("out of order");
    }
  }

  @Test
  @DisplayName("7.7 says where the host's own code threw, and keeps what it threw")
  void rule7_7_whatTheHostThrowsIsTheCause() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> strict().codec("broken/1", Broken.class).encode(new Broken("a")))
        .withMessage(
            "Cannot encode as schema 'broken/1': at $.text: reading this part of the value failed"
                + " (IllegalStateException, see the cause).")
        .withRootCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> read(json().codec(User.class), "{\"name\":\"a\",\"age\":-1}"))
        .isInstanceOf(CodecException.class)
        .rootCause()
        .hasMessage("an age is not negative: -1");
  }

  @Test
  @DisplayName("7.6 does not write a key that no parser reads")
  void rule7_6_brokenKeysAreNotWritten() {
    Codec<Map<String, Integer>> counts =
        json().codec("counts/1", new JsonType<Map<String, Integer>>() {});

    assertThat(counts.decode(counts.encode(Map.of("\uD83D\uDE00", 1))))
        .isEqualTo(Map.of("\uD83D\uDE00", 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counts.encode(Map.of("cut \uD83D", 1)))
        .withMessageContaining("the key at character 1 has an unpaired surrogate");
  }

  private TreeCodec<List<String>> texts() {
    return json().codec("texts/1", new JsonType<List<String>>() {});
  }

  @Test
  @DisplayName("8.1 lenient codecs accept what others wrote")
  void rule8_1_lenientAcceptsWhatOthersWrote() {
    Codec<User> lenient = json().lenient().codec(User.class);

    assertThat(
            read(lenient, "{\"age\":\"7\",\"name\":1,\"name\":2,\"more\":{\"name\":3}} and so on"))
        .isEqualTo(new User("2", 7, null));
    assertThat(read(lenient, "{\"age\":null,\"name\":\"a\"}")).isEqualTo(new User("a", 0, null));
    assertThat(lenient.decode(lenient.encode(new User("a", 1, "b"))))
        .isEqualTo(new User("a", 1, "b"));
    assertThatThrownBy(() -> read(lenient, "{\"age\":\"seven\"}"))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("at $.age: the value does not fit int");
    assertThatThrownBy(() -> read(lenient, "null")).isInstanceOf(CodecException.class);
  }

  @Test
  @DisplayName("9.1 keeps the limits in both directions, lenient or not")
  void rule9_1_limitsHoldBothWays() {
    for (JsonCodecs codecs : List.of(json(), json().lenient())) {
      JsonLimits standard = JsonLimits.standard();
      assertLimited(codecs.limits(standard.withSize(9)), "123456", "1234567", "longer than 9, at");
      assertLimited(codecs.stringLength(3), "\u20AC\n\u20AC", "abcd", "a string is longer than 3");
    }
  }

  private static void assertLimited(JsonCodecs limited, String most, String more, String message) {
    Codec<List<String>> within = limited.codec("texts/1", new JsonType<List<String>>() {});
    String text = "[\"" + more + "\"]";
    if (!most.contains("\n")) {
      assertThat(within.decode(within.encode(List.of(most.substring(0, 5))))).hasSize(1);
    } else {
      assertThat(within.decode(within.encode(List.of(most)))).containsExactly(most);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> within.encode(List.of(more)))
        .withMessageContaining(message);
    assertThatThrownBy(() -> read(within, text))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(message);
  }

  @Test
  @DisplayName("9.2 writes and reads to the depth of the limit, and no deeper")
  void rule9_2_depthIsLimited() {
    Codec<Nest> nests =
        json().limits(JsonLimits.standard().withDepth(20)).codec("nest/1", Nest.class);
    String tooDeep = "{\"in\":[".repeat(10) + "{\"in\":[]}" + "]}".repeat(10);

    assertThat(nests.decode(nests.encode(nest(10)))).isEqualTo(nest(10));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> nests.encode(nest(11)))
        .withMessageContaining("nesting is deeper than 20");
    assertThatThrownBy(() -> read(nests, tooDeep))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("nesting is deeper than 20, at character 70");
    assertThat(nests.decode(json().codec("nest/1", Nest.class).encode(nest(10)))).isNotNull();
  }

  private static Nest nest(int levels) {
    Nest nest = new Nest(PersistentVector.of());
    for (int i = 1; i < levels; i++) {
      nest = new Nest(PersistentVector.of(nest));
    }
    return nest;
  }

  @Test
  @DisplayName("9.3 refuses numbers that are too long, both ways")
  void rule9_3_numbersAreLimited() {
    Codec<BigInteger> numbers =
        json()
            .limits(JsonLimits.standard().withNumberLength(30))
            .codec("number/1", BigInteger.class);
    BigInteger most = new BigInteger("9".repeat(30));

    assertThat(numbers.decode(numbers.encode(most))).isEqualTo(most);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> numbers.encode(most.add(BigInteger.ONE)))
        .withMessageContaining("a number is longer than 30, at character 0");
    assertThatThrownBy(() -> read(numbers, "1" + "0".repeat(30)))
        .hasMessageContaining("a number is longer than 30, at character 0");
  }

  /** A text would choose the class. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface ByClass {}

  /** A component by which a text would choose the class. */
  record Holder(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Number number) {}

  @Test
  @DisplayName("10.1 never lets a text choose the class")
  void rule10_1_noTypeIsReadByClassName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> strict().codec("x/1", ByClass.class))
        .withMessageContaining("ByClass has @JsonTypeInfo(use = CLASS)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> strict().codec("x/1", Holder.class))
        .withMessageContaining("number has @JsonTypeInfo(use = CLASS)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> strict().codec("x/1", Object.class))
        .withMessageContaining("Name its type");
  }

  /** An open type, which anybody may implement. */
  interface Named {
    String getName();
  }

  /** A record that could be written, and not read. */
  record Badge(Named named) {}

  @Test
  @DisplayName("10.2 finds what it could not read before anything is written")
  void rule10_2_unreadableTypesAreRefusedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> strict().codec("badge/1", new JsonType<List<Badge>>() {}))
        .withMessageContaining("cannot read io.stateward.json.JsonAdapterContract$Named: ");
  }

  private static String written(Codec<?> codec, Object value) {
    return new String(encode(codec, value), UTF_8);
  }

  @SuppressWarnings("unchecked")
  private static <T> byte[] encode(Codec<T> codec, Object value) {
    return codec.encode((T) value);
  }

  private static <T> T read(Codec<T> codec, String text) {
    return codec.decode(text.getBytes(UTF_8));
  }
}
