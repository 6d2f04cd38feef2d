package io.stateward.cache;

import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerWeather;
import io.stateward.cache.spi.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A source, a layer, and two instances of a cache that read and write one key: an engine in its
 * smallest form, whose every step can be chosen.
 *
 * <p>Steps have names. {@code R0} is the next step of the first reader, {@code W1} that of the
 * second writer, {@code crash W1} its end, {@code expire W1} that of what it announced, {@code
 * relay W1} what becomes of what it committed; {@code deliver 0} and {@code lose 0} concern the
 * oldest message to the first instance; {@code flush}, {@code evict}, {@code replicate}, {@code
 * failover} concern the layer, {@code expire} the leases of readers, and {@code catch up} the
 * replica of the source.
 */
final class ModelWorld {

  static final String CACHE = "c";
  static final String KEY = "k";
  static final Duration LEASE = Duration.ofSeconds(10);
  static final Duration LONG = Duration.ofDays(1000);

  final ModelSetting setting;
  final ModelClock clock;
  private final LayerWeather weather;
  private final LayerSession[] sessions;
  private final int bucket;
  final ModelInstance[] instances = new ModelInstance[2];
  final List<ModelReader> readers = new ArrayList<>();
  final List<ModelWriter> writers = new ArrayList<>();
  int source;
  int replicaOfSource;
  ModelSetting.Mishaps left;
  Runnable failover;
  String replica = ""; // what the layer was when it was copied

  ModelWorld(ModelSetting setting, ModelClock clock, CacheLayer layer, LayerWeather weather) {
    this.setting = setting;
    this.clock = clock;
    this.weather = weather;
    this.left = setting.mishaps();
    this.sessions =
        new LayerSession[] {now(layer.open(CACHE, "int")), now(layer.open(CACHE, "int"))};
    this.bucket = sessions[0].bucketOf(KEY);
    warm();
    Head head = now(sessions[0].heads()).get(bucket);
    Arrays.setAll(
        instances,
        i -> new ModelInstance(setting.warm() == ModelSetting.Warm.ALL ? 0 : null, head));
    setting.readers().forEach(instance -> readers.add(new ModelReader(instance)));
    setting.writers().forEach(mode -> writers.add(new ModelWriter(writers.size(), mode)));
    this.failover = weather.replica();
  }

  private ModelWorld(ModelWorld other) {
    this.setting = other.setting;
    this.clock = other.clock;
    this.weather = other.weather;
    this.sessions = other.sessions;
    this.bucket = other.bucket;
    Arrays.setAll(instances, i -> other.instances[i].copy());
    other.readers.forEach(reader -> readers.add(reader.copy()));
    other.writers.forEach(writer -> writers.add(writer.copy()));
    this.source = other.source;
    this.replicaOfSource = other.replicaOfSource;
    this.left = other.left;
    this.failover = other.failover;
    this.replica = other.replica;
  }

  /** Copies all but the layer and the clock. */
  ModelWorld copy() {
    return new ModelWorld(this);
  }

  private void warm() {
    if (setting.warm() != ModelSetting.Warm.COLD) {
      Acquired acquired = now(sessions[0].acquire(KEY, null, LEASE));
      Lease lease = ((Acquired.Leased) acquired).lease();
      now(sessions[0].fill(KEY, lease, lease.entry(new byte[1], Set.of(), null, LONG, LONG)));
    }
  }

  static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  static Duration limit(int writer) {
    return Duration.ofSeconds(1000L * (writer + 1));
  }

  LayerSession session(int instance) {
    return sessions[instance];
  }

