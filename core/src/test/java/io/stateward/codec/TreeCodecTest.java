package io.stateward.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class TreeCodecTest {

  private record Point(int x, int y) {}

  private static final TreeCodec<Point> POINTS =
      TreeCodec.of(
          "point/1",
          point -> Tree.object().plus("x", point.x()).plus("y", point.y()),
          tree -> new Point(tree.at("/x").asInt(), tree.at("/y").asInt()));

  @Test
  void of_twoFunctions_roundTripsAsBytesAndAsTree() {
    Point point = new Point(3, 4);

    assertThat(POINTS.schema()).isEqualTo("point/1");
    assertThat(POINTS.toTree(point).toJson()).isEqualTo("{\"x\":3,\"y\":4}");
    assertThat(Tree.parse(POINTS.encode(point))).isEqualTo(POINTS.toTree(point));
    assertThat(POINTS.decode(POINTS.encode(point))).isEqualTo(point);
    assertThat(POINTS.fromTree(POINTS.toTree(point))).isEqualTo(point);
  }

  @Test
  void fromTree_anotherShape_isACodecExceptionWithTheSchemaAndTheCause() {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> POINTS.fromTree(Tree.object().plus("x", 3)))
        .withMessageContaining("schema 'point/1'")
        .withMessageContaining("an object with x was refused")
        .withMessageContaining("Nothing is at \"/y\"")
        .withCauseInstanceOf(TreeShapeException.class);
  }

  @Test
  void decode_notJson_isACodecExceptionWithTheSchemaAndThePosition() {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> POINTS.decode("{\"x\":3".getBytes(UTF_8)))
        .withMessageContaining("schema 'point/1'")
        .withMessageContaining("column 7")
        .satisfies(e -> assertThat(e.schema()).isEqualTo("point/1"));
  }

  @Test
  void codec_ofTrees_isJsonWithinItsLimits() {
    Tree tree = Tree.array("é");
    TreeCodec<Tree> small = Tree.codec(JsonLimits.standard().withSize(3));

    assertThat(Tree.codec().schema()).isEqualTo("json");
    assertThat(Tree.codec().encode(tree)).isEqualTo("[\"é\"]".getBytes(UTF_8));
    assertThat(Tree.codec().decode(Tree.codec().encode(tree))).isEqualTo(tree);
    assertThat(Tree.codec().toTree(tree)).isSameAs(tree);
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> small.decode(Tree.codec().encode(tree)))
        .withMessageContaining("schema 'json'")
        .withMessageContaining("only 3 bytes are read");
  }

  @Test
  void map_ofATreeCodec_knowsTreesToo() {
    TreeCodec<Integer> sums =
        POINTS.map("sum/1", point -> point.x() + point.y(), sum -> new Point(sum, 0));

    assertThat(sums.toTree(7).toJson()).isEqualTo("{\"x\":7,\"y\":0}");
    assertThat(sums.decode(sums.encode(7))).isEqualTo(7);
    assertThat(sums.schema()).isEqualTo("sum/1");
  }

  @Test
  void over_bytewiseCodecOfJson_goesByWayOfTheBytes() {
    Codec<Integer> bytewise =
        Codec.text().map("digits", Integer::valueOf, number -> Integer.toString(number));

    TreeCodec<Integer> codec = TreeCodec.over(bytewise);

    assertThat(codec.toTree(42)).isEqualTo(Tree.of(42));
    assertThat(codec.fromTree(Tree.of(42))).isEqualTo(42);
    assertThat(codec.schema()).isEqualTo("digits");
    assertThat(TreeCodec.over(POINTS)).isSameAs(POINTS);
  }

  @Test
  void of_schemaThatIsNoLine_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TreeCodec.of(" ", Tree::of, Tree::asString))
        .withMessageContaining("one non-empty line");
  }
}
