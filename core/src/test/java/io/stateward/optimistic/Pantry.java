package io.stateward.optimistic;

import io.stateward.codec.Codec;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.collection.PersistentMap;
import io.stateward.flow.Call;
import io.stateward.persist.Persistence;
import io.stateward.store.WriteResult;
import io.stateward.time.VirtualTimekeeper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** What is in a pantry, the commands on it that can be stored, and a server that keeps it. */
final class Pantry {

  private Pantry() {}

  record Item(String name, int amount) {}

  static final TreeCodec<Item> ITEM =
      TreeCodec.of(
          "item/1",
          item -> Tree.object().plus("name", item.name()).plus("amount", item.amount()),
          tree -> new Item(tree.at("/name").asString(), tree.at("/amount").asInt()));

  static final TreeCodec<PersistentMap<String, Integer>> STOCK =
      TreeCodec.of("stock/1", Pantry::toTree, Pantry::fromTree);

  static final CommandType<PersistentMap<String, Integer>, Item> ADD =
      CommandType.of(
          "pantry/add",
          ITEM,
          (stock, item) -> stock.upsert(item.name(), item.amount(), Integer::sum));

  static final CommandType<PersistentMap<String, Integer>, Item> TAKE =
      CommandType.of(
          "pantry/take",
          ITEM,
          (stock, item) -> {
            int left = stock.getOrDefault(item.name(), 0) - item.amount();
            if (left < 0) {
              throw new IllegalStateException("there is not enough " + item.name());
            }
            return stock.plus(item.name(), left);
          });

  /** One whose arguments are no JSON. */
  static final CommandType<PersistentMap<String, Integer>, String> CLEAR =
      CommandType.of("pantry/clear", Codec.text(), (stock, name) -> stock.minus(name));

  private static Tree toTree(PersistentMap<String, Integer> stock) {
    Tree tree = Tree.object();
    for (Map.Entry<String, Integer> each : stock.entrySet()) {
      tree = tree.asObject().plus(each.getKey(), (long) each.getValue());
    }
    return tree;
  }

  private static PersistentMap<String, Integer> fromTree(Tree tree) {
    PersistentMap<String, Integer> stock = PersistentMap.of();
    for (Map.Entry<String, Tree> each : tree.asObject().members().entrySet()) {
      stock = stock.plus(each.getKey(), each.getValue().asInt());
    }
    return stock;
  }

  static MutationPlan<PersistentMap<String, Integer>, Integer> about(String name) {
    return MutationPlan.about(
        stock -> stock.get(name), (stock, amount) -> stock.plus(name, amount));
  }

  /** Applies each mutation once, and answers when it is told to. */
  static final class Server {
    final List<MutationId> received = new ArrayList<>();
    final Set<MutationId> applied = new HashSet<>();
    PersistentMap<String, Integer> stock = PersistentMap.of();
    boolean deaf; // hears nothing
    boolean mute; // its answers are lost

    synchronized CompletionStage<WriteResult<Integer>> add(MutationId id, Item item) {
      if (deaf) {
        return new CompletableFuture<>();
      }
      received.add(id);
      if (applied.add(id)) {
        stock = stock.upsert(item.name(), item.amount(), Integer::sum);
      }
      Integer amount = stock.get(item.name());
      return mute || amount == null
          ? new CompletableFuture<>()
          : CompletableFuture.completedFuture(new WriteResult.Saved<>(amount));
    }

    MutationPlan<PersistentMap<String, Integer>, Integer> plan(Item item) {
      return about(item.name())
          .answeredBy(Call.stage(sent -> add(sent.id(), item)))
          .scope(item.name());
    }
  }

  /** One run of an application whose pantry is kept in a file. */
  static final class Run implements AutoCloseable {
    final VirtualTimekeeper time = VirtualTimekeeper.create();
    final OptimisticStore<PersistentMap<String, Integer>> store;
    final Path file;

    Run(Path file, UnaryOperator<OptimisticBuilder<PersistentMap<String, Integer>>> settings) {
      this.file = file;
      this.store =
          settings
              .apply(
                  OptimisticStore.over("pantry", PersistentMap.<String, Integer>of())
                      .timekeeper(time)
                      .commands(ADD, TAKE, CLEAR))
              .open();
    }

    Persistence keep(Executor executor) {
      return store.persistence().open(file, SavedLog.codec(STOCK), executor);
    }

    Persistence keep() {
      return keep(Runnable::run);
    }

    PersistentMap<String, Integer> visible() {
      return store.visible().get();
    }

    List<String> pending() {
      return store.pending().get().stream().map(each -> each.name() + " " + each.status()).toList();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
