package io.stateward.sync.record;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.TreeObject;
import io.stateward.sync.browser.Node;
import java.io.BufferedWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes do to a record in the browser's client what they do to a {@link RecordState}. */
final class RecordInJavaScriptTest {

  private static final int HISTORIES = 1_000;
  private static final TreeCodec<RecordChange> CHANGES =
      RecordChange.codec(RecordLimits.standard());
  private static final List<String> PATHS =
      List.of("/a", "/b", "/b/c", "/b/c/d", "/list", "/list/0", "/list/-", "/e~1f", "/n");
  private static final List<Tree> VALUES =
      List.of(
          Tree.of(1L),
          Tree.of(new BigDecimal("0.1")),
          Tree.of("text"),
          Tree.ofNull(),
          Tree.parse("{}"),
          Tree.parse("{\"c\":{\"d\":1}}"),
          Tree.parse("[1,\"text\"]"),
          Tree.parse("[1,1.0,1.00000000000000000001,{\"c\":1e400}]"),
          Tree.of(new BigDecimal("9007199254740993")),
          Tree.of(new BigDecimal("9007199254740993.0")),
          Tree.of(9007199254740992L),
          Tree.parse("{\"c\":1E400}"),
          Tree.of(new BigDecimal("-0.0")));
  private static final List<String> NUMBERS =
      List.of(
          "0.1",
          "-0.3",
          "1",
          "9007199254740993",
          "-9007199254740993",
          "1E400",
          "-1E+400",
          "1E-40",
          "0.1234567890123456789012345678901",
          "1E21",
          "-5E-324",
          "1E900");
  private static final MergeRule[] RULES = MergeRule.values();

  @TempDir private Path folder;

  @Test
  void histories_ofChanges_makeTheSameRecordInNode() throws Exception {
    Path histories = folder.resolve("records.jsonl");
    try (BufferedWriter writer = Files.newBufferedWriter(histories)) {
      for (int seed = 0; seed < HISTORIES; seed++) {
        writer.write(history(new Random(seed)).toJson());
        writer.newLine();
      }
    }

    Node.passes("record.test.mjs", folder, Map.of("STATEWARD_RECORDS", histories.toString()), 1);
  }

  private static Tree history(Random random) {
    RecordState state = RecordState.unwritten();
    TreeArray.Builder steps = TreeArray.builder();
    for (int sequence = 1; sequence <= 25; sequence++) {
      String client = "c" + random.nextInt(2);
      RecordChange change = change(random, state);
      RecordResult result =
          state.apply(change, new RecordContext(client, sequence, RecordLimits.standard()));
      boolean changed = result instanceof RecordResult.Changed;
      state = result.fold(RecordResult.Changed::state, RecordResult.Conflict::current, keep(state));
      TreeObject step =
          Tree.object()
              .plus("client", client)
              .plus("change", CHANGES.toTree(change))
              .plus("taken", changed)
              .plus("version", state.version());
      Tree value = state.value();
      steps.add(value == null ? step : step.plus("value", value));
    }
    return steps.build();
  }

  private static java.util.function.Function<RecordResult.Refused, RecordState> keep(
      RecordState state) {
    return refused -> state;
  }

  private static RecordChange change(Random random, RecordState state) {
    return switch (random.nextInt(15)) {
      case 0 ->
          new RecordChange.Put(
              random.nextBoolean() ? Tree.parse("{\"n\":1,\"list\":[1]}") : value(random),
              random.nextBoolean() ? null : Math.max(0, state.version() - random.nextInt(2)));
      case 1 ->
          new RecordChange.Delete(random.nextBoolean() ? null : Math.max(0, state.version() - 1));
      case 2 -> {
        List<RecordChange> both = new ArrayList<>();
        both.add(part(random));
        both.add(part(random));
        yield new RecordChange.All(both);
      }
      case 3, 4, 5 -> merge(random, state.value());
      default -> part(random);
    };
  }

  private static RecordChange part(Random random) {
    String path = PATHS.get(random.nextInt(PATHS.size()));
    return switch (random.nextInt(6)) {
      case 0 -> new RecordChange.Remove(path);
      case 1, 2 ->
          new RecordChange.Increment(
              random.nextInt(8) == 0 ? path : "/n",
              new BigDecimal(NUMBERS.get(random.nextInt(NUMBERS.size()))));
      case 3 -> new RecordChange.Include("/list", value(random));
      case 4 -> new RecordChange.Exclude("/list", value(random));
      default -> new RecordChange.Set(path, value(random));
    };
  }

  /** Mine and the base are what stands with another field or two, as if it had been read before. */
  private static RecordChange merge(Random random, @Nullable Tree now) {
    Tree base = edited(random, now == null ? Tree.parse("{\"n\":1}") : now);
    Tree mine = edited(random, base);
    MergeRules rules = MergeRules.otherwise(RULES[random.nextInt(RULES.length)]);
    for (String path : List.of("/n", "/list", "/b", "/b/c", "/e~1f", "")) {
      if (random.nextInt(4) == 0) {
        rules = rules.with(path, RULES[random.nextInt(RULES.length)]);
      }
    }
    return new RecordChange.Merge(base, mine, rules);
  }

  private static Tree edited(Random random, Tree tree) {
    RecordState state = new RecordState(tree, 1, "", 0);
    for (int n = random.nextInt(4); n > 0; n--) {
      RecordResult result =
          state.apply(part(random), new RecordContext("x", 2, RecordLimits.standard()));
      state = result.fold(RecordResult.Changed::state, RecordResult.Conflict::current, keep(state));
    }
    return Objects.requireNonNull(state.value());
  }

  private static Tree value(Random random) {
    return VALUES.get(random.nextInt(VALUES.size()));
  }
}
