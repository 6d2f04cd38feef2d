package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Replica;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A list of lines to which everybody appends; a line "!n" asks for the history after n first. */
final class Lines implements Replica {

  final List<String> confirmed = new ArrayList<>();
  final Map<Long, String> pending = new TreeMap<>();
  final List<String> calls = new ArrayList<>();
  private final DocumentContext context;
  private boolean givenHistory;
  @Nullable String rewriting;
  @Nullable RuntimeException failure;

  Lines(DocumentContext context) {
    this.context = context;
  }

  /** What shows. */
  List<String> shown() {
    List<String> shown = new ArrayList<>(confirmed);
    shown.addAll(pending.values());
    return shown;
  }

  @Override
  public String type() {
    return "lines";
  }

  @Override
  public void edit(Mutation mutation) {
    if (mutation.change().asString().isEmpty()) {
      throw new IllegalArgumentException("A line is not empty.");
    }
    pending.put(mutation.id(), mutation.change().asString());
    moved("edit " + mutation.id());
  }

  @Override
  public List<Tree> reset(long sequence, Tree state, List<Tree> changes) {
    if (failure != null) {
      throw failure;
    }
    confirmed.clear();
    state.asArray().elements().forEach(each -> confirmed.add(each.asString()));
    moved("reset " + sequence);
    return rewritten(changes);
  }

  private List<Tree> rewritten(List<Tree> changes) {
    String mark = rewriting;
    return mark == null
        ? changes
        : changes.stream().map(each -> (Tree) Tree.of(mark + each.asString())).toList();
  }

  @Override
  public @Nullable Long take(Mutation update) {
    if (failure != null) {
      throw failure;
    }
    String line = update.change().asString();
    if (line.startsWith("!") && !givenHistory) {
      return Long.parseLong(line.substring(1));
    }
    givenHistory = false;
    confirmed.add(line);
    moved("take " + update.sequence());
    return null;
  }

  @Override
  public void history(long after, List<Mutation> events) {
    givenHistory = true;
    moved("history " + after + " " + events.size());
  }

  @Override
  public void confirm(long id, long sequence, Tree change) {
    if (pending.remove(id) == null) {
      throw new IllegalStateException("There is no change " + id + " among " + pending);
    }
    confirmed.add(change.asString());
    moved("confirm " + id + " at " + sequence);
  }

  @Override
  public List<Tree> refuse(long id, Verdict.Refused refusal, List<Tree> changes) {
    pending.remove(id);
    moved("refuse " + id);
    return rewritten(changes);
  }

  @Override
  public void renumber(List<Mutation> all) {
    pending.clear();
    all.forEach(each -> pending.put(each.id(), each.change().asString()));
  }

  @Override
  public Tree store() {
    return Tree.array(confirmed.stream().map(each -> (Tree) Tree.of(each)).toList());
  }

  @Override
  public void restore(long sequence, @Nullable Tree stored, List<Mutation> all) {
    if (stored != null) {
      stored.asArray().elements().forEach(each -> confirmed.add(each.asString()));
    }
    renumber(all);
  }

  private void moved(String call) {
    context.afterwards(() -> calls.add(call));
  }
}
