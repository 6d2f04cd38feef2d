package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.FlawedLayer;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerWeather;
import io.stateward.cache.spi.Lease;
import io.stateward.cache.spi.Reading;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The layer in memory answers as another one does that is written in the plainest way. */
final class MemoryLayerPropertyTest {

  private enum Kind {
    READ,
    ACQUIRE,
    ACQUIRE_UNWANTED,
    FILL,
    RELEASE,
    INVALIDATE,
    INVALIDATE_TAG,
    INVALIDATE_ALL,
    BEGIN,
    COMPLETE,
    COMPLETE_EMPTY,
    PASS,
    EVICT,
    FLUSH,
    LOG
  }

  /** What is asked: of which key, and with which of the leases or intents that were given. */
  record Question(Kind kind, String key, int which) {}

  @Property(seed = "91173", tries = 1500)
  void answers_anyQuestions_areThoseOfAPlainLayer(@ForAll("questions") List<Question> questions) {
    VirtualTimekeeper time = VirtualTimekeeper.create();
    MemoryLayer memory =
        MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time).buckets(4).log(30));
    FlawedLayer plain = FlawedLayer.of("NONE", time);
    Side mine = new Side(memory, new MemoryWeather(memory));
    Side theirs = new Side(plain, plain);

    for (Question question : questions) {
      if (question.kind == Kind.PASS) {
        time.advance(Duration.ofSeconds(question.which));
      }
      assertThat(mine.ask(question))
          .as("%s of %s", question, questions)
          .isEqualTo(theirs.ask(question));
    }
  }

  @Provide
  Arbitrary<List<Question>> questions() {
    return Combinators.combine(
            Arbitraries.of(Kind.values()),
            Arbitraries.of("a", "b", "c"),
            Arbitraries.integers().between(0, 9))
        .as(Question::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(60);
  }

  /** A layer, and what it has given. */
  private static final class Side {
    private final LayerSession session;
    private final LayerWeather weather;
    private final List<Lease> leases = new ArrayList<>();
    private final List<Intent> intents = new ArrayList<>();

    Side(CacheLayer layer, LayerWeather weather) {
      this.session = now(layer.open("c", "f"));
      this.weather = weather;
    }

    private static <T> T now(CompletionStage<T> stage) {
      return stage.toCompletableFuture().join();
    }

    Object ask(Question question) {
      Object answer = answer(question);
      return answer + " " + now(session.heads()).stream().map(Head::sequence).toList();
    }

    private Object answer(Question question) {
      String key = question.key;
      Lease lease = leases.isEmpty() ? null : leases.get(question.which % leases.size());
      Intent intent = intents.isEmpty() ? null : intents.get(question.which % intents.size());
      return switch (question.kind) {
        case READ -> text(now(session.read(key)));
        case ACQUIRE -> text(now(session.acquire(key, null, Duration.ofSeconds(5))));
        case ACQUIRE_UNWANTED -> {
          LayerEntry entry = now(session.read(key)).entry();
          String unwanted = entry == null ? null : entry.token();
          yield text(now(session.acquire(key, unwanted, Duration.ofSeconds(5))));
        }
        case FILL -> lease == null ? "" : now(session.fill(key, lease, entry(lease, question)));
        case RELEASE -> lease == null ? "" : "" + now(session.release(key, lease));
        case INVALIDATE ->
            now(session.invalidate(new Invalidation.Key(key, question.which))).sequence();
        case INVALIDATE_TAG -> now(session.invalidate(new Invalidation.Tag(key))).sequence();
        case INVALIDATE_ALL ->
            question.which > 0 ? "" : now(session.invalidate(new Invalidation.All())).sequence();
        case BEGIN -> {
          intents.add(now(session.begin(key, Duration.ofSeconds(question.which + 1))));
          yield intents.get(intents.size() - 1).stamp().sequence();
        }
        case COMPLETE ->
            intent == null
                ? ""
                : now(session.complete(key, intent, entry(intent, question))).stored();
        case COMPLETE_EMPTY ->
            intent == null ? "" : now(session.complete(key, intent, null)).stamp().sequence();
        case PASS -> "";
        case EVICT -> {
          weather.evict("c", key);
          yield "";
        }
        case FLUSH -> {
          if (question.which == 0) {
            weather.flush();
          }
          yield "";
        }
        case LOG -> {
          int bucket = question.which % (session.buckets() + 1);
          Head head = now(session.heads()).get(bucket);
          Head after = new Head(head.epoch(), Math.max(0, head.sequence() - question.which));
          yield now(session.log(bucket, after, 3)).entries() + " " + marks();
        }
      };
    }

    private String marks() {
      var marks = now(session.wideMarks());
      return marks.all() + " " + new java.util.TreeMap<>(marks.tags());
    }

    private static LayerEntry entry(Lease lease, Question question) {
      Duration fresh = Duration.ofSeconds(question.which);
      byte[] value = {(byte) question.which};
      return lease
          .entry(value, Set.of("t"), null, fresh, fresh.multipliedBy(2))
          .withVersion(question.which);
    }

    private static LayerEntry entry(Intent intent, Question question) {
      return intent
          .entry(new byte[0], Set.of(), null, Duration.ofSeconds(3), Duration.ofSeconds(9))
          .withVersion(question.which);
    }

    private String text(Acquired acquired) {
      if (acquired instanceof Acquired.Leased leased) {
        leases.add(leased.lease());
        return "leased " + leased.lease().head().sequence() + leased.lease().wide().sequence();
      } else if (acquired instanceof Acquired.Filled filled) {
        return "filled " + text(filled.reading());
      }
      return acquired.toString();
    }

    private static String text(Reading reading) {
      LayerEntry entry = reading.entry();
      return reading.head().sequence() + " " + reading.wide().sequence() + text(entry);
    }

    private static String text(@Nullable LayerEntry entry) {
      return entry == null
          ? " none"
          : " "
              + Arrays.toString(entry.value())
              + entry.fresh()
              + entry.kept()
              + entry.age()
              + entry.version()
              + entry.head().sequence();
    }
  }
}
