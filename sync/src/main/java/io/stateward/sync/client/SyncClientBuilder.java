package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.persist.Journal;
import io.stateward.sync.crdt.ReplicatedType;
import io.stateward.sync.internal.WorkPool;
import io.stateward.sync.record.RecordType;
import io.stateward.sync.spi.Replica;
import io.stateward.sync.spi.Transport;
import io.stateward.sync.text.TextType;
import io.stateward.time.Timekeeper;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client to be. It ends with {@link #open}.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @since 0.1
 */
public final class SyncClientBuilder {

  /**
   * Of all clients that were given none. A client writes its outbox there, and waits for the disk;
   * in the common pool, which on two processors is one thread, all others would wait with it.
   */
  private static final class Threads {
    static final Executor OF_ALL = new WorkPool("sync clients");
  }

  private static final SecureRandom SECURE = new SecureRandom();
  private static final int KEY_BYTES = 32;

  final Transport transport;
  Supplier<? extends Journal> outbox = Journal::memory;
  boolean reopening;
  Supplier<? extends @Nullable Tree> credentials = () -> null;
  Executor executor = Threads.OF_ALL;
  Timekeeper timekeeper = Timekeeper.system();
  Random random = new SecureRandom();
  Supplier<String> keys = SyncClientBuilder::newKey;
  String name = "sync client";
  Duration connectTimeout = Duration.ofSeconds(10);
  int window = 100;
  int deadLetters = 100;
  @Nullable LostHistory lostHistory;
  private final Map<String, Function<? super DocumentContext, ? extends Replica>> kinds =
      new HashMap<>();

  SyncClientBuilder(Transport transport) {
    this.transport = Objects.requireNonNull(transport, "transport");
    kinds.put(TextType.NAME, TextReplica::new);
    kinds.put(RecordType.NAME, RecordReplica::new);
  }

  /**
   * Sets where changes and what is known of the documents are kept. Without it, in memory: they end
   * with the process.
   *
   * <p>Do not put an older copy of an outbox in its place, as from a backup of the device: the
   * client goes by it, so what was pending in the copy may take effect once more, and changes of
   * replicated values may be lost among those that were made before under the same names. Begin
   * with an empty one: all that the hub has comes from there.
   *
   * @param journal a journal of this client alone; the client closes it
   * @return this
   */
  public SyncClientBuilder outbox(Journal journal) {
    Objects.requireNonNull(journal, "journal");
    outbox = () -> journal;
    reopening = false;
    return this;
  }

  /**
   * Sets where changes and what is known of the documents are kept, such as {@code () ->
   * Journal.file(path)}. A journal in a file that failed in a way that leaves it unknown what the
   * file holds refuses everything until it is opened again: then this is asked for it anew.
   *
   * @param opening opens the journal, which is of this client alone; the client closes it
   * @return this
   */
  public SyncClientBuilder outbox(Supplier<? extends Journal> opening) {
    outbox = Objects.requireNonNull(opening, "opening");
    reopening = true;
    return this;
  }

  /**
   * Sets what the hub's authorizer asks for. Without it, nothing is said.
   *
   * @param supplier asked anew for each connection, on the executor; null for nothing. If it
   *     throws, that is reported, and the next attempt follows after a while
   * @return this
   */
  public SyncClientBuilder credentials(Supplier<? extends @Nullable Tree> supplier) {
    credentials = Objects.requireNonNull(supplier, "supplier");
    return this;
  }

  /**
   * Sets where the client works: on what arrives, and writing the outbox, which blocks. Without it,
   * on daemon threads that all such clients of the process share: as many at work as there are
   * processors, and others in place of those that block, up to 256. Idle ones end after a minute.
   * {@code Runnable::run} is fine.
   *
   * @param host runs what it is given
   * @return this
   */
  public SyncClientBuilder executor(Executor host) {
    executor = Objects.requireNonNull(host, "host");
    return this;
  }

  /**
   * Sets whose time it is. Without it, the {@linkplain Timekeeper#system() system's}.
   *
   * @param time the timekeeper
   * @return this
   */
  public SyncClientBuilder timekeeper(Timekeeper time) {
    timekeeper = Objects.requireNonNull(time, "time");
    return this;
  }

  private static String newKey() {
    byte[] bytes = new byte[KEY_BYTES];
    SECURE.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Sets where the key of a new client comes from: the secret, kept in its outbox and told to the
   * hub alone, by which the hub knows that an id is this client's. Without it, 32 bytes of a {@link
   * SecureRandom}. It is for simulations that are to happen again in the same way; whoever can
   * guess a key can take the client's place.
   *
   * @param source makes keys of 16 to 128 characters, no two the same
   * @return this
   */
  public SyncClientBuilder keys(Supplier<String> source) {
    keys = Objects.requireNonNull(source, "source");
    return this;
  }

  /**
   * Sets the source of randomness: the id of a new client and the jitter of reconnecting. Without
   * it, a {@link SecureRandom}. With a seed, everything but the {@link #keys key} happens again in
   * the same way.
   *
   * @param source used by one thread at a time
   * @return this
   */
  public SyncClientBuilder random(Random source) {
    random = Objects.requireNonNull(source, "source");
    return this;
  }

  /**
   * Sets the name that reports say. Without it, "sync client".
   *
   * @param word the name
   * @return this
   */
  public SyncClientBuilder named(String word) {
    name = Objects.requireNonNull(word, "word");
    return this;
  }

  /**
   * Sets how long a connection may take to be made and welcomed. Without it, 10 seconds.
   *
   * @param longest more than zero
   * @return this
   * @throws IllegalArgumentException if it is not more than zero
   */
  public SyncClientBuilder connectTimeout(Duration longest) {
    if (longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException(
          "A connection may take longer than nothing; %s is not.".formatted(longest));
    }
    connectTimeout = longest;
    return this;
  }

  /**
   * Sets how many changes of a document may be on their way before the hub has answered the first
   * of them. Without it, 100.
   *
   * @param changes at least 1
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public SyncClientBuilder window(int changes) {
    window = positive(changes, "A window has room for at least 1 change");
    return this;
  }

  /**
   * Sets how many dead letters a document keeps. Without it, 100.
   *
   * @param letters at least 1
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public SyncClientBuilder deadLetters(int letters) {
    deadLetters = positive(letters, "There is room for at least 1 dead letter");
    return this;
  }

  /**
   * Says what documents of a kind of your own are, so that what is pending of them when the client
   * opens is sent also if nobody opens them. Texts and records are known. Whoever opens one that is
   * being sent is given the replica that was made for that.
   *
   * @param type what {@link Replica#type} says of them
   * @param factory makes a replica, as it is given to {@link SyncClient#document}
   * @return this
   * @throws IllegalArgumentException if a kind of this name is known
   */
  public SyncClientBuilder kind(
      String type, Function<? super DocumentContext, ? extends Replica> factory) {
    Objects.requireNonNull(factory, "factory");
    if (kinds.putIfAbsent(Objects.requireNonNull(type, "type"), factory) != null) {
      throw new IllegalArgumentException(
          "There is a kind '%s' already. Give each kind a name of its own.".formatted(type));
    }
    return this;
  }

  /**
   * Says what documents with a replicated value are, so that what is pending of them when the
   * client opens is sent also if nobody opens them.
   *
   * @param <S> the type of the value
   * @param type the kind, as it is given to {@link SyncClient#replicated}
   * @return this
   * @throws IllegalArgumentException if a kind of this name is known
   */
  public <S extends io.stateward.sync.crdt.Replicated<S>> SyncClientBuilder kind(
      ReplicatedType<S> type) {
    return kind(type.name(), context -> new ReplicatedReplica<>(type, context));
  }

  /** Returns the kinds, with texts that are made so. */
  Map<String, Function<? super DocumentContext, ? extends Replica>> kinds(
      Function<? super DocumentContext, ? extends Replica> text) {
    Map<String, Function<? super DocumentContext, ? extends Replica>> all = new HashMap<>(kinds);
    all.put(TextType.NAME, text);
    return Map.copyOf(all);
  }

  /**
   * Sets who decides what becomes of edits of a text that the hub cannot merge, because it does not
   * know any more what was done since: when the client was away for longer than the hub keeps that,
   * or the hub was put back to an older state. Without it, they are merged with the hub's text
   * three ways, which is a guess, and shows as a {@linkplain Origin.Kind#CORRECTION correction}.
   *
   * @param policy asked where both sides have another text than both began with
   * @return this
   */
  public SyncClientBuilder lostHistory(LostHistory policy) {
    lostHistory = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Reads the outbox and begins to connect. Blocks while it reads.
   *
   * @return the client, to close when it is no longer used
   * @throws io.stateward.persist.StorageException if the outbox cannot be read
   * @throws UnreadableOutboxException if what is in the outbox is not a client's
   */
  public SyncClient open() {
    return LiveClient.open(this);
  }

  private static int positive(int number, String rule) {
    if (number < 1) {
      throw new IllegalArgumentException("%s, not for %d.".formatted(rule, number));
    }
    return number;
  }
}
