package io.stateward.sync.record;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeShapeException;
import io.stateward.sync.record.RecordResult.Changed;
import io.stateward.sync.record.RecordResult.Conflict;
import io.stateward.sync.record.RecordResult.Refused;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What each change does to a record. */
final class Application {

  private final RecordState state;
  private final RecordContext context;

  private Application(RecordState state, RecordContext context) {
    this.state = state;
    this.context = context;
  }

  static RecordResult of(RecordState state, RecordChange change, RecordContext context) {
    try {
      return new Application(state, context).applied(change);
    } catch (RefusedException e) {
      return e.refused();
    } catch (TreeShapeException e) {
      return new Refused("shape", String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) { // deeper, or with more digits, than a tree can be
      return new Refused("too-large", String.valueOf(e.getMessage()));
    }
  }

  private RecordResult applied(RecordChange change) {
    if (change instanceof RecordChange.Put put) {
      return isExpected(put.expected()) ? changed(put.value()) : conflict();
    } else if (change instanceof RecordChange.Delete delete) {
      return state.value() == null || isExpected(delete.expected()) ? changed(null) : conflict();
    } else if (change instanceof RecordChange.Merge merge) {
      return merged(merge);
    } else if (change instanceof RecordChange.All all) {
      return all(all.changes());
    }
    return changed(part(change));
  }

  /** Whether nobody else has changed the record since a version. */
  private boolean isExpected(@Nullable Long expected) {
    return expected == null
        || (expected < context.sequence()
            && expected >= state.versionOfOthersThan(context.client()));
  }

  private RecordResult conflict() {
    return new Conflict(state, List.of(""));
  }

  private RecordResult changed(@Nullable Tree value) {
    if (value != null && value != state.value()) {
      context.limits().check(value);
    }
    return new Changed(state.with(value, context));
  }

  private RecordResult merged(RecordChange.Merge change) {
    Tree theirs = state.version() == 0 ? change.base() : state.value();
    FieldMerge merge = new FieldMerge(change.rules());
    Tree merged = merge.merge("", change.base(), change.mine(), theirs);
    return merge.undecided().isEmpty() ? changed(merged) : new Conflict(state, merge.undecided());
  }

  private RecordResult all(List<RecordChange> changes) {
    RecordState now = state;
    for (RecordChange each : changes) {
      RecordResult result = of(now, each, context);
      if (!(result instanceof Changed changed)) {
        return result instanceof Conflict conflict ? new Conflict(state, conflict.paths()) : result;
      }
      now = changed.state();
    }
    return new Changed(now);
  }

  /** Returns the value with one of its parts changed. */
  private @Nullable Tree part(RecordChange change) {
    if (change instanceof RecordChange.Set set) {
      return at(set.path(), part -> set.value());
    } else if (change instanceof RecordChange.Remove remove) {
      return at(remove.path(), part -> null);
    } else if (change instanceof RecordChange.Increment increment) {
      return at(increment.path(), part -> sum(part, increment.by()));
    } else if (change instanceof RecordChange.Include include) {
      return at(include.path(), array -> Paths.including(array, include.element()));
    }
    RecordChange.Exclude exclude = (RecordChange.Exclude) change;
    return at(exclude.path(), array -> Paths.excluding(array, exclude.element()));
  }

  private @Nullable Tree at(String path, Function<@Nullable Tree, @Nullable Tree> change) {
    Tree value = state.value();
    if (state.isDeleted()) {
      throw new RefusedException(
          "gone", "The record was deleted in version %d.".formatted(state.version()));
    }
    if (path.isEmpty()) {
      return change.apply(value);
    }
    Tree root = value == null ? Tree.object() : value;
    Tree changed = Paths.changed(root, path, change);
    return changed == root ? value : changed;
  }

  private static Tree sum(@Nullable Tree part, BigDecimal by) {
    return Tree.of(part == null ? by : part.asNumber().toDecimal().add(by));
  }
}
