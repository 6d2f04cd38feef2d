package io.stateward.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** A tree of scopes against a naive one, whatever is opened, provided, withdrawn and closed. */
final class ScopePropertyTest {

  private static final List<ScopeKey<Integer>> KEYS =
      List.of(ScopeKey.of("a"), ScopeKey.of("b", Integer.class));

  enum Kind {
    CHILD,
    PROVIDE,
    WITHDRAW,
    CLOSE
  }

  record Step(Kind kind, int scope, int key, int value) {}

  /** A scope as one would write it down: a parent, a map, and what it was told. */
  private static final class Model {
    final Scope scope;
    final @Nullable Model parent;
    final Map<ScopeKey<Integer>, Integer> provided = new HashMap<>();
    final Map<ScopeKey<Integer>, Integer> told = new HashMap<>();
    boolean closed;

    Model(Scope scope, @Nullable Model parent) {
      this.scope = scope;
      this.parent = parent;
      for (ScopeKey<Integer> key : KEYS) {
        scope
            .lookupOrNull(key)
            .subscribe(Delivery.every().withCurrent(), change -> told.put(key, change.now()));
      }
    }

    @Nullable Integer expected(ScopeKey<Integer> key) {
      Integer own = provided.get(key);
      return own != null || parent == null ? own : parent.expected(key);
    }

    boolean isWithin(Model other) {
      return this == other || (parent != null && parent.isWithin(other));
    }
  }

  @Property(seed = "20261122", tries = 500)
  void lookup_whateverHappened_isTheNearest(@ForAll("steps") List<Step> steps) {
    List<Model> models = new ArrayList<>();
    models.add(new Model(Scope.root("root"), null));
    for (Step step : steps) {
      Model model = models.get(step.scope % models.size());
      if (model.closed) {
        assertThatThrownBy(() -> model.scope.child("late")).isInstanceOf(ClosedException.class);
      } else {
        apply(step, model, models);
      }
      models.forEach(ScopePropertyTest::check);
    }
  }

  private static void apply(Step step, Model model, List<Model> models) {
    ScopeKey<Integer> key = KEYS.get(step.key);
    switch (step.kind) {
      case CHILD -> models.add(new Model(model.scope.child("child"), model));
      case PROVIDE -> {
        model.scope.provide(key, step.value);
        model.provided.put(key, step.value);
      }
      case WITHDRAW ->
          assertThat(model.scope.withdraw(key)).isEqualTo(model.provided.remove(key) != null);
      case CLOSE -> {
        model.scope.close();
        models.stream().filter(other -> other.isWithin(model)).forEach(it -> it.closed = true);
      }
    }
  }

  private static void check(Model model) {
    assertThat(model.scope.isClosed()).isEqualTo(model.closed);
    if (model.closed) {
      return;
    }
    for (ScopeKey<Integer> key : KEYS) {
      Signal<@Nullable Integer> signal = model.scope.lookupOrNull(key);
      assertThat(signal.get()).isEqualTo(model.expected(key));
      assertThat(model.told.get(key)).isEqualTo(model.expected(key));
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Kind> kinds =
        Arbitraries.of(
            Kind.CHILD,
            Kind.CHILD,
            Kind.PROVIDE,
            Kind.PROVIDE,
            Kind.PROVIDE,
            Kind.WITHDRAW,
            Kind.CLOSE);
    return Combinators.combine(
            kinds,
            Arbitraries.integers().between(0, 20),
            Arbitraries.integers().between(0, KEYS.size() - 1),
            Arbitraries.integers().between(0, 3))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }
}
