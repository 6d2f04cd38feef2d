package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.PersistentMap;
import io.stateward.optimistic.Pantry.Item;
import io.stateward.optimistic.Pantry.Run;
import io.stateward.persist.Persistence;
import io.stateward.signal.ManualExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * A store that is closed and opened again at any moment shows what one shows that never was. The
 * one that never was is a naive model: a state, a list of commands, and their fold.
 */
final class RestartPropertyTest {

  sealed interface Deed {
    record Add(String name, int amount) implements Deed {}

    record Take(String name, int amount) implements Deed {}

    record Acknowledge(int which) implements Deed {}

    record AcknowledgeWith(int which, String name, int amount) implements Deed {}

    record Reject(int which) implements Deed {}

    record Push(String name, int amount) implements Deed {}

    /** Restarts; what follows happens before the file is read, as many deeds as are said. */
    record Restart(int early) implements Deed {}
  }

  /** What is visible, by the definition. */
  private static final class Model {
    private record Entry(MutationId id, Command<PersistentMap<String, Integer>> command) {}

    PersistentMap<String, Integer> base = PersistentMap.of();
    List<Entry> log = new ArrayList<>();
    List<MutationId> acknowledged = new ArrayList<>();

    PersistentMap<String, Integer> visible() {
      PersistentMap<String, Integer> state = base;
      for (Entry entry : List.copyOf(log)) {
        try {
          state = entry.command().apply(state);
        } catch (IllegalStateException e) {
          log.remove(entry);
        }
      }
      return state;
    }

    void acknowledge(MutationId id) {
      acknowledged.add(id);
      drain();
    }

    private void drain() {
      visible(); // what cannot be executed any more is dropped first
      while (!log.isEmpty() && acknowledged.contains(log.get(0).id())) {
        base = log.remove(0).command().apply(base);
      }
    }

    void push(String name, int amount) {
      for (Entry entry : List.copyOf(log)) {
        if (acknowledged.contains(entry.id())) {
          try {
            base = entry.command().apply(base);
            log.remove(entry);
          } catch (IllegalStateException e) {
            // it stands on what is not confirmed
          }
        }
      }
      base = base.plus(name, amount);
      drain();
    }

    void remove(MutationId id) {
      log.removeIf(entry -> entry.id().equals(id));
      drain();
    }
  }

  /** The store that is restarted, with the model beside it. */
  private static final class Both implements AutoCloseable {
    final Path folder;
    final Model model = new Model();
    Run run;
    Persistence kept;
    ManualExecutor executor = new ManualExecutor();
    int early;

    Both() throws IOException {
      folder = Files.createTempDirectory("restart");
      run = new Run(folder.resolve("pantry.json"), settings -> settings);
      kept = run.keep(executor);
      executor.runAll();
    }

    void perform(Deed deed) {
      if (deed instanceof Deed.Restart restart) {
        restart(restart.early());
        return;
      }
      if (early > 0 && --early == 0) {
        executor.runAll();
      }
      if (deed instanceof Deed.Add add) {
        mutate(Pantry.ADD.with(new Item(add.name(), add.amount())));
      } else if (deed instanceof Deed.Push push) {
        run.store.external(stock -> stock.plus(push.name(), push.amount()));
        model.push(push.name(), push.amount());
      } else if (deed instanceof Deed.Take take && early == 0) {
        take(take);
      } else if (deed instanceof Deed.Acknowledge acknowledge) {
        MutationId id = open(acknowledge.which());
        if (id != null) {
          run.store.acknowledge(id);
          model.acknowledge(id);
        }
      } else if (deed instanceof Deed.AcknowledgeWith with) {
        MutationId id = open(with.which());
        if (id != null) {
          run.store.acknowledge(id, stock -> stock.plus(with.name(), with.amount()));
          model.log.removeIf(entry -> entry.id().equals(id));
          model.push(with.name(), with.amount());
        }
      } else if (deed instanceof Deed.Reject reject) {
        MutationId id = open(reject.which());
        if (id != null) {
          run.store.reject(id, "no");
          model.remove(id);
        }
      }
    }

    private void mutate(Command<PersistentMap<String, Integer>> command) {
      MutationId id = run.store.mutate(command, MutationPlan.whole()).id();
      model.log.add(new Model.Entry(id, command));
    }

    private void take(Deed.Take take) {
      try {
        mutate(Pantry.TAKE.with(new Item(take.name(), take.amount())));
      } catch (IllegalStateException e) {
        assertThat(model.visible().getOrDefault(take.name(), 0)).isLessThan(take.amount());
      }
    }

    private MutationId open(int which) {
      List<MutationId> open =
          run.store.pending().get().stream()
              .filter(each -> each.status() != MutationStatus.ACKNOWLEDGED)
              .map(Pending::id)
              .toList();
      return open.isEmpty() ? null : open.get(which % open.size());
    }

    private void restart(int deedsBefore) {
      stop();
      executor = new ManualExecutor();
      run = new Run(folder.resolve("pantry.json"), settings -> settings);
      kept = run.keep(executor);
      early = deedsBefore;
      if (early == 0) {
        executor.runAll();
      }
    }

    private void stop() {
      early = 0;
      executor.runAll();
      kept.close();
      run.close();
    }

    void check() {
      if (early > 0) {
        return;
      }
      assertThat(run.visible()).isEqualTo(model.visible());
      assertThat(run.store.confirmed().get()).isEqualTo(model.base);
      assertThat(run.store.pending().get())
          .extracting(Pending::id)
          .containsExactlyElementsOf(model.log.stream().map(Model.Entry::id).toList());
      assertThat(run.store.pending().get())
          .extracting(each -> each.status() == MutationStatus.ACKNOWLEDGED)
          .containsExactlyElementsOf(
              model.log.stream().map(entry -> model.acknowledged.contains(entry.id())).toList());
    }

    @Override
    public void close() {
      stop();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Property(seed = "14", tries = 400)
  void restarted_atAnyMoment_showsWhatOneShowsThatNeverWas(@ForAll("deeds") List<Deed> deeds)
      throws IOException {
    try (Both both = new Both()) {
      for (Deed deed : deeds) {
        both.perform(deed);
        both.check();
      }
    }
  }

  @Provide
  Arbitrary<List<Deed>> deeds() {
    Arbitrary<String> names = Arbitraries.of("tea", "milk");
    Arbitrary<Integer> amounts = Arbitraries.integers().between(1, 5);
    Arbitrary<Integer> which = Arbitraries.integers().between(0, 7);
    return Arbitraries.<Deed>frequencyOf(
            Tuple.of(4, Combinators.combine(names, amounts).as(Deed.Add::new)),
            Tuple.of(3, Combinators.combine(names, amounts).as(Deed.Take::new)),
            Tuple.of(3, which.map(Deed.Acknowledge::new)),
            Tuple.of(1, Combinators.combine(which, names, amounts).as(Deed.AcknowledgeWith::new)),
            Tuple.of(1, which.map(Deed.Reject::new)),
            Tuple.of(1, Combinators.combine(names, amounts).as(Deed.Push::new)),
            Tuple.of(2, Arbitraries.integers().between(0, 4).map(Deed.Restart::new)))
        .list()
        .ofMinSize(5)
        .ofMaxSize(30);
  }
}
