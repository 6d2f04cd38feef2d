package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.Verdict;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Texts on a hub and several clients, with nothing between them but queues: whatever order things
 * are done in, all have the same in the end.
 */
final class TextReplicaPropertyTest {

  private static final String[] WORDS = {"a", "bc", "😅", "the ", "x\ny", "éß"};

  /** What a client hears of the hub, in order. */
  private sealed interface Heard {
    record Event(Mutation mutation) implements Heard {}

    record Refused(long id, Verdict.Refused refusal) implements Heard {}
  }

  private record Pending(long id, long base, long after, Tree change) {}

  /** The hub, reduced to what it does for one document. */
  private static final class Hub {
    private final List<Mutation> events = new ArrayList<>();
    private final Random random;
    private final boolean refusing;
    private SharedState state = TextType.standard().create();

    Hub(Random random, boolean refusing) {
      this.random = random;
      this.refusing = refusing;
    }

    void judge(Client author, Pending sent) {
      Verdict verdict;
      if (sent.after() < author.refusedAtHub) {
        verdict = new Verdict.Refused("superseded", "It was made before a refusal.", null);
      } else if (refusing && random.nextInt(8) == 0) {
        verdict = new Verdict.Refused("forbidden", "Not today.", null);
      } else {
        verdict =
            state.judge(
                new Mutation(
                    author.name, sent.id(), sent.base(), events.size() + 1, sent.change()));
      }
      author.judgedAtHub = sent.id();
      if (verdict instanceof Verdict.Refused refused) {
        assertThat(refused.code()).isIn("superseded", "forbidden");
        author.refusedAtHub = sent.id();
        author.hears.add(new Heard.Refused(sent.id(), refused));
      } else {
        events.add(
            new Mutation(
                author.name,
                sent.id(),
                sent.base(),
                events.size() + 1,
                ((Verdict.Accepted) verdict).change()));
      }
    }

    void restart(List<Client> clients) {
      Tree stored = state.store();
      state = TextType.standard().restore(stored);
      assertThat(state.store()).isEqualTo(stored);
      long least = events.size();
      for (Client client : clients) {
        least = Math.min(least, client.sequence);
        for (Pending each : client.unsettled) {
          least = Math.min(least, each.base());
        }
      }
      state.trim(least);
    }

    String text() {
      return state.snapshot().at("/text").asString();
    }
  }

  /** A client, reduced to what it does for one document. */
  private static final class Client implements DocumentContext {
    private final String name;
    private final Hub hub;
    private final Deque<Heard> hears = new ArrayDeque<>(); // refusals, which overtake events
    private final Deque<Pending> unsent = new ArrayDeque<>();
    private List<Pending> unsettled = new ArrayList<>(); // sent or not
    private TextReplica replica = new TextReplica(this);
    private long sequence;
    private long lastId;
    private long lastRefused;
    private long judgedAtHub;
    private long refusedAtHub;

    Client(String name, Hub hub) {
      this.name = name;
      this.hub = hub;
    }

    @Override
    public String document() {
      return "notes";
    }

    @Override
    public String client() {
      return name;
    }

    @Override
    public void afterwards(Runnable announcement) {
      announcement.run();
    }

    void edit(TextDelta delta) {
      Tree change = Tree.object().plus("op", delta.toTree());
      replica.edit(new Mutation(name, lastId + 1, sequence, 0, change));
      number(change);
    }

    private void number(Tree change) {
      Pending made = new Pending(++lastId, sequence, lastRefused, change);
      unsettled.add(made);
      unsent.add(made);
    }

    void send() {
      if (!unsent.isEmpty()) {
        hub.judge(this, unsent.remove());
      }
    }

    void hear() {
      if (!hears.isEmpty()) {
        refuse((Heard.Refused) hears.remove());
      } else if (sequence < hub.events.size()) {
        take(hub.events.get((int) sequence));
      }
    }

    private void take(Mutation event) {
      if (event.client().equals(name)) {
        Pending first = unsettled.remove(0);
        assertThat(first.id()).as("the order of one client").isEqualTo(event.id());
        replica.confirm(event.id(), event.sequence(), event.change());
      } else {
        Long lacking = replica.take(event);
        if (lacking != null) {
          long from = hub.state.context(lacking);
          replica.history(from, hub.events.subList((int) from, (int) sequence));
          assertThat(replica.take(event)).isNull();
        }
      }
      sequence++;
    }

    private void refuse(Heard.Refused refused) {
      int at = 0;
      while (at < unsettled.size() && unsettled.get(at).id() != refused.id()) {
        at++;
      }
      if (at == unsettled.size()) {
        return; // others took its place
      }
      List<Pending> after = unsettled.subList(at + 1, unsettled.size());
      List<Tree> changes = after.stream().map(Pending::change).toList();
      List<Tree> rest = replica.refuse(refused.id(), refused.refusal(), changes);
      unsent.removeAll(after);
      unsettled = new ArrayList<>(unsettled.subList(0, at));
      lastRefused = refused.id();
      rest.forEach(this::number);
    }

