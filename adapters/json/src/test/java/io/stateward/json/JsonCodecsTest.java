package io.stateward.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import io.stateward.codec.Codec;
import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.collection.PersistentVector;
import io.stateward.json.spi.JsonBinding;
import io.stateward.json.spi.JsonEngine;
import io.stateward.json.spi.JsonForm;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonCodecsTest {

  private final Notes engine = new Notes();
  private final JsonCodecs codecs = JsonCodecs.of(engine);

  record Todo(long id) {}

  record Board(Map<String, EntityTable<Long, Todo>[]> tables) {}

  sealed interface Shape permits Circle, Square {}

  record Circle(double radius) implements Shape {}

  record Square(int side) implements Shape {}

  sealed interface Tagged permits Typed {}

  @JsonTypeName("typed")
  record Typed(String type) implements Tagged {}

  sealed interface Half permits Open {}

  non-sealed interface Open extends Half {}

  record Id(@JsonValue String text) {}

  record Compound(int x, int y) {}

  record Keyed(PersistentMap<Compound, String> map) {}

  record Anything(List<Object> things) {}

  @JsonTypeName("named/2")
  record Named(String name) {}

  @Test
  void codec_namedClass_hasTheNameAsSchema() {
    assertThat(codecs.codec(Named.class).schema()).isEqualTo("named/2");
    assertThat(codecs.named(Named.class, "other/1").codec(Named.class).schema())
        .isEqualTo("other/1");
    assertThat(codecs.named(Todo.class, "todo/1").codec(Todo.class).schema()).isEqualTo("todo/1");
  }

  @Test
  void codec_genericClass_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codecs.codec("list/1", List.class))
        .withMessage(
            "java.util.List has type parameters, which its class does not tell:"
                + " use new JsonType<List<...>>() {}.");
  }

  @Test
  void codec_jsonType_bindsTheGenericType() {
    codecs.codec("list/1", new JsonType<List<String>>() {});

    assertThat(engine.bound.toString()).isEqualTo("java.util.List<java.lang.String>");
  }

  @Test
  @SuppressWarnings({"rawtypes", "unchecked"})
  void jsonType_withoutItsType_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JsonType() {})
        .withMessage("A JsonType names its type where it is made: new JsonType<List<User>>() {}.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two\nlines"})
  void codec_schemaThatIsNoLine_isRefused(String schema) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codecs.codec(schema, Todo.class))
        .withMessageContaining("A schema id is one non-empty line, for example \"user/3\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codecs.named(Todo.class, schema))
        .withMessageContaining("A stable name is one non-empty line, for example \"circle\"");
  }

  @Test
  void named_secondName_isRefused() {
    JsonCodecs once = codecs.named(Circle.class, "circle");

    assertThat(once.named(Circle.class, "circle")).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> once.named(Circle.class, "round"))
        .withMessageContaining("Circle is named 'circle' already and cannot be 'round' too.");
  }

  @Test
  void named_oneValue_leavesTheOtherAsItWas() {
    codecs.named(Circle.class, "circle").named(Square.class, "square");

    assertThatIllegalArgumentException().isThrownBy(() -> codecs.codec("shape/1", Shape.class));
  }

  @Test
  void codec_memberWithoutAName_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codecs.named(Circle.class, "c").codec("shape/1", Shape.class))
        .withMessageContaining("Square is a member of the sealed Shape and has no stable name.")
        .withMessageContaining("@JsonTypeName(\"...\")")
        .withMessageContaining(".named(Square.class, \"...\")");
  }

  @Test
  void codec_twoMembersOfOneName_areRefused() {
    JsonCodecs same = codecs.named(Circle.class, "c").named(Square.class, "c");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> same.codec("shapes/1", new JsonType<List<Shape>>() {}))
        .withMessageContaining("have the same name 'c'; give each its own.");
  }

  @Test
  void codec_openTypeBelowASealedOne_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codecs.codec("half/1", Half.class))
        .withMessageContaining("Open is below the sealed Half, but open");
  }

  @Test
  void codec_componentWithTheKeyOfTheTag_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codecs.codec("tagged/1", Tagged.class))
        .withMessageContaining("Typed.type has the key under which the name of the member is");
  }

  @Test
  void codec_tableThatIsNotRegistered_isRefusedWhereverItIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codecs.codec("board/1", Board.class))
        .withMessageContaining("Board.tables is an EntityTable of Todo")
        .withMessageContaining(".table(Todo.class, EntityTable.of(Todo::id))");
    assertThat(codecs.table(Todo.class, EntityTable.of(Todo::id)).codec("board/1", Board.class))
        .isNotNull();
  }

  @Test
  void table_thatIsNotEmpty_isRefused() {
    EntityTable<Long, Todo> full = EntityTable.<Long, Todo>of(Todo::id).add(new Todo(1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> codecs.table(Todo.class, full))
        .withMessageContaining("has 1 entities of type Todo; it must be empty");
  }

  @Test
  void codec_keyThatIsNoString_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codecs.codec("keyed/1", Keyed.class))
        .withMessageContaining("Keyed.map is a map with keys of type Compound");
    assertThat(codecs.codec("ids/1", new JsonType<Map<Id, PersistentVector<Integer>>>() {}))
        .isNotNull();
  }

  @Test
  void codec_object_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codecs.codec("anything/1", Anything.class))
        .withMessageContaining("Anything.things is of type Object");
  }

  @Test
  void stringLength_belowOne_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> codecs.stringLength(0));
  }

  @Test
  void encode_textThatLooksLikeAllOfJson_isScannedAsStrings() {
    Codec<String> texts = codecs.stringLength(6).codec("text/1", String.class);

    engine.text = "{\"a\\\"{[\":[\"\\\\\",\"\\u0041bcdef\"],\"n\":-1.5e3}";
    assertThat(new String(texts.encode("any"), UTF_8)).isEqualTo(engine.text);
    engine.text = "\"\\u0041bcdefg\"";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> texts.encode("any"))
        .withMessage(
            "Cannot encode as schema 'text/1': a string is longer than 6, at character 0;"
                + " if that is right, raise the limit stringLength.");
  }

  /** An engine that notes what it is asked, and writes what it is told. */
  private static final class Notes implements JsonEngine {
    private Type bound = Void.class;
    private String text = "{}";

    @Override
    public JsonBinding bind(JsonForm form, Type type) {
      bound = type;
      return new JsonBinding() {
        @Override
        public String write(Object value) {
          return text;
        }

        @Override
        public Object read(String json) {
          return json;
        }
      };
    }
  }
}
