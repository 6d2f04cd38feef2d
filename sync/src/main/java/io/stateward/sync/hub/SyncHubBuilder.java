package io.stateward.sync.hub;

import io.stateward.sync.internal.WorkPool;
import io.stateward.sync.spi.SharedType;
import io.stateward.time.Timekeeper;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a hub is to be like. It ends with {@link #open}.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @since 0.1
 */
public final class SyncHubBuilder {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String name;
  private final Map<String, SharedType> types = new LinkedHashMap<>();
  private DocumentStorage storage = DocumentStorage.memory();
  private @Nullable Authorizer authorizer;
  private HubLimits limits = HubLimits.standard();
  private HubTimes times = HubTimes.standard();
  private @Nullable Executor executor;
  private Timekeeper timekeeper = Timekeeper.system();
  private Supplier<String> names = SyncHubBuilder::randomName;
  private Consumer<? super HubEvent> listener = event -> {};

  SyncHubBuilder(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  /**
   * Adds kinds of documents.
   *
   * @param more the kinds, each of another name
   * @return this builder
   * @throws IllegalArgumentException if there are two of one name
   */
  public SyncHubBuilder types(SharedType... more) {
    for (SharedType type : more) {
      if (types.putIfAbsent(type.name(), type) != null) {
        throw new IllegalArgumentException(
            "There are two types of the name '%s'; names are unique.".formatted(type.name()));
      }
    }
    return this;
  }

  /**
   * Says where documents are kept. Without it they end with the process.
   *
   * @param place where; the hub closes it
   * @return this builder
   */
  public SyncHubBuilder storage(DocumentStorage place) {
    storage = Objects.requireNonNull(place, "place");
    return this;
  }

  /**
   * Says who may do what. There is no default: a hub that everybody may use says so with {@link
   * Authorizer#everybody}.
   *
   * @param decides who decides
   * @return this builder
   */
  public SyncHubBuilder authorizer(Authorizer decides) {
    authorizer = Objects.requireNonNull(decides, "decides");
    return this;
  }

  /**
   * Says what is too much.
   *
   * @param most the limits
   * @return this builder
   */
  public SyncHubBuilder limits(HubLimits most) {
    limits = Objects.requireNonNull(most, "most");
    return this;
  }

  /**
   * Says how long is waited for what.
   *
   * @param howLong the times
   * @return this builder
   */
  public SyncHubBuilder times(HubTimes howLong) {
    times = Objects.requireNonNull(howLong, "howLong");
    return this;
  }

  /**
   * Says where the work is done, which waits for storage and for the authorizer. Without it, the
   * hub has daemon threads of its own, that bear its name and end with it: as many at work as there
   * are processors, and others in place of those that block, up to 256. Idle ones end after a
   * minute.
   *
   * @param runs runs the work; {@code Runnable::run} will do, and so will virtual threads
   * @return this builder
   */
  public SyncHubBuilder executor(Executor runs) {
    executor = Objects.requireNonNull(runs, "runs");
    return this;
  }

  /**
   * Says where time comes from. Without it that is {@link Timekeeper#system}.
   *
   * @param keeps keeps the time
   * @return this builder
   */
  public SyncHubBuilder timekeeper(Timekeeper keeps) {
    timekeeper = Objects.requireNonNull(keeps, "keeps");
    return this;
  }

  /**
   * Says how sessions, epochs and the hub itself get names that nobody guesses. Without it they are
   * 16 random bytes.
   *
   * @param makes makes a name that was never there before, of at most 64 characters; called by many
   *     threads
   * @return this builder
   */
  public SyncHubBuilder names(Supplier<String> makes) {
    names = Objects.requireNonNull(makes, "makes");
    return this;
  }

  /**
   * Adds somebody who is told what happens. It is called within the work: it returns soon.
   *
   * @param told called by many threads at once; what it throws is reported
   * @return this builder
   */
  public SyncHubBuilder listener(Consumer<? super HubEvent> told) {
    listener = Objects.requireNonNull(told, "told");
    return this;
  }

  /**
   * Opens the hub.
   *
   * @return the hub, to close when it is no longer used
   * @throws IllegalStateException if nobody said who may do what, or there are no types
   */
  public SyncHub open() {
    Authorizer decides = authorizer;
    if (decides == null) {
      throw new IllegalStateException(
          "Hub '%s' has no authorizer. Give it one, or Authorizer.everybody() if everybody may do everything."
              .formatted(name));
    }
    if (types.isEmpty()) {
      throw new IllegalStateException(
          "Hub '%s' has no types, so it could have no documents. Add some with types(...)."
              .formatted(name));
    }
    Executor given = executor;
    WorkPool own = given == null ? new WorkPool("hub '%s'".formatted(name)) : null;
    return new SyncHub(
        new HubSetting(
            name,
            names.get(),
            Map.copyOf(types),
            storage,
            decides,
            limits,
            times,
            given == null ? Objects.requireNonNull(own) : given,
            timekeeper,
            names,
            listener,
            new Counters()),
        own);
  }

  private static String randomName() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
