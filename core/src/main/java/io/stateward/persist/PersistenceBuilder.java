package io.stateward.persist;

import io.stateward.codec.Codec;
import io.stateward.codec.Tree;
import io.stateward.store.Lens;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How a store is kept in a file: which part of it, in which schema, how often. It ends with {@link
 * #open}.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @param <S> the type of the state
 * @param <P> the type of the part that is kept
 * @since 0.1
 */
public final class PersistenceBuilder<S, P> {

  private static final Duration QUIET = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final Store<S> store;
  private final Lens<S, P> lens;
  private final Map<Integer, UnaryOperator<Tree>> steps = new TreeMap<>();
  private int schema = 1;
  private Duration quiet = QUIET;
  private Duration maxWait = LONGEST_WAIT;
  private Timekeeper timekeeper = Timekeeper.system();

  private PersistenceBuilder(Store<S> store, Lens<S, P> lens) {
    this.store = store;
    this.lens = lens;
  }

  static <S> PersistenceBuilder<S, S> of(Store<S> store) {
    Objects.requireNonNull(store, "store");
    return new PersistenceBuilder<>(store, Lens.of(state -> state, (state, part) -> part));
  }

  /**
   * Keeps a part of what would be kept. Changes outside of it are not noticed.
   *
   * @param <Q> the type of the part
   * @param part reads the part; pure
   * @param with returns a state with the part replaced; pure
   * @return these settings for that part
   */
  public <Q> PersistenceBuilder<S, Q> partialize(
      Function<? super P, ? extends Q> part, BiFunction<? super P, ? super Q, ? extends P> with) {
    return partialize(Lens.of(part, with));
  }

  /**
   * Keeps a part of what would be kept. Changes outside of it are not noticed.
   *
   * @param <Q> the type of the part
   * @param part reads and replaces the part
   * @return these settings for that part
   */
  public <Q> PersistenceBuilder<S, Q> partialize(Lens<P, Q> part) {
    PersistenceBuilder<S, Q> next = new PersistenceBuilder<>(store, lens.then(part));
    next.steps.putAll(steps);
    next.schema = schema;
    next.quiet = quiet;
    next.maxWait = maxWait;
    next.timekeeper = timekeeper;
    return next;
  }

  /**
   * Says which schema is written; 1 unless said.
   *
   * @param number counted up by one whenever what is kept changes its form; at least 1
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public PersistenceBuilder<S, P> schema(int number) {
    schema = Migrations.to(number).schema();
    return this;
  }

  /**
   * Adds a step of the way from older schemas.
   *
   * @param from the schema that it starts from; it leads to the one after
   * @param migration makes a state of the next schema; pure
   * @return this
   * @throws IllegalArgumentException if there is such a step already
   */
  public PersistenceBuilder<S, P> migrate(int from, UnaryOperator<Tree> migration) {
    Objects.requireNonNull(migration, "migration");
    if (steps.putIfAbsent(from, migration) != null) {
      throw new IllegalArgumentException(
          "There are two migrations from schema %d to %d. Keep one.".formatted(from, from + 1));
    }
    return this;
  }

  /**
   * Says how long nothing must change before it is saved; 200 ms unless said.
   *
   * @param pause the pause; zero saves after every change
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public PersistenceBuilder<S, P> debounce(Duration pause) {
    quiet = checked(pause, "pause");
    return this;
  }

  /**
   * Says how long a change waits at most while others keep coming; 2 s unless said.
   *
   * @param longest the limit; a shorter one than the pause counts instead of it
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public PersistenceBuilder<S, P> maxWait(Duration longest) {
    maxWait = checked(longest, "limit");
    return this;
  }

  private static Duration checked(Duration duration, String what) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "The %s is zero or longer, not %s.".formatted(what, duration));
    }
    return duration;
  }

  /**
   * Chooses whose time it goes by; {@link Timekeeper#system()} unless chosen.
   *
   * @param time the timekeeper
   * @return this
   */
  public PersistenceBuilder<S, P> timekeeper(Timekeeper time) {
    timekeeper = Objects.requireNonNull(time, "time");
    return this;
  }

  /**
   * Begins to load the state, and keeps it from then on.
   *
   * @param file the file; its folder is created if need be
   * @param codec makes bytes of the part; JSON, if there are migrations
   * @param executor where the file is read and written; blocking work is what it is for
   * @return the persistence, to close when the store is no longer used
   * @throws IllegalArgumentException if the chain of migrations has a gap, or leads elsewhere
   */
  public Persistence open(Path file, Codec<P> codec, Executor executor) {
    return open(HostDisk.INSTANCE, file, codec, executor);
  }

  Persistence open(Disk disk, Path file, Codec<P> codec, Executor executor) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(executor, "executor");
    Migrations migrations = Migrations.to(schema);
    for (Map.Entry<Integer, UnaryOperator<Tree>> step : steps.entrySet()) {
      migrations = migrations.step(step.getKey(), step.getValue());
    }
    FilePersistence<S, P> persistence =
        new FilePersistence<>(
            store,
            lens,
            new FilePersistence.Place<>(disk, file, migrations.checked(), codec),
            new FilePersistence.Pace(quiet, maxWait, timekeeper),
            executor);
    persistence.start();
    return persistence;
  }
}
