package io.stateward.benchmarks.store;

import clojure.lang.AFn;
import clojure.lang.Atom;
import clojure.lang.Keyword;
import com.vaadin.signals.ValueSignal;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.subjects.BehaviorSubject;
import io.reactivex.rxjava3.subjects.Subject;
import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.signal.Signal;
import io.stateward.store.Keyed;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import kotlinx.coroutines.flow.FlowKt;
import kotlinx.coroutines.flow.MutableStateFlow;
import kotlinx.coroutines.flow.StateFlowKt;
import org.jspecify.annotations.Nullable;

/**
 * The contenders for keyed subscription.
 *
 * <p>Those that hold one state and select from it hold it in the same persistent map, so that the
 * map is not what is compared. Vaadin has no selection by key worth racing (each change looks at
 * every observer of a tree), so it gets what its users build: a signal per entity.
 */
final class Audiences {

  private Audiences() {}

  /** Subscribes to the first {@code subscribers} of {@code entities} ids. */
  static Audience of(String contender, int entities, int subscribers) {
    return switch (contender) {
      case "stateward" -> new StatewardAudience(entities, subscribers);
      case "stateflow" -> new StateFlowAudience(entities, subscribers);
      case "behaviorsubject" -> new RxAudience(entities, subscribers);
      case "listeners" -> new ListenerAudience(entities, subscribers);
      case "clojure" -> new ClojureAudience(entities, subscribers);
      case "vaadin" -> new VaadinAudience(entities, subscribers);
      default -> throw new IllegalArgumentException("No such contender here: " + contender);
    };
  }

  private static PersistentMap<Integer, Integer> numbers(int entities) {
    var builder = PersistentMap.<Integer, Integer>builder();
    IntStream.range(0, entities).forEach(id -> builder.put(id, -1));
    return builder.build();
  }

  /** Counts. Its own class so that each contender's subscriber is as small as it can be. */
  private abstract static class Counting implements Audience {
    long told;

    @Override
    public final long told() {
      return told;
    }
  }

  private static final class StatewardAudience extends Counting {
    private record Item(int id, int value) {}

    private final Store<EntityTable<Integer, Item>> store;

    StatewardAudience(int entities, int subscribers) {
      store =
          Store.of(
              EntityTable.<Integer, Item>of(Item::id)
                  .addAll(IntStream.range(0, entities).mapToObj(id -> new Item(id, -1)).toList()));
      Keyed<Integer, Item> items = store.entities(table -> table);
      for (int id = 0; id < subscribers; id++) {
        Signal<@Nullable Item> item = items.at(id);
        item.subscribe(change -> told++);
      }
    }

    @Override
    public void change(int id, int value) {
      store.update(table -> table.set(new Item(id, value)));
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private static final class StateFlowAudience extends Counting {
    private final Coroutines coroutines = new Coroutines();
    private final MutableStateFlow<PersistentMap<Integer, Integer>> state;

    StateFlowAudience(int entities, int subscribers) {
      state = StateFlowKt.MutableStateFlow(numbers(entities));
      for (int i = 0; i < subscribers; i++) {
        Integer id = i;
        coroutines.collect(
            FlowKt.distinctUntilChanged(
                FlowKt.<PersistentMap<Integer, Integer>, Integer>map(
                    state, (map, continuation) -> Objects.requireNonNull(map.get(id)))),
            value -> told++);
      }
      told = 0; // each was told the initial value
    }

    @Override
    public void change(int id, int value) {
      StateFlowKt.update(state, map -> map.plus(id, value));
    }

    @Override
    public void close() {
      coroutines.close();
    }
  }

  private static final class RxAudience extends Counting {
    private final BehaviorSubject<PersistentMap<Integer, Integer>> state;
    private final Subject<PersistentMap<Integer, Integer>> writer;
    private final CompositeDisposable subscriptions = new CompositeDisposable();

    RxAudience(int entities, int subscribers) {
      state = BehaviorSubject.createDefault(numbers(entities));
      writer = state.toSerialized();
      for (int i = 0; i < subscribers; i++) {
        Integer id = i;
        subscriptions.add(
            state
                .map(map -> Objects.requireNonNull(map.get(id)))
                .distinctUntilChanged()
                .subscribe(value -> told++));
      }
      told = 0; // each was told the initial value
    }

    @Override
    public void change(int id, int value) {
      writer.onNext(Objects.requireNonNull(state.getValue()).plus(id, value));
    }

    @Override
    public void close() {
      subscriptions.dispose();
    }
  }

  private static final class ListenerAudience extends Counting {
    private final List<Consumer<PersistentMap<Integer, Integer>>> listeners =
        new CopyOnWriteArrayList<>();
    private PersistentMap<Integer, Integer> state;

    ListenerAudience(int entities, int subscribers) {
      state = numbers(entities);
      listeners.addAll(
          IntStream.range(0, subscribers)
              .<Consumer<PersistentMap<Integer, Integer>>>mapToObj(Selecting::new)
              .toList());
    }

    @Override
    public void change(int id, int value) {
      PersistentMap<Integer, Integer> now = state.plus(id, value);
      state = now;
      for (Consumer<PersistentMap<Integer, Integer>> listener : listeners) {
        listener.accept(now);
      }
    }

    /** A listener that selects its entity and is content if that is what it was. */
    private final class Selecting implements Consumer<PersistentMap<Integer, Integer>> {
      private final Integer id;
      private @Nullable Integer last;

      Selecting(int id) {
        this.id = id;
        this.last = state.get(this.id);
      }

      @Override
      public void accept(PersistentMap<Integer, Integer> map) {
        Integer now = map.get(id);
        if (!Objects.equals(now, last)) {
          last = now;
          told++;
        }
      }
    }
  }

  private static final class ClojureAudience extends Counting {
    private final Atom state;

    ClojureAudience(int entities, int subscribers) {
      state = new Atom(numbers(entities));
      for (int i = 0; i < subscribers; i++) {
        Integer id = i;
        state.addWatch(
            Keyword.intern("watch-" + i),
            new AFn() {
              @Override
              public @Nullable Object invoke(Object key, Object ref, Object was, Object now) {
                if (!Objects.equals(entity(was, id), entity(now, id))) {
                  told++;
                }
                return null;
              }
            });
      }
    }

    private static @Nullable Object entity(Object map, Integer id) {
      return ((PersistentMap<?, ?>) map).get(id);
    }

    @Override
    public void change(int id, int value) {
      state.swap(
          new AFn() {
            @Override
            @SuppressWarnings("unchecked") // the atom holds nothing else
            public Object invoke(Object map) {
              return ((PersistentMap<Integer, Integer>) map).plus(id, value);
            }
          });
    }
  }

  private static final class VaadinAudience extends Counting {
    private final List<ValueSignal<Integer>> entities = new ArrayList<>();
    private final List<Runnable> effects = new ArrayList<>();

    VaadinAudience(int count, int subscribers) {
      for (int id = 0; id < count; id++) {
        entities.add(new ValueSignal<>(-1));
      }
      for (int id = 0; id < subscribers; id++) {
        ValueSignal<Integer> entity = entities.get(id);
        effects.add(
            com.vaadin.signals.Signal.effect(
                () -> {
                  entity.value();
                  told++;
                }));
      }
      told = 0; // each ran once to find out what it depends on
    }

    @Override
    public void change(int id, int value) {
      entities.get(id).value(value);
    }

    @Override
    public void close() {
      effects.forEach(Runnable::run);
    }
  }
}
