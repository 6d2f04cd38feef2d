package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.optimistic.Choice;
import io.stateward.persist.Journal;
import io.stateward.sync.client.DeadLetter;
import io.stateward.sync.client.Submission;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.SyncClientBuilder;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveOfflineTest {

  @TempDir private Path folder;
  private final VirtualHub hub = new VirtualHub(TextType.upTo(1000));
  private final List<String> shown = new ArrayList<>();

  @AfterEach
  void end() {
    hub.end();
  }

  private SyncClientBuilder settings() {
    return LiveOffline.settings(hub.network.transport("ada"), folder)
        .executor(hub.later)
        .timekeeper(hub.time)
        .random(new Random(1));
  }

  @Test
  void edits_madeOffline_areSentByTheNextProcess() {
    hub.network.link("ada").refuse(true);
    SyncClient first = hub.kept(settings().open());
    TextDocument notes = first.text("notes");
    Submission edit = notes.insert(0, "Written on a train");
    assertThat(LiveOffline.progress(edit)).isFalse();
    hub.settle();
    assertThat(LiveOffline.progress(edit)).isTrue();
    LiveOffline.show(first, shown::add);
    assertThat(shown.get(0)).matches("offline, again in \\d+ s; 1 changes wait");
    assertThat(LiveOffline.document(notes)).isEqualTo("1 of your edits wait");
    first.close();
    hub.settle();
    hub.network.link("ada").heal();

    TextDocument again = LiveOffline.open(settings(), List.of("notes", "plan")).get(0);

    assertThat(again.now()).hasToString("Written on a train");
    hub.settle();
    assertThat(LiveOffline.document(again)).isEqualTo("as others see it, up to number 1");
    TextDocument theirs = hub.client("bob").text("notes");
    hub.settle();
    assertThat(theirs.now()).hasToString("Written on a train");
  }

  @Test
  void refused_isADeadLetterUntilItIsDealtWith() {
    SyncClient client = hub.client("ada");
    TextDocument notes = client.text("notes");
    notes.insert(0, "x".repeat(2000));
    hub.settle();
    assertThat(notes.now().isEmpty()).isTrue();
    List<DeadLetter> seen = new ArrayList<>();

    LiveOffline.letters(notes, seen::add);

    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).reason()).contains("1000");
    assertThat(notes.deadLetters().get()).isEmpty();
  }

  @Test
  void lostHistory_isAskedAboutAndDecided() {
    List<String> asked = new ArrayList<>();
    SyncClientBuilder settings =
        LiveOffline.ask(
            settings(),
            (mine, theirs, answer) -> {
              asked.add(mine + " or " + theirs);
              answer.accept(Choice.merged(Text.of(mine + " and " + theirs)));
            });
    SyncClient client = hub.kept(settings.open());
    TextDocument notes = client.text("notes");
    notes.insert(0, "milk");
    hub.settle();
    client.disconnect();
    hub.settle();
    hub.delete("notes");
    hub.settle();
    TextDocument theirs = hub.client("bob").text("notes");
    theirs.insert(0, "eggs");
    notes.replace(0, 4, "tea");
    hub.settle();

    client.reconnect();
    hub.settle();

    assertThat(asked).containsExactly("tea or eggs");
    assertThat(notes.now()).hasToString("tea and eggs").isEqualTo(theirs.now());
    assertThat(notes.deadLetters().get()).isEmpty();
  }

  @Test
  void bar_tellsHowThingsStand() {
    SyncClient client = hub.client("ada");
    TextDocument notes = client.text("notes");
    LiveOffline.show(client, shown::add);
    hub.settle();
    LiveOffline.show(client, shown::add);
    client.disconnect();
    hub.settle();
    notes.insert(0, "a");
    hub.settle();
    LiveOffline.show(client, shown::add);
    LiveOffline.train(client);
    hub.settle();
    LiveOffline.show(client, shown::add);

    assertThat(shown)
        .containsExactly(
            "connecting; 0 changes wait",
            "all saved; 0 changes wait",
            "offline; 1 changes wait",
            "all saved; 0 changes wait");
  }

  @Test
  void end_withoutAConnection_losesNothing() throws Exception {
    Journal outbox = Journal.file(folder.resolve("mine"));
    try (SyncClient client =
        SyncClient.over(hub.network.transport("carl")).outbox(outbox).open()) { // in real time
      hub.network.link("carl").refuse(true);
      client.text("notes").insert(0, "a");

      assertThat(LiveOffline.end(client, Duration.ofMillis(10))).isZero();
    }

    try (Journal left = Journal.file(folder.resolve("mine"))) {
      assertThat(left.next()).isGreaterThan(left.first());
    }
  }
}
