package io.stateward.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
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
import net.jqwik.api.Tuple;

/** Families against naive lists, whatever is got, leased, given back, evicted and waited for. */
final class FamilyPropertyTest {

  private static final int KEYS = 6;

  enum Kind {
    GET,
    LEASE,
    GIVE_BACK,
    EVICT,
    WAIT
  }

  record Step(Kind kind, int key, int pick) {}

  /** A value that knows which it is, and whether it was closed. */
  private static final class Value implements AutoCloseable {
    final int key;
    int closed;

    Value(int key) {
      this.key = key;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  /** The state that the rules of a family speak of, kept in the plainest way. */
  private static final class Model {
    final int keep;
    final long idle; // in seconds; 0 for no limit
    final long ttl; // the same
    long now;
    final Map<Integer, Long> born = new HashMap<>();
    final Map<Integer, Integer> leases = new HashMap<>();
    final Map<Integer, Long> usedAt = new HashMap<>();
    final List<Integer> unleased = new ArrayList<>(); // the one unused longest first

    Model(int keep, long idle, long ttl) {
      this.keep = keep;
      this.idle = idle;
      this.ttl = ttl;
    }

    void lease(int key) {
      born.putIfAbsent(key, now);
      leases.merge(key, 1, Integer::sum);
      unleased.remove((Object) key);
    }

    void giveBack(int key) {
      leases.merge(key, -1, Integer::sum);
      if (leases.get(key) == 0) {
        unleased.add(key);
        usedAt.put(key, now);
        if (unleased.size() > keep) {
          evict(unleased.get(0));
        }
      }
    }

    void evict(int key) {
      born.remove(key);
      leases.remove(key);
      unleased.remove((Object) key);
    }

    void waitFor(long seconds) {
      now += seconds;
      for (int key = 0; key < KEYS; key++) {
        boolean old = ttl > 0 && born.containsKey(key) && now - born.get(key) >= ttl;
        boolean unused = idle > 0 && unleased.contains(key) && now - usedAt.get(key) >= idle;
        if (old || unused) {
          evict(key);
        }
      }
    }
  }

  /** A lease, and whether the model still counts it. */
  private record Held(int key, Value value, Lease<Value> lease) {}

  /** A family and its model, given the same steps. */
  private static final class Pair {
    final VirtualTimekeeper time = VirtualTimekeeper.create();
    final List<Value> made = new ArrayList<>();
    final List<Held> held = new ArrayList<>();
    final Map<Integer, Value> current = new HashMap<>();
    final LeasedFamily<Integer, Value> family;
    final Model model;

    Pair(Model model) {
      this.model = model;
      Duration seconds = Duration.ofSeconds(Math.max(model.idle, model.ttl));
      if (model.idle > 0) {
        family = Family.idle("family", seconds, time, this::make);
      } else if (model.ttl > 0) {
        family = Family.ttl("family", seconds, time, this::make);
      } else if (model.keep > 0) {
        family = Family.lru("family", model.keep, this::make);
      } else {
        family = Family.counted("family", this::make);
      }
    }

    Value make(int key) {
      Value value = new Value(key);
      made.add(value);
      current.put(key, value);
      return value;
    }

    void apply(Step step) {
      switch (step.kind) {
        case GET -> get(step.key);
        case LEASE -> lease(step.key);
        case GIVE_BACK -> giveBack(step.pick);
        case EVICT -> {
          family.evict(step.key);
          model.evict(step.key);
        }
        case WAIT -> {
          time.advance(Duration.ofSeconds(step.pick));
          model.waitFor(step.pick);
        }
      }
    }

    void get(int key) {
      if (family instanceof Family<Integer, Value> all && model.keep > 0) {
        assertThat(all.get(key)).isSameAs(current.get(key));
      } else {
        family.lease(key).close();
      }
      model.lease(key);
      model.giveBack(key);
    }

    void lease(int key) {
      Lease<Value> lease = family.lease(key);
      held.add(new Held(key, lease.value(), lease));
      assertThat(lease.value()).isSameAs(current.get(key));
      model.lease(key);
    }

    void giveBack(int pick) {
      if (held.isEmpty()) {
        return;
      }
      Held one = held.remove(pick % held.size());
      one.lease.close();
      if (model.born.containsKey(one.key) && current.get(one.key) == one.value) {
        model.giveBack(one.key);
      }
    }

    /** Closed is exactly what is neither in the family nor leased, and once. */
    void check() {
      assertThat(family.size()).isEqualTo(model.born.size());
      for (Value value : made) {
        boolean member = model.born.containsKey(value.key) && current.get(value.key) == value;
        boolean leased = held.stream().anyMatch(one -> one.value == value);
        assertThat(value.closed).isEqualTo(member || leased ? 0 : 1);
      }
      if (model.idle == 0 && model.ttl == 0) {
        assertThat(time.pending()).isZero();
      } else {
        assertThat(time.pending()).isLessThanOrEqualTo(1);
      }
    }
  }

  private static void run(Pair pair, List<Step> steps) {
    for (Step step : steps) {
      pair.apply(step);
      pair.check();
    }
    pair.family.close();
    assertThat(pair.made).allMatch(value -> value.closed == 1);
    assertThat(pair.time.pending()).isZero();
  }

  @Property(seed = "11", tries = 500)
  void counted_anySteps_asTheModel(@ForAll("steps") List<Step> steps) {
    run(new Pair(new Model(0, 0, 0)), steps);
  }

  @Property(seed = "12", tries = 500)
  void lru_anySteps_asTheModel(@ForAll("steps") List<Step> steps) {
    run(new Pair(new Model(2, 0, 0)), steps);
  }

  @Property(seed = "13", tries = 500)
  void idle_anySteps_asTheModel(@ForAll("steps") List<Step> steps) {
    run(new Pair(new Model(Integer.MAX_VALUE, 5, 0)), steps);
  }

  @Property(seed = "14", tries = 500)
  void ttl_anySteps_asTheModel(@ForAll("steps") List<Step> steps) {
    run(new Pair(new Model(Integer.MAX_VALUE, 0, 5)), steps);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(4, Kind.GET),
            Tuple.of(3, Kind.LEASE),
            Tuple.of(3, Kind.GIVE_BACK),
            Tuple.of(1, Kind.EVICT),
            Tuple.of(2, Kind.WAIT));
    return Combinators.combine(
            kinds,
            Arbitraries.integers().between(0, KEYS - 1),
            Arbitraries.integers().between(0, 4))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }
}
