package io.stateward.sync.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * A record against the plainest model of one: its fields in a map, and the list of who wrote when.
 */
final class RecordStatePropertyTest {

  record Write(String client, RecordChange change) {}

  /** Field a is a text, n a number, t a set; null is a record that is not there. */
  private static final class Model {
    private @Nullable Map<String, Object> fields;
    private boolean deleted;
    private final List<String> authors = new ArrayList<>(); // of each sequence; "" changed nothing

    boolean othersSince(long expected, String client) {
      for (int i = (int) Math.min(expected, authors.size()); i < authors.size(); i++) {
        if (!authors.get(i).isEmpty() && !authors.get(i).equals(client)) {
          return true;
        }
      }
      return expected > authors.size();
    }

    /** Returns what came of it: changed, conflict, gone or shape. */
    String apply(Write write) {
      Map<String, Object> before = fields == null ? null : new LinkedHashMap<>(fields);
      String outcome = changed(write.client(), write.change());
      if (!outcome.equals("changed")) {
        fields = before;
      }
      authors.add(Objects.equals(before, fields) ? "" : write.client());
      return outcome;
    }

    private String changed(String client, RecordChange change) {
      if (change instanceof RecordChange.Put put) {
        return replaced(client, put.expected(), parts(put.value()));
      }
      if (change instanceof RecordChange.Delete delete) {
        return fields == null ? "changed" : replaced(client, delete.expected(), null);
      }
      if (deleted) {
        return "gone";
      }
      Map<String, Object> now = fields == null ? new LinkedHashMap<>() : fields;
      String outcome = part(now, change);
      fields = fields == null && now.isEmpty() ? null : now;
      return outcome;
    }

    private String replaced(
        String client, @Nullable Long expected, @Nullable Map<String, Object> next) {
      if (expected != null && othersSince(expected, client)) {
        return "conflict";
      }
      deleted = next == null;
      fields = next;
      return "changed";
    }

    @SuppressWarnings("unchecked") // as the model puts it in
    private static String part(Map<String, Object> now, RecordChange change) {
      if (change instanceof RecordChange.Set set) {
        now.put(set.path().substring(1), set.value().asString());
      } else if (change instanceof RecordChange.Remove remove) {
        now.remove(remove.path().substring(1));
      } else if (change instanceof RecordChange.Increment increment) {
        String name = increment.path().substring(1);
        Object there = now.getOrDefault(name, BigDecimal.ZERO);
        if (!(there instanceof BigDecimal number)) {
          return "shape";
        }
        now.put(name, number.add(increment.by()));
      } else if (change instanceof RecordChange.Include include) {
        Set<Integer> set =
            new LinkedHashSet<>((Set<Integer>) now.getOrDefault("t", Set.<Integer>of()));
        set.add(include.element().asInt());
        now.put("t", set);
      } else if (change instanceof RecordChange.Exclude exclude && now.containsKey("t")) {
        Set<Integer> set = new LinkedHashSet<>((Set<Integer>) Objects.requireNonNull(now.get("t")));
        set.remove(exclude.element().asInt());
        now.put("t", set);
      }
      return "changed";
    }
  }

  private static Map<String, Object> parts(Tree tree) {
    Map<String, Object> parts = new LinkedHashMap<>();
    tree.asObject()
        .members()
        .forEach(
            (name, value) ->
                parts.put(
                    name,
                    value.fold(
                        object -> object,
                        array ->
                            new LinkedHashSet<>(
                                array.elements().stream().map(Tree::asInt).toList()),
                        text -> text,
                        number -> number.toDecimal(),
                        bool -> bool,
                        () -> "null")));
    return parts;
  }

  private static @Nullable Map<String, Object> comparable(@Nullable Map<String, Object> parts) {
    if (parts == null) {
      return null;
    }
    Map<String, Object> comparable = new LinkedHashMap<>(parts);
    comparable.replaceAll(
        (name, value) -> value instanceof BigDecimal n ? n.stripTrailingZeros() : value);
    return comparable;
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, seed = "8301")
  void apply_anyChanges_isWhatTheModelSays(@ForAll("writes") List<Write> writes) {
    Model model = new Model();
    RecordState state = RecordState.unwritten();
    long sequence = 0;
    for (Write write : writes) {
      sequence++;
      RecordState before = state;
      RecordResult result =
          state.apply(
              write.change(), new RecordContext(write.client(), sequence, RecordLimits.standard()));
      String outcome =
          result.fold(changed -> "changed", conflict -> "conflict", RecordResult.Refused::code);
      state =
          result.fold(
              RecordResult.Changed::state, RecordResult.Conflict::current, refused -> before);

      assertThat(outcome).isEqualTo(model.apply(write));
      Tree value = state.value();
      assertThat(comparable(value == null ? null : parts(value)))
          .isEqualTo(comparable(model.fields));
      assertThat(RecordState.codec().decode(RecordState.codec().encode(state))).isEqualTo(state);
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, seed = "8302")
  void codec_anyChange_comesBackEqual(@ForAll("changes") RecordChange change) {
    var codec = RecordChange.codec(RecordLimits.standard());

    assertThat(codec.fromTree(codec.toTree(change))).isEqualTo(change);
    assertThat(codec.decode(codec.encode(change))).isEqualTo(change);
  }

  @Provide
  Arbitrary<RecordChange> changes() {
    return RecordChanges.changes();
  }

  @Provide
  Arbitrary<List<Write>> writes() {
    Arbitrary<Integer> small = Arbitraries.integers().between(0, 3);
    Arbitrary<Tree> values =
        Combinators.combine(small, small)
            .as((a, n) -> Tree.object().plus("a", "v" + a).plus("n", n));
    Arbitrary<@Nullable Long> versions = Arbitraries.longs().between(0, 30).injectNull(0.3);
    Arbitrary<RecordChange> changes =
        Arbitraries.oneOf(
            Combinators.combine(values, versions).as(RecordChange.Put::new),
            versions.map(RecordChange.Delete::new),
            small.map(n -> new RecordChange.Set("/a", Tree.of("s" + n))),
            Arbitraries.of("/a", "/n", "/t").map(RecordChange.Remove::new),
            Combinators.combine(
                    Arbitraries.of("/n", "/n", "/a"), Arbitraries.of("0.1", "-3", "1E+2"))
                .as((path, by) -> new RecordChange.Increment(path, new BigDecimal(by))),
            small.map(n -> new RecordChange.Include("/t", Tree.of(n))),
            small.map(n -> new RecordChange.Exclude("/t", Tree.of(n))));
    return Combinators.combine(Arbitraries.of("ada", "bob"), changes)
        .as(Write::new)
        .list()
        .ofMaxSize(40);
  }
}
