package io.stateward.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stateward.codec.Codec;
import io.stateward.codec.CodecException;
import io.stateward.json.JsonType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;

final class JacksonTest {

  private static final DefaultTyping TYPING = DefaultTyping.NON_FINAL;

  record User(String name) {}

  record Note(String text, @Nullable String more) {}

  sealed interface Shape permits Circle, Square {}

  record Circle(double radius) implements Shape {}

  record Square(int side) implements Shape {}

  @Test
  void codec_exampleOfTheDocumentation_works() {
    Codec<User> user = Jackson.codec("user/3", User.class);
    Codec<List<User>> users = Jackson.codec("users/1", new JsonType<List<User>>() {});
    Codec<Shape> shapes =
        Jackson.strict()
            .named(Circle.class, "circle")
            .named(Square.class, "square")
            .codec("shape/1", Shape.class);

    assertThat(user.schema()).isEqualTo("user/3");
    assertThat(user.decode(user.encode(new User("Ada")))).isEqualTo(new User("Ada"));
    assertThat(new String(users.encode(List.of(new User("Ada"))), UTF_8))
        .isEqualTo("[{\"name\":\"Ada\"}]");
    assertThat(shapes.decode(shapes.encode(new Square(2)))).isEqualTo(new Square(2));
  }

  @Test
  void codec_classWithoutAName_isRefusedWithTheWaysToNameIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Jackson.codec(User.class))
        .withMessageContaining("User has no stable name")
        .withMessageContaining("@JsonTypeName(\"user/1\")")
        .withMessageContaining(".codec(\"user/1\", User.class)");
  }

  @Test
  void strict_modulesOfTheHost_takePart() {
    SimpleModule euro = new SimpleModule("euro");
    euro.addAbstractTypeMapping(CharSequence.class, String.class);
    Codec<CharSequence> texts =
        Jackson.strict(mapper -> mapper.addModule(euro)).codec("text/1", CharSequence.class);

    assertThat(texts.decode("\"x\"".getBytes(UTF_8))).isEqualTo("x");
  }

  @Test
  void strict_hostThatRelaxesTheMapper_isSetBack() {
    Codec<User> users =
        Jackson.strict(
                mapper ->
                    mapper.disable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS))
            .codec("user/1", User.class);

    for (String text : List.of("{\"name\":\"a\",\"b\":1}", "{\"name\":\"a\"} {}")) {
      assertThatExceptionOfType(CodecException.class)
          .isThrownBy(() -> users.decode(text.getBytes(UTF_8)));
    }
  }

  @Test
  void strict_hostThatChangesTheForm_isSetBack() {
    Codec<Note> notes =
        Jackson.strict(
                mapper ->
                    mapper
                        .changeDefaultPropertyInclusion(
                            was -> was.withValueInclusion(JsonInclude.Include.NON_NULL))
                        .enable(SerializationFeature.INDENT_OUTPUT))
            .codec("note/1", Note.class);

    assertThat(new String(notes.encode(new Note("a", null)), UTF_8))
        .isEqualTo("{\"text\":\"a\",\"more\":null}");
  }

  @Test
  void strict_defaultTyping_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Jackson.strict(
                        mapper ->
                            mapper.activateDefaultTyping(
                                BasicPolymorphicTypeValidator.builder()
                                    .allowIfBaseType(Object.class)
                                    .build(),
                                TYPING))
                    .codec("user/1", User.class))
        .withMessage(
            "Default typing lets the text choose which classes are loaded. Do not activate it.");
  }
}
