package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Signal;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.DocumentStorage;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextType;
import io.stateward.sync.transport.FrameFault;
import io.stateward.sync.transport.MemoryLink.Direction;
import io.stateward.sync.transport.MemoryNetwork;
import io.stateward.time.VirtualTimekeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncTestingTest {

  // tag: application
  /** A book that guests sign: what is tested. */
  static final class Guestbook {
    private final TextDocument lines;
    private final Signal<String> status;

    Guestbook(SyncClient client) {
      lines = client.text("guests");
      status =
          Signal.combine(
              client.status(),
              client.pending(),
              (connection, waiting) ->
                  waiting > 0
                      ? waiting + " not sent"
                      : connection.fold(
                          () -> "...",
                          it -> "ok",
                          it -> "offline",
                          it -> "offline",
                          it -> it.reason(),
                          () -> "closed"));
    }

    void sign(String name) {
      lines.edit(text -> TextDelta.insert(text.length(), name + "\n"));
    }

    String content() {
      return lines.now().toString();
    }

    String status() {
      return status.get();
    }
  }

  // end

  // tag: world
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Executor later = task -> time.schedule(Duration.ZERO, task); // all on one thread
  private final MemoryNetwork network = MemoryNetwork.create(later, time, 7);
  private final SyncHub hub = hub(DocumentStorage.memory());

  private SyncHub hub(DocumentStorage storage) {
    return SyncHub.named("hub")
        .types(TextType.standard())
        .authorizer(Authorizer.everybody())
        .storage(storage)
        .executor(later)
        .timekeeper(time)
        .open();
  }

  private SyncClient client(String name) {
    return SyncClient.over(network.transport(name))
        .executor(later)
        .timekeeper(time)
        .random(new Random(name.hashCode()))
        .open();
  }

  // end

  @TempDir private Path folder;
  private final SyncClient adasClient = client("ada");
  private final SyncClient bobsClient = client("bob");
  private final Guestbook ada = new Guestbook(adasClient);
  private final Guestbook bob = new Guestbook(bobsClient);

  @BeforeEach
  void listen() {
    network.listen(hub::accept);
    time.advance(Duration.ofSeconds(5));
  }

  @AfterEach
  void end() {
    // tag: end
    adasClient.close();
    bobsClient.close();
    hub.shutdown(); // close() would wait for a time that only this thread moves
    time.advance(Duration.ofSeconds(5));
    // end
  }

  // tag: cut
  @Test
  void sign_whileTheLineIsCut_isThereOnce() {
    ada.sign("Ada");
    network.link("ada").cut(); // the line is on its way, or its answer: nobody knows
    network.link("ada").refuse(true);
    bob.sign("Bob");
    time.advance(Duration.ofMinutes(1));
    assertThat(ada.status()).isEqualTo("1 not sent");

    network.link("ada").heal();
    time.advance(Duration.ofMinutes(1)); // the next attempt comes within 30 seconds

    assertThat(ada.status()).isEqualTo("ok");
    assertThat(ada.content()).isEqualTo(bob.content()).containsOnlyOnce("Ada\n").contains("Bob\n");
  }

  // end

  // tag: silent
  @Test
  void lineThatSaysNothingMore_isNoticed() {
    network.link("ada").hold(Direction.TO_CLIENT); // half open: no end, and no answer
    ada.sign("Ada");
    time.advance(Duration.ofSeconds(30));
    assertThat(ada.status()).isEqualTo("1 not sent");
    assertThat(bob.content()).isEqualTo("Ada\n");

    time.advance(Duration.ofSeconds(30)); // two and a half heartbeats have gone by
    network.link("ada").heal();
    time.advance(Duration.ofMinutes(1));

    assertThat(ada.status()).isEqualTo("ok");
    assertThat(ada.content()).isEqualTo("Ada\n");
  }

  // end

  // tag: faults
  @Test
  void badNetwork_loses_doubles_andSwaps_andAllIsThere() {
    Random random = new Random(7);
    for (String name : new String[] {"ada", "bob"}) {
      network
          .link(name)
          .latency(Duration.ofMillis(5), Duration.ofMillis(300))
          .faults(Direction.TO_CLIENT, () -> FrameFault.dropping(random, 0.05))
          .faults(Direction.TO_SERVER, () -> FrameFault.doubling(random, 0.05));
    }

    for (int i = 0; i < 20; i++) {
      ada.sign("Ada " + i + ".");
      bob.sign("Bob " + i + ".");
      time.advance(Duration.ofMillis(200));
    }
    network.link("ada").heal();
    network.link("bob").heal();
    time.advance(Duration.ofMinutes(5));

    assertThat(ada.content()).isEqualTo(bob.content());
    assertThat(ada.content().lines()).hasSize(40).doesNotHaveDuplicates();
  }

  // end

  // tag: crash
  @Test
  void hub_thatDies_hasWhatItSaidItHas() {
    SyncHub mortal = hub(DocumentStorage.files(folder));
    network.listen(mortal::accept);
    network.link("ada").cut();
    time.advance(Duration.ofSeconds(30));
    ada.sign("Ada");
    time.advance(Duration.ofSeconds(5));
    assertThat(ada.status()).isEqualTo("ok"); // it is durable
    ada.sign("Ada again");

    mortal.halt(); // as if the process had ended
    time.advance(Duration.ofSeconds(1));
    SyncHub next = hub(DocumentStorage.files(folder));
    network.listen(next::accept);
    time.advance(Duration.ofMinutes(1));

    assertThat(ada.status()).isEqualTo("ok");
    assertThat(ada.content()).isEqualTo("Ada\nAda again\n");
    next.shutdown();
  }
  // end
}
