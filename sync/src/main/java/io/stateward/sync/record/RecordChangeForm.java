package io.stateward.sync.record;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.TreeObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON form of changes. */
final class RecordChangeForm {

  private static final TreeCodec<RecordChange> STANDARD = make(RecordLimits.standard());

  private final RecordLimits limits;

  private RecordChangeForm(RecordLimits limits) {
    this.limits = limits;
  }

  static TreeCodec<RecordChange> codec(RecordLimits limits) {
    return limits.equals(RecordLimits.standard()) ? STANDARD : make(limits);
  }

  private static TreeCodec<RecordChange> make(RecordLimits limits) {
    RecordChangeForm form = new RecordChangeForm(limits);
    return TreeCodec.of("record-change/1", RecordChangeForm::toTree, form::change);
  }

  static Tree toTree(RecordChange change) {
    if (change instanceof RecordChange.Put is) {
      return expecting(op("put").plus("value", is.value()), is.expected());
    } else if (change instanceof RecordChange.Delete is) {
      return expecting(op("delete"), is.expected());
    } else if (change instanceof RecordChange.Set is) {
      return at("set", is.path()).plus("value", is.value());
    } else if (change instanceof RecordChange.Remove is) {
      return at("remove", is.path());
    } else if (change instanceof RecordChange.Increment is) {
      return at("increment", is.path()).plus("by", Tree.of(is.by()));
    } else if (change instanceof RecordChange.Include is) {
      return at("include", is.path()).plus("element", is.element());
    } else if (change instanceof RecordChange.Exclude is) {
      return at("exclude", is.path()).plus("element", is.element());
    } else if (change instanceof RecordChange.Merge is) {
      return op("merge")
          .plus("base", is.base())
          .plus("mine", is.mine())
          .plus("rules", rules(is.rules()));
    }
    List<Tree> changes = new ArrayList<>();
    ((RecordChange.All) change).changes().forEach(each -> changes.add(toTree(each)));
    return op("all").plus("changes", Tree.array(changes));
  }

  private static TreeObject op(String name) {
    return Tree.object().plus("op", name);
  }

  private static TreeObject at(String name, String path) {
    return op(name).plus("path", path);
  }

  private static Tree expecting(TreeObject change, @Nullable Long expected) {
    return expected == null ? change : change.plus("expected", expected);
  }

  private static Tree rules(MergeRules rules) {
    TreeObject.Builder fields = TreeObject.builder();
    new TreeMap<>(rules.fields()).forEach((path, rule) -> fields.add(path, Tree.of(rule.word())));
    return Tree.object().plus("otherwise", rules.otherwise().word()).plus("fields", fields.build());
  }

  private RecordChange change(Tree tree) {
    limits.check(tree);
    if (!"all".equals(tree.at("/op").asString())) {
      return single(tree);
    }
    List<Tree> changes = tree.at("/changes").asArray().elements();
    if (changes.size() > limits.changes()) {
      throw new IllegalArgumentException(
          "At most %d changes are made together, and these are %d."
              .formatted(limits.changes(), changes.size()));
    }
    return new RecordChange.All(changes.stream().map(this::single).toList());
  }

  private RecordChange single(Tree tree) {
    String op = tree.at("/op").asString();
    return switch (op) {
      case "put" -> new RecordChange.Put(tree.at("/value"), expected(tree));
      case "delete" -> new RecordChange.Delete(expected(tree));
      case "set" -> new RecordChange.Set(path(tree), tree.at("/value"));
      case "remove" -> new RecordChange.Remove(path(tree));
      case "increment" -> new RecordChange.Increment(path(tree), number(tree));
      case "include" -> new RecordChange.Include(path(tree), tree.at("/element"));
      case "exclude" -> new RecordChange.Exclude(path(tree), tree.at("/element"));
      case "merge" ->
          new RecordChange.Merge(tree.at("/base"), tree.at("/mine"), rules(tree.at("/rules")));
      default ->
          throw new IllegalArgumentException(
              "There is no change '%s' that can be made here.".formatted(Paths.excerpt(op)));
    };
  }

  private static BigDecimal number(Tree tree) {
    return tree.at("/by").asNumber().toDecimal();
  }

  private static @Nullable Long expected(Tree tree) {
    return tree.find("/expected").map(Tree::asLong).orElse(null);
  }

  private String path(Tree tree) {
    return path(tree.at("/path").asString());
  }

  private String path(String path) {
    if (path.length() > limits.pathLength()) {
      throw new IllegalArgumentException(
          "A path has at most %d characters, and '%s' has %d."
              .formatted(limits.pathLength(), Paths.excerpt(path), path.length()));
    }
    return path;
  }

  private MergeRules rules(Tree tree) {
    Map<String, MergeRule> fields = new LinkedHashMap<>();
    tree.at("/fields")
        .asObject()
        .members()
        .forEach((path, rule) -> fields.put(path(path), MergeRule.of(rule.asString())));
    return new MergeRules(MergeRule.of(tree.at("/otherwise").asString()), fields);
  }
}
