package io.stateward.sync.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CausalCodecTest {

  private static final TreeCodec<String> STRINGS = TreeCodec.of("string", Tree::of, Tree::asString);
  private static final CausalCodec<ObservedRemoveSet<String>> SETS =
      ObservedRemoveSet.codec(STRINGS);
  private static final CausalCodec<ObservedRemoveMap<String, ObservedRemoveSet<String>>> MAPS =
      ObservedRemoveMap.codec(STRINGS, ObservedRemoveSet.empty(), SETS);

  @Test
  void toTree_ofASet_isReadable() {
    ObservedRemoveSet<String> set =
        ObservedRemoveSet.<String>empty().add("ada", "milk").add("bob", "tea").remove("tea");

    assertThat(SETS.schema()).isEqualTo("observed-remove-set/1(string)");
    assertThat(SETS.toTree(set).toJson())
        .isEqualTo("{\"seen\":{\"ada\":1,\"bob\":1},\"content\":[[\"milk\",[[\"ada\",1]]]]}");
  }

  @Test
  void toTree_ofAMap_holdsWhatWasSeenOnce() {
    ObservedRemoveMap<String, ObservedRemoveSet<String>> map =
        ObservedRemoveMap.<String, ObservedRemoveSet<String>>of(ObservedRemoveSet.empty())
            .update("list", set -> set.add("ada", "milk"));

    assertThat(MAPS.toTree(map).toJson())
        .isEqualTo("{\"seen\":{\"ada\":1},\"content\":[[\"list\",[[\"milk\",[[\"ada\",1]]]]]]}");
    assertThat(MAPS.decode(MAPS.encode(map))).isEqualTo(map);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[]|not an object",
        "{\"content\":[]}|'seen' is missing",
        "{\"seen\":{}}|'content' is missing",
        "{\"seen\":{},\"content\":[],\"more\":1}|'more' is not known",
        "{\"seen\":{\"a\":0},\"content\":[]}|numbered from 1",
        "{\"seen\":{\"a\":9007199254740992},\"content\":[]}|numbered from 1",
        "{\"seen\":{\"\":1},\"content\":[]}|has a name",
        "{\"seen\":{\"a\":1.5},\"content\":[]}|not a long",
        "{\"seen\":{\"a\":[]},\"content\":[]}|without a range",
        "{\"seen\":{\"a\":[[2,1]]},\"content\":[]}|not in order",
        "{\"seen\":{\"a\":[[1,2],[3,4]]},\"content\":[]}|not in order",
        "{\"seen\":{\"a\":[[5,6],[1,2]]},\"content\":[]}|not in order",
        "{\"seen\":{\"a\":[[1]]},\"content\":[]}|array of 2",
        "{\"seen\":{},\"content\":[[\"x\",[[\"a\",1]]]]}|not in what was seen",
        "{\"seen\":{\"a\":1},\"content\":[[\"x\",[[\"a\",1],[\"a\",1]]]]}|there twice",
        "{\"seen\":{\"a\":1},\"content\":[[\"x\",[[\"a\",1]]],[\"y\",[[\"a\",1]]]]}|there twice",
        "{\"seen\":{\"a\":2},\"content\":[[\"x\",[[\"a\",1]]],[\"x\",[[\"a\",2]]]]}|there twice",
        "{\"seen\":{\"a\":1},\"content\":[[\"x\",[]]]}|is empty",
        "{\"seen\":{\"a\":1},\"content\":[[\"x\"]]}|array of 2",
        "{\"seen\":{\"a\":1},\"content\":[[7,[[\"a\",1]]]]}|not a string",
      })
  void fromTree_ofWhatIsNoSet_saysWhatIsWrong(String json, String problem) {
    Tree tree = Tree.parse(json);

    assertThatThrownBy(() -> SETS.fromTree(tree))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void fromTree_ofAMapThatUsesAChangeTwice_isRefused() {
    Tree tree =
        Tree.parse(
            "{\"seen\":{\"a\":1},\"content\":[[\"k\",[[\"x\",[[\"a\",1]]]]],[\"l\",[[\"x\",[[\"a\",1]]]]]]}");

    assertThatThrownBy(() -> MAPS.fromTree(tree))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("a:1 is there twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"a\":0}",
        "{\"a\":-1}",
        "{\"a\":9007199254740992}",
        "{\" \":1}",
        "[]",
        "{\"a\":\"1\"}"
      })
  void fromTree_ofWhatIsNoCounter_isRefused(String json) {
    Tree tree = Tree.parse(json);

    assertThatThrownBy(() -> GrowOnlyCounter.codec().fromTree(tree))
        .isInstanceOf(CodecException.class);
    Tree both = Tree.object().plus("up", tree).plus("down", Tree.object());
    assertThatThrownBy(() -> PositiveNegativeCounter.codec().fromTree(both))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void fromTree_ofContributionsAndRegisters_checksNumbersAndNames() {
    assertThatThrownBy(
            () ->
                ResettableCounter.codec()
                    .fromTree(
                        Tree.parse(
                            "{\"seen\":{\"a\":1},\"content\":[[\"a\",1,9007199254740992]]}")))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("from -9007199254740991 to 9007199254740991");
    TreeCodec<LastWriterRegister<String>> registers = LastWriterRegister.codec(STRINGS);
    assertThat(registers.fromTree(Tree.object())).isEqualTo(LastWriterRegister.empty());
    assertThatThrownBy(() -> registers.fromTree(Tree.parse("{\"value\":\"x\",\"by\":\"a\"}")))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("'stamp' is missing");
  }
}
