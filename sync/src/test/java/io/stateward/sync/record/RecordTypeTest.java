package io.stateward.sync.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.signal.StatewardException;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.Verdict;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordTypeTest {

  private static final TreeCodec<RecordChange> CHANGES =
      RecordChange.codec(RecordLimits.standard());

  private final SharedState record =
      RecordType.within(RecordLimits.standard().withSize(300).withDepth(5)).create();
  private long sequence;

  private Verdict judge(String client, RecordChange change) {
    return judge(client, CHANGES.toTree(change));
  }

  private Verdict judge(String client, Tree change) {
    Verdict verdict = record.judge(new Mutation(client, 1, 0, sequence + 1, change));
    sequence += verdict instanceof Verdict.Accepted ? 1 : 0;
    return verdict;
  }

  private static Verdict.Refused refused(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    return (Verdict.Refused) verdict;
  }

  private RecordState state() {
    return RecordState.codec().fromTree(record.snapshot());
  }

  @Test
  void judge_ofAPutForAnOldVersion_isAConflictWithWhatStands() {
    judge("ada", new RecordChange.Put(Tree.of("one"), 0L));
    judge("bob", new RecordChange.Put(Tree.of("two"), 1L));

    Verdict.Refused refused = refused(judge("ada", new RecordChange.Put(Tree.of("three"), 1L)));

    assertThat(refused.code()).isEqualTo("conflict");
    assertThat(refused.reason()).contains("the record");
    assertThat(refused.current()).isEqualTo(record.snapshot());
    assertThat(state()).isEqualTo(new RecordState(Tree.of("two"), 2, "bob", 1));
    assertThat(refused(judge("ada", new RecordChange.Put(Tree.of("x"), 99L))).code())
        .isEqualTo("conflict");
  }

  @Test
  void judge_ofAMerge_isStoredAsWhatItCameTo() {
    Tree base = Tree.parse("{\"a\":1,\"b\":1}");
    judge("ada", new RecordChange.Put(base, null));
    judge("bob", new RecordChange.Set("/a", Tree.of(2)));

    Verdict verdict =
        judge(
            "ada",
            new RecordChange.Merge(
                base, base.with("/b", Tree.of(3)), MergeRules.otherwise(MergeRule.ASK)));

    assertThat(verdict)
        .isEqualTo(
            new Verdict.Accepted(
                CHANGES.toTree(new RecordChange.Put(Tree.parse("{\"a\":2,\"b\":3}"), null))));
  }

  @Test
  void replay_ofWhatWasAccepted_makesTheSameRecord() {
    SharedState other = RecordType.standard().create();
    Mutation put =
        new Mutation("ada", 1, 0, 1, CHANGES.toTree(new RecordChange.Put(Tree.of(1), 0L)));
    Mutation add =
        new Mutation(
            "bob", 1, 0, 2, CHANGES.toTree(new RecordChange.Increment("", BigDecimal.TEN)));
    for (Mutation mutation : List.of(put, add)) {
      judge(mutation.client(), mutation.change());
      other.replay(mutation);
    }

    assertThat(other.store()).isEqualTo(record.store());
    assertThat(RecordType.standard().restore(other.store()).snapshot())
        .isEqualTo(record.snapshot());
    assertThatThrownBy(() -> other.replay(put))
        .isInstanceOf(StatewardException.class)
        .hasMessageContaining("does not fit the record at version 2");
  }

  @Test
  void judge_ofWhatIsTooMuch_isRefusedAndChangesNothing() {
    judge("ada", new RecordChange.Put(Tree.object().plus("a", 1), null));
    Tree before = record.snapshot();

    assertThat(refused(judge("ada", new RecordChange.Set("/a", Tree.of("x".repeat(400))))).code())
        .isEqualTo("malformed"); // the change itself is beyond the limits
    assertThat(refused(judge("ada", new RecordChange.Set("/b/c/d/e/f/g", Tree.of(1)))).code())
        .isEqualTo("too-large");
    for (int i = 0; i < 20; i++) {
      judge("ada", new RecordChange.Include("/list", Tree.of("twenty characters " + i)));
    }
    assertThat(refused(judge("ada", new RecordChange.Set("/z", Tree.of("x".repeat(100))))).reason())
        .contains("at most 300 characters");
    assertThat(before).isNotEqualTo(record.snapshot());
    assertThat(state().value()).satisfies(value -> assertThat(value.depth()).isEqualTo(2));
  }

  @Test
  void increment_isExactAndKnowsItsLimits() {
    judge("ada", new RecordChange.Increment("/n", new BigDecimal("0.1")));
    judge("ada", new RecordChange.Increment("/n", new BigDecimal("0.2")));
    judge("bob", new RecordChange.Increment("/n", new BigDecimal("9007199254740993")));

    assertThat(state().value()).hasToString("{\"n\":9007199254740993.3}");
    judge("ada", new RecordChange.Set("/n", Tree.of(new BigDecimal("1E+9998"))));
    assertThat(refused(judge("ada", new RecordChange.Increment("/n", BigDecimal.ONE))).code())
        .isEqualTo("too-large");
    assertThat(refused(judge("ada", new RecordChange.Increment("/n/x", BigDecimal.ONE))).code())
        .isEqualTo("shape");
    assertThat(refused(judge("ada", new RecordChange.Include("/n", Tree.of(1)))).code())
        .isEqualTo("shape");
  }

  @Test
  void change_ofAnUnwrittenRecord_beginsWithAnEmptyObject() {
    judge("ada", new RecordChange.Remove("/x"));
    assertThat(state()).isEqualTo(RecordState.unwritten());
    judge("ada", new RecordChange.Exclude("/t", Tree.of(1)));
    assertThat(state()).isEqualTo(RecordState.unwritten());
    judge("ada", new RecordChange.Delete(0L));
    assertThat(state().isDeleted()).isFalse();

    judge("ada", new RecordChange.Set("/a~1b/c", Tree.of(1)));

    assertThat(state().value()).isEqualTo(Tree.parse("{\"a/b\":{\"c\":1}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "7|not an object|Nothing is at",
        "{}|no op|Nothing is at",
        "{\"op\":\"explode\"}|unknown|no change 'explode'",
        "{\"op\":\"put\"}|no value|Nothing is at",
        "{\"op\":\"put\",\"value\":1,\"expected\":-1}|negative|not negative",
        "{\"op\":\"put\",\"value\":1,\"expected\":\"1\"}|text|not a number",
        "{\"op\":\"set\",\"path\":\"\",\"value\":1}|the whole|whole record",
        "{\"op\":\"set\",\"path\":\"a\",\"value\":1}|no pointer|starts with '/'",
        "{\"op\":\"set\",\"path\":7,\"value\":1}|a number|not a string",
        "{\"op\":\"increment\",\"path\":\"/a\",\"by\":\"1\"}|text|not a number",
        "{\"op\":\"merge\",\"base\":1,\"mine\":2}|no rules|Nothing is at",
        "{\"op\":\"merge\",\"base\":1,\"mine\":2,\"rules\":{\"otherwise\":\"guess\",\"fields\":{}}}|rule|no rule 'guess'",
        "{\"op\":\"merge\",\"base\":1,\"mine\":2,\"rules\":{\"otherwise\":\"ask\",\"fields\":{\"a\":\"set\"}}}|path|starts with '/'",
        "{\"op\":\"all\",\"changes\":{}}|no array|not an array",
        "{\"op\":\"all\",\"changes\":[{\"op\":\"all\",\"changes\":[]}]}|nested|no change 'all'",
      })
  void judge_ofWhatIsNoChange_saysWhatIsWrong(String json, String what, String problem) {
    Verdict.Refused refused = refused(judge("ada", Tree.parse(json)));

    assertThat(refused.code()).as(what).isEqualTo("malformed");
    assertThat(refused.reason()).contains(problem);
    assertThat(state()).isEqualTo(RecordState.unwritten());
  }

  @Test
  void codec_withinLimits_countsPathsAndChanges() {
    TreeCodec<RecordChange> small = RecordChange.codec(new RecordLimits(10, 10_000, 5, 2));
    RecordChange remove = new RecordChange.Remove("/abcdef");

    assertThatThrownBy(() -> small.fromTree(small.toTree(remove)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("at most 5 characters");
    RecordChange three =
        new RecordChange.All(
            List.of(
                new RecordChange.Remove("/a"),
                new RecordChange.Remove("/b"),
                new RecordChange.Remove("/c")));
    assertThatThrownBy(() -> small.fromTree(small.toTree(three)))
        .hasMessageContaining("At most 2 changes");
    assertThatThrownBy(() -> new RecordChange.All(List.of(three)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RecordLimits(-1, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void state_thatCannotBe_isRefused() {
    assertThatThrownBy(() -> new RecordState(Tree.of(1), 0, "", 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RecordState.codec().fromTree(Tree.object()))
        .isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> new RecordState(null, 1, "ada", 2)).hasMessageContaining("others' 2");
    assertThatThrownBy(() -> new RecordContext("ada", -1, RecordLimits.standard()))
        .hasMessageContaining("-1");
  }
}
