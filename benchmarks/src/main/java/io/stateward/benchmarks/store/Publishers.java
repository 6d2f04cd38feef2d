package io.stateward.benchmarks.store;

import clojure.lang.AFn;
import clojure.lang.Atom;
import clojure.lang.Keyword;
import com.vaadin.signals.Signal;
import com.vaadin.signals.ValueSignal;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.BehaviorSubject;
import io.reactivex.rxjava3.subjects.Subject;
import io.stateward.store.Store;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import kotlinx.coroutines.flow.MutableStateFlow;
import kotlinx.coroutines.flow.StateFlowKt;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Sinks;

/**
 * The contenders for one commit with one subscriber.
 *
 * <p>{@code BehaviorSubject} and {@code Sinks} have no atomic update, so theirs is a read of the
 * current value and a serialised emission, which is less than what the others do.
 */
final class Publishers {

  private Publishers() {}

  static Publisher of(String contender) {
    return switch (contender) {
      case "stateward" -> new StatewardPublisher();
      case "stateflow" -> new StateFlowPublisher();
      case "behaviorsubject" -> new RxPublisher();
      case "reactor" -> new ReactorPublisher();
      case "vaadin" -> new VaadinPublisher();
      case "clojure" -> new ClojurePublisher();
      case "listeners" -> new ListenerPublisher();
      default -> throw new IllegalArgumentException("No such contender here: " + contender);
    };
  }

  private abstract static class Summing implements Publisher {
    long told;

    @Override
    public final long told() {
      return told;
    }
  }

  private static final class StatewardPublisher extends Summing {
    private final Store<Integer> store = Store.of(0);

    StatewardPublisher() {
      store.subscribe(change -> told += change.now());
    }

    @Override
    public void commit() {
      store.update(n -> n + 1);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private static final class StateFlowPublisher extends Summing {
    private final Coroutines coroutines = new Coroutines();
    private final MutableStateFlow<Integer> state = StateFlowKt.MutableStateFlow(0);

    StateFlowPublisher() {
      coroutines.<Integer>collect(state, value -> told += value);
    }

    @Override
    public void commit() {
      StateFlowKt.update(state, n -> n + 1);
    }

    @Override
    public void close() {
      coroutines.close();
    }
  }

  private static final class RxPublisher extends Summing {
    private final BehaviorSubject<Integer> state = BehaviorSubject.createDefault(0);
    private final Subject<Integer> writer = state.toSerialized();
    private final Disposable subscription = state.subscribe(value -> told += value);

    @Override
    public void commit() {
      writer.onNext(Objects.requireNonNull(state.getValue()) + 1);
    }

    @Override
    public void close() {
      subscription.dispose();
    }
  }

  private static final class ReactorPublisher extends Summing {
    private final Sinks.Many<Integer> sink = Sinks.many().replay().latestOrDefault(0);
    private final reactor.core.Disposable subscription =
        sink.asFlux().subscribe(value -> told += value);
    private int current;

    @Override
    public void commit() {
      sink.tryEmitNext(++current).orThrow();
    }

    @Override
    public void close() {
      subscription.dispose();
    }
  }

  private static final class VaadinPublisher extends Summing {
    private final ValueSignal<Integer> signal = new ValueSignal<>(0);
    private final Runnable effect = Signal.effect(() -> told += signal.value());

    @Override
    public void commit() {
      signal.update(n -> n + 1);
    }

    @Override
    public void close() {
      effect.run();
    }
  }

  private static final class ClojurePublisher extends Summing {
    private static final AFn INCREMENT =
        new AFn() {
          @Override
          public Object invoke(Object n) {
            return (Integer) n + 1;
          }
        };
    private final Atom state = new Atom(0);

    ClojurePublisher() {
      state.addWatch(
          Keyword.intern("sum"),
          new AFn() {
            @Override
            public @Nullable Object invoke(Object key, Object ref, Object was, Object now) {
              told += (Integer) now;
              return null;
            }
          });
    }

    @Override
    public void commit() {
      state.swap(INCREMENT);
    }
  }

  private static final class ListenerPublisher extends Summing {
    private final List<IntConsumer> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger state = new AtomicInteger();

    ListenerPublisher() {
      listeners.add(value -> told += value);
    }

    @Override
    public void commit() {
      int now = state.incrementAndGet();
      for (IntConsumer listener : listeners) {
        listener.accept(now);
      }
    }
  }
}
