package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.PersistentMap;
import io.stateward.signal.Recorder;
import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random actions on a store whose slices come and go, beside a map that is changed in place. */
final class ReducingStorePropertyTest {

  private static final int LIMIT = 20;

  /** An action: adds to a slice. */
  private record Plus(String slice, int amount) {}

  private sealed interface Operation {
    record Dispatch(Plus plus) implements Operation {}

    record Together(List<Plus> all, boolean fails) implements Operation {}

    record Update(String slice, int value) implements Operation {}

    record Load(String slice) implements Operation {}

    record Unload(String slice) implements Operation {}
  }

  private static Lens<PersistentMap<String, Integer>, Integer> part(String slice) {
    return Lens.of(all -> all.getOrDefault(slice, 0), (all, value) -> all.plus(slice, value));
  }

  private static Reducer<PersistentMap<String, Integer>, Plus> reducer(String slice) {
    return new Reducer<>() {
      private final Reducer<PersistentMap<String, Integer>, Plus> right =
          Reducer.slice(part(slice), (value, plus) -> value + plus.amount());

      @Override
      public PersistentMap<String, Integer> reduce(
          PersistentMap<String, Integer> state, Plus plus) {
        return handles(plus) ? right.reduce(state, plus) : state;
      }

      @Override
      public boolean handles(Plus plus) {
        return plus.slice().equals(slice);
      }
    };
  }

  /** The store, and what it should be. */
  private static final class World {
    final ReducingStore<PersistentMap<String, Integer>, Plus> store =
        Store.reducing("slices", PersistentMap.of(), reducer("a"));
    final Map<String, Subscription> loaded = new TreeMap<>();
    final List<Commit<PersistentMap<String, Integer>, Plus>> commits = new ArrayList<>();
    final Recorder<PersistentMap<String, Integer>> told = new Recorder<>();
    final List<List<Plus>> expected = new ArrayList<>();
    Map<String, Integer> model = new TreeMap<>();

    World() {
      store.use(
          Middleware.checking(
              (before, after) ->
                  after.values().stream().anyMatch(value -> value > LIMIT) ? "too much" : null));
      store.use(Middleware.recording(commits::add));
      store.subscribe(told);
    }

    /** What is to come of an action, and its effect on the model. */
    String foresee(Plus plus) {
      if (!plus.slice().equals("a") && !loaded.containsKey(plus.slice())) {
        return "Unhandled";
      }
      int value = model.getOrDefault(plus.slice(), 0) + plus.amount();
      if (plus.amount() == 0) {
        return "Unchanged";
      }
      if (value > LIMIT) {
        return "Vetoed";
      }
      model.put(plus.slice(), value);
      return "Committed";
    }

    void dispatch(Plus plus) {
      String outcome = foresee(plus);
      assertThat(store.dispatch(plus).getClass().getSimpleName()).isEqualTo(outcome);
    }

    void run(Operation operation) {
      if (operation instanceof Operation.Dispatch it) {
        Map<String, Integer> before = new TreeMap<>(model);
        dispatch(it.plus());
        note(before, List.of(it.plus()));
      } else if (operation instanceof Operation.Together it) {
        together(it);
      } else if (operation instanceof Operation.Update it) {
        Map<String, Integer> before = new TreeMap<>(model);
        store.slice(part(it.slice())).set(it.value());
        model.put(it.slice(), it.value());
        note(before, List.of());
      } else if (operation instanceof Operation.Load it) {
        loaded.computeIfAbsent(it.slice(), slice -> store.inject(reducer(slice)));
      } else if (operation instanceof Operation.Unload it) {
        Subscription out = loaded.remove(it.slice());
        if (out != null) {
          out.close();
        }
      }
    }

    private void together(Operation.Together it) {
      Map<String, Integer> before = new TreeMap<>(model);
      List<Plus> committed = new ArrayList<>();
      try {
        Store.atomically(
            () -> {
              for (Plus plus : it.all()) {
                Map<String, Integer> step = new TreeMap<>(model);
                dispatch(plus);
                if (!step.equals(model)) {
                  committed.add(plus);
                }
              }
              if (it.fails()) {
                throw new IllegalStateException("foreign");
              }
            },
            store);
        if (!committed.isEmpty()) {
          note(null, committed);
        }
      } catch (IllegalStateException e) {
        model = before;
      }
    }

    private void note(Map<String, Integer> before, List<Plus> actions) {
      if (!model.equals(before)) {
        expected.add(actions);
      }
    }

    void verify() {
      assertThat(new TreeMap<>(store.get())).isEqualTo(model);
      assertThat(store.version()).isEqualTo(expected.size());
      assertThat(commits).extracting(Commit::actions).containsExactlyElementsOf(expected);
      for (int i = 0; i < commits.size(); i++) {
        Commit<PersistentMap<String, Integer>, Plus> commit = commits.get(i);
        assertThat(commit.version()).isEqualTo(i + 1);
        PersistentMap<String, Integer> before =
            i == 0 ? PersistentMap.of() : commits.get(i - 1).after();
        assertThat(commit.before()).isEqualTo(before);
        PersistentMap<String, Integer> folded = commit.before();
        for (Plus plus : commit.actions()) {
          folded = reducer(plus.slice()).reduce(folded, plus);
        }
        if (!commit.actions().isEmpty()) {
          assertThat(folded).isEqualTo(commit.after());
        }
      }
      told.verifyJoined();
    }
  }

  @Property(seed = "7130924", tries = 600)
  void store_randomActions_agreesWithTheModel(@ForAll("operations") List<Operation> operations) {
    World world = new World();

    operations.forEach(world::run);

    world.verify();
  }

  @Provide
  Arbitrary<List<Operation>> operations() {
    Arbitrary<String> slices = Arbitraries.of("a", "b", "c");
    Arbitrary<Plus> plus =
        slices.flatMap(
            slice -> Arbitraries.integers().between(-4, 9).map(amount -> new Plus(slice, amount)));
    return Arbitraries.<Operation>oneOf(
            plus.map(Operation.Dispatch::new),
            plus.map(Operation.Dispatch::new),
            plus.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .flatMap(
                    all -> Arbitraries.of(true, false).map(f -> new Operation.Together(all, f))),
            slices.flatMap(
                slice ->
                    Arbitraries.integers()
                        .between(1, LIMIT)
                        .map(v -> new Operation.Update(slice, v))),
            Arbitraries.of("b", "c").map(Operation.Load::new),
            Arbitraries.of("b", "c").map(Operation.Unload::new))
        .list()
        .ofMaxSize(25);
  }
}
