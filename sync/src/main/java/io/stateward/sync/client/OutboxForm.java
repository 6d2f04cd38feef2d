package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The records of an outbox: objects whose member {@code k} says which kind they are. */
final class OutboxForm {

  static final int VERSION = 1;

  /** The deepest change that still fits into every record and frame. */
  static final int DEEPEST = Tree.MAXIMUM_DEPTH - 12;

  private OutboxForm() {}

  static Builder client(String id, String key) {
    return new Builder("client").with("version", VERSION).with("id", id).with("key", key);
  }

  static Builder opened(String document, String type) {
    return new Builder("open").with("d", document).with("type", type);
  }

  static Builder edit(String document, Pending pending) {
    return new Builder("edit")
        .with("d", document)
        .with("i", pending.id)
        .with("b", pending.base)
        .with("a", pending.after)
        .with("c", pending.change);
  }

  static Builder update(String document, Mutation update) {
    return mutation(new Builder("update").with("d", document), update);
  }

  static Builder confirmed(String document, long id, long sequence, @Nullable Tree change) {
    return new Builder("own")
        .with("d", document)
        .with("i", id)
        .with("s", sequence)
        .withAny("c", change);
  }

  static Builder refused(
      String document, long id, Verdict.Refused why, boolean here, long reached) {
    return new Builder("refused")
        .with("d", document)
        .with("i", id)
        .with("code", why.code())
        .with("why", why.reason())
        .withAny("now", why.current())
        .with("here", Tree.of(here))
        .with("reached", reached);
  }

  static Builder resolved(String document, long id, Verdict.@Nullable Refused why) {
    Builder builder = new Builder("resolved").with("d", document).with("i", id);
    return why == null
        ? builder
        : builder.with("code", why.code()).with("why", why.reason()).withAny("now", why.current());
  }

  static Builder resumed(String document, String epoch, long last, long refused, long arrived) {
    return new Builder("resumed")
        .with("d", document)
        .with("epoch", epoch)
        .with("last", last)
        .with("refused", refused)
        .with("arrived", arrived);
  }

  static Builder history(String document, long after, List<Mutation> events) {
    return new Builder("history")
        .with("d", document)
        .with("after", after)
        .with("events", list(events, each -> mutation(new Builder(), each).build()));
  }

  /** A dead letter went, after which so many came: numbers of changes may come again. */
  static Builder dismissed(String document, int later) {
    return new Builder("dismissed").with("d", document).with("later", later);
  }

  /** All the records of a document in one, which stands for what comes before it. */
  static Builder copy(String document, List<TreeObject> records) {
    return new Builder("copy").with("d", document).with("records", list(records, each -> each));
  }

  static List<TreeObject> copied(TreeObject from) {
    return from.at("/records").asArray().elements().stream().map(Tree::asObject).toList();
  }

  /** A record to be written once more. */
  static Builder again(TreeObject record) {
    Builder builder = new Builder();
    record
        .members()
        .forEach(
            (name, value) -> {
              if (!name.equals("n")) {
                builder.with(name, value);
              }
            });
    return builder;
  }

  private static Builder mutation(Builder builder, Mutation update) {
    return builder
        .with("s", update.sequence())
        .with("cl", update.client())
        .with("i", update.id())
        .with("b", update.base())
        .with("c", update.change());
  }

  static Tree pending(Collection<Pending> all) {
    return list(
        all,
        each ->
            new Builder()
                .with("i", each.id)
                .with("b", each.base)
                .with("a", each.after)
                .with("c", each.change)
                .build());
  }

  static Tree letters(Collection<DeadLetter> all) {
    return list(
        all,
        each ->
            new Builder()
                .with("i", each.id())
                .with("c", each.change())
                .with("code", each.code())
                .with("why", each.reason())
                .withAny("now", each.current())
                .build());
  }

  private static <T> Tree list(Collection<T> all, Function<? super T, Tree> form) {
    List<Tree> elements = new ArrayList<>(all.size());
    all.forEach(each -> elements.add(form.apply(each)));
    return Tree.array(elements);
  }

  static List<Pending> pending(TreeObject from, String name, LongSupplier stored) {
    List<Pending> all = new ArrayList<>();
    for (Tree each : from.at("/" + name).asArray().elements()) {
      all.add(pending(each.asObject(), stored));
    }
    return all;
  }

  static Pending pending(TreeObject from, LongSupplier stored) {
    Pending pending =
        new Pending(number(from, "i"), number(from, "b"), number(from, "a"), from.at("/c"), stored);
    pending.restored();
    return pending;
  }

  static List<DeadLetter> letters(String document, TreeObject from) {
    List<DeadLetter> all = new ArrayList<>();
    for (Tree each : from.at("/letters").asArray().elements()) {
      TreeObject letter = each.asObject();
      Verdict.Refused why = why(letter);
      all.add(
          new DeadLetter(
              document,
              number(letter, "i"),
              letter.at("/c"),
              why.code(),
              why.reason(),
              why.current()));
    }
    return all;
  }

  static Verdict.Refused why(TreeObject from) {
    return new Verdict.Refused(text(from, "code"), text(from, "why"), from.members().get("now"));
  }

  static Mutation mutation(TreeObject from) {
    return new Mutation(
        text(from, "cl"), number(from, "i"), number(from, "b"), number(from, "s"), from.at("/c"));
  }

  static List<Mutation> events(TreeObject from) {
    List<Mutation> events = new ArrayList<>();
    from.at("/events").asArray().elements().forEach(each -> events.add(mutation(each.asObject())));
    return events;
  }

  static String text(TreeObject from, String name) {
    return from.at("/" + name).asString();
  }

  static long number(TreeObject from, String name) {
    return from.at("/" + name).asLong();
  }

  static boolean has(TreeObject from, String name) {
    return from.members().containsKey(name);
  }

  /** Collects the members of a record. */
  static final class Builder {
    private final TreeObject.Builder builder = TreeObject.builder();

    Builder() {}

    Builder(String kind) {
      with("k", kind);
    }

    Builder with(String name, String text) {
      return with(name, Tree.of(text));
    }

    Builder with(String name, long number) {
      return with(name, Tree.of(number));
    }

    Builder with(String name, Tree value) {
      builder.add(name, value);
      return this;
    }

    Builder withAny(String name, @Nullable Tree value) {
      return value == null ? this : with(name, value);
    }

    TreeObject build() {
      return builder.build();
    }
  }
}