    void restart() {
      Tree stored = replica.store();
      TextReplica again = new TextReplica(this);
      again.restore(
          sequence,
          stored,
          unsettled.stream()
              .map(each -> new Mutation(name, each.id(), each.base(), 0, each.change()))
              .toList());
      assertThat(again.visible()).isEqualTo(replica.visible());
      replica = again;
    }

    /** Begins anew at the hub's state, as after its history was cut. */
    void reset() {
      hears.clear();
      lastRefused = refusedAtHub;
      List<Pending> kept = new ArrayList<>();
      for (Pending each : unsettled) {
        if (each.id() > judgedAtHub) {
          kept.add(each);
        }
      }
      sequence = hub.events.size();
      List<Tree> rest =
          replica.reset(
              sequence, hub.state.snapshot(), kept.stream().map(Pending::change).toList());
      unsettled.clear();
      unsent.clear();
      lastId = judgedAtHub;
      rest.forEach(this::number);
    }
  }

  private static TextDelta edit(Random random, Text text) {
    int length = text.length();
    int position = random.nextInt(length + 1);
    String word = WORDS[random.nextInt(WORDS.length)];
    return switch (random.nextInt(4)) {
      case 0 -> TextDelta.delete(position, random.nextInt(Math.min(5, length - position) + 1));
      case 1 ->
          TextDelta.replace(
              position, random.nextInt(Math.min(3, length - position) + 1), word + word);
      default -> TextDelta.insert(position, word);
    };
  }

  private static void run(long seed, int steps, boolean refusing, boolean resetting) {
    Random random = new Random(seed);
    Hub hub = new Hub(random, refusing);
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(new Client("c" + i, hub));
    }
    for (int i = 0; i < steps; i++) {
      Client client = clients.get(random.nextInt(clients.size()));
      int what = random.nextInt(40);
      if (what < 10) {
        client.edit(edit(random, client.replica.visible()));
      } else if (what < 20) {
        client.send();
      } else if (what < 37) {
        client.hear();
      } else if (what == 37) {
        client.restart();
      } else if (what == 38) {
        hub.restart(clients);
      } else if (resetting) {
        client.reset();
      }
    }
    settle(hub, clients);
  }

  private static void settle(Hub hub, List<Client> clients) {
    for (Client client : clients) {
      while (!client.unsent.isEmpty() || !client.hears.isEmpty()) {
        client.send();
        client.hear();
      }
    }
    for (Client client : clients) {
      while (client.sequence < hub.events.size() || !client.hears.isEmpty()) {
        client.hear();
      }
      assertThat(client.unsettled).isEmpty();
      assertThat(client.replica.visible().toString()).isEqualTo(hub.text());
      assertThat(client.replica.shown().changes().get().now().toString()).isEqualTo(hub.text());
    }
  }

  @Property(tries = 600, seed = "20261123")
  void allHaveTheSameText_whateverTheOrder(@ForAll long seed, @ForAll @IntRange(max = 400) int n) {
    run(seed, n, false, false);
  }

  @Property(tries = 600, seed = "20261124")
  void allHaveTheSameText_whenEditsAreRefused(
      @ForAll long seed, @ForAll @IntRange(max = 400) int n) {
    run(seed, n, true, false);
  }

  @Property(tries = 600, seed = "20261125")
  void allHaveTheSameText_whenClientsBeginAnew(
      @ForAll long seed, @ForAll @IntRange(max = 400) int n) {
    run(seed, n, true, true);
  }

  @Property(tries = 200, seed = "20261126")
  void whatIsShown_isMadeByItsDeltas(@ForAll long seed, @ForAll @IntRange(max = 200) int n) {
    Random random = new Random(seed);
    Hub hub = new Hub(random, true);
    Client ada = new Client("ada", hub);
    Client bob = new Client("bob", hub);
    List<@Nullable Text> followed = new ArrayList<>(List.of(Text.empty()));
    ada.replica
        .shown()
        .changes()
        .subscribe(
            change -> {
              Text was = followed.get(0);
              followed.set(0, was == null ? null : was.apply(change.now().delta()));
              assertThat(followed.get(0)).isEqualTo(change.now().now());
            });

    for (int i = 0; i < n; i++) {
      Client client = random.nextBoolean() ? ada : bob;
      switch (random.nextInt(3)) {
        case 0 -> client.edit(edit(random, client.replica.visible()));
        case 1 -> client.send();
        default -> client.hear();
      }
      assertThat(followed.get(0)).isEqualTo(ada.replica.visible());
    }
  }
}