  /** Returns the names of the steps that can be taken now. */
  List<String> enabled() {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < readers.size(); i++) {
      add(steps, readers.get(i).at != ModelReader.At.DONE, "R" + i);
    }
    for (ModelWriter writer : writers) {
      boolean crashed = writer.at == ModelWriter.At.CRASHED;
      boolean runs = !crashed && writer.at != ModelWriter.At.DONE && !writer.over();
      boolean begun = writer.at == ModelWriter.At.COMMIT || writer.at == ModelWriter.At.END;
      add(steps, runs, "W" + writer.number);
      add(steps, begun && left.crashes() > 0, "crash W" + writer.number);
      add(steps, writer.posted, "relay W" + writer.number);
      add(
          steps,
          crashed && writer.intent != null && onlyExpires(writer),
          "expire W" + writer.number);
    }
    for (int i = 0; i < 2; i++) {
      add(steps, !instances[i].inbox.isEmpty(), "deliver " + i);
      add(steps, !instances[i].inbox.isEmpty() && left.losses() > 0, "lose " + i);
    }
    add(steps, left.flushes() > 0, "flush");
    add(steps, left.evictions() > 0, "evict");
    add(steps, left.expiries() > 0, "expire");
    add(steps, left.failovers() > 0, "failover");
    add(steps, left.failovers() > 0, "replicate");
    add(steps, setting.engine().replicas() && replicaOfSource < source, "catch up");
    return steps;
  }

  private static void add(List<String> steps, boolean enabled, String step) {
    if (enabled) {
      steps.add(step);
    }
  }

  /** Whether nobody who lives has announced a write that would expire with this one. */
  private boolean onlyExpires(ModelWriter writer) {
    return writers.stream()
        .noneMatch(other -> other.number < writer.number && other.intent != null && !other.over());
  }

  /** Takes a step. */
  void step(String name) {
    String[] words = name.split(" ");
    String last = words[words.length - 1];
    int number =
        Character.isDigit(last.charAt(last.length() - 1))
            ? last.charAt(last.length() - 1) - '0'
            : 0;
    switch (last.startsWith("W") && words.length > 1 ? words[0] + " W" : words[0]) {
      case "R0", "R1", "R2" -> readers.get(number).step(this);
      case "W0", "W1" -> writers.get(number).step(this);
      case "crash W" -> crash(writers.get(number));
      case "relay W" -> writers.get(number).relay(this);
      case "expire W" -> expire(writers.get(number));
      case "deliver" -> instances[number].deliver(sessions[number]);
      case "lose" -> lose(instances[number]);
      case "catch" -> replicaOfSource = source;
      default -> happen(name);
    }
  }

  private void crash(ModelWriter writer) {
    left = left.crashing(left.crashes() - 1);
    writer.at = ModelWriter.At.CRASHED;
  }

  private void expire(ModelWriter writer) {
    clock.nanos += limit(writer.number).toNanos();
    writer.at = ModelWriter.At.FORGOTTEN;
  }

  private void lose(ModelInstance instance) {
    left = left.losing(left.losses() - 1);
    instance.inbox.removeFirst();
  }

  private void happen(String name) {
    switch (name) {
      case "flush" -> {
        left = left.flushing(left.flushes() - 1);
        weather.flush();
      }
      case "evict" -> {
        left = left.evicting(left.evictions() - 1);
        weather.evict(CACHE, KEY);
      }
      case "expire" -> {
        left = left.expiring(left.expiries() - 1);
        clock.nanos += LEASE.toNanos();
      }
      case "replicate" -> {
        failover = weather.replica();
        replica = failover.toString();
      }
      case "failover" -> {
        left = left.failing(left.failovers() - 1);
        failover.run();
      }
      default -> throw new IllegalArgumentException("There is no step '" + name + "'.");
    }
  }

  /** Returns what the state is, apart from that of the layer. */
  String describe() {
    return source
        + " "
        + replicaOfSource
        + Arrays.toString(instances)
        + readers
        + writers
        + left
        + replica;
  }

  /** Whether all that was begun is over. */
  boolean quiet() {
    return readers.stream().allMatch(reader -> reader.at == ModelReader.At.DONE)
        && writers.stream().allMatch(ModelWriter::over)
        && Arrays.stream(instances).allMatch(instance -> instance.inbox.isEmpty());
  }

  /** Lets instances follow the log, and returns what is old anywhere; null if nothing is. */
  @Nullable String old() {
    StringBuilder old = new StringBuilder();
    var entry = now(sessions[0].read(KEY)).entry();
    if (entry != null && entry.value() != null && entry.value()[0] != source) {
      old.append(" layer=").append(entry.value()[0]);
    }
    for (int i = 0; i < 2; i++) {
      if (setting.engine().heartbeat()) {
        instances[i].catchUp(sessions[i], bucket);
      }
      Integer value = instances[i].value;
      if (value != null && value != source) {
        old.append(" memory").append(i).append('=').append(value);
      }
    }
    return old.isEmpty() ? null : "source=" + source + old;
  }
}
