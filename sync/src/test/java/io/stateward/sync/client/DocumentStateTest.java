package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.Verdict;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DocumentStateTest {

  private static final Verdict.Refused WHY = new Verdict.Refused("limit", "No.", null);

  /** What the client "Y" is for its document. */
  private static final class Context implements DocumentContext {
    @Override
    public String document() {
      return "notes";
    }

    @Override
    public String client() {
      return "Y";
    }

    @Override
    public void afterwards(Runnable announcement) {
      announcement.run();
    }
  }

  private final Context context = new Context();
  private final SharedState hub = TextType.standard().create();
  private long sequence;
  private final List<TreeObject> records = new ArrayList<>();
  private TextReplica replica = new TextReplica(context);
  private DocumentState state = opened(List.of());

  private DocumentState opened(List<TreeObject> from) {
    DocumentState opened = new DocumentState(context, replica, 10, () -> 0);
    opened.restore(
        from,
        record -> {
          TreeObject built = record.build();
          if (OutboxForm.text(built, "k").equals("state")) {
            records.clear();
          }
          records.add(built);
          return 0;
        });
    return opened;
  }

  /** Opens it anew, out of its records. */
  private void restart() {
    replica = new TextReplica(context);
    state = opened(List.copyOf(records));
  }

  private static Tree insert(int at, String text) {
    return Tree.object().plus("op", TextDelta.insert(at, text).toTree());
  }

  private Mutation accepted(String client, long id, long base, Tree change) {
    sequence++;
    Verdict verdict = hub.judge(new Mutation(client, id, base, sequence, change));
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    Tree taken = ((Verdict.Accepted) verdict).change();
    return new Mutation(client, id, base, sequence, taken);
  }

  private String hubText() {
    return hub.snapshot().at("/text").asString();
  }

  @Test
  void refuse_followerStaysAsItWas_isMergedAsTheHubMergesIt() {
    assertThat(mergedAfterARefusal(false)).isEqualTo("WYZ0123456789");
  }

  @Test
  void refuse_replayed_isMergedAsTheHubMergesIt() {
    assertThat(mergedAfterARefusal(true)).isEqualTo("WYZ0123456789");
  }

  /** Y, W and Z insert at one place; between them Y hears that an earlier edit was refused. */
  private String mergedAfterARefusal(boolean restarting) {
    accepted("Z", 1, 0, insert(0, "0123456789"));
    state.reset(new Position("e1", 1), 0, 0, hub.snapshot());
    Pending bad = state.edit(insert(10, "too long"));
    state.edit(insert(0, "Y"));
    state.take(accepted("Z", 2, 1, insert(0, "Z")));
    state.refuse(bad.id, WHY, false);
    if (restarting) {
      assertThat(records).extracting(each -> OutboxForm.text(each, "k")).endsWith("refused");
      restart();
    }

    Pending rest = state.pending().all().get(0);
    state.take(accepted("W", 1, 1, insert(0, "W")));
    state.confirm(sequence + 1, accepted("Y", rest.id, rest.base, rest.change).change());

    assertThat(replica.visible().toString()).isEqualTo(hubText());
    return hubText();
  }

  /** "hello"; " world" was sent, "!" was not, and the hub has forgotten who sent it. */
  private Pending forgottenAfterHelloWorld() {
    accepted("Z", 1, 0, insert(0, "hello"));
    state.reset(new Position("e1", 1), 0, 0, hub.snapshot());
    Pending sent = state.edit(insert(5, " world"));
    assertThat(state.pending().send(10)).isSameAs(sent);
    state.edit(insert(11, "!"));
    state.forgotten();
    return sent;
  }

  @Test
  void forgotten_restartBeforeTheSnapshot_opensWithAllThatShowed() {
    forgottenAfterHelloWorld();

    restart();

    assertThat(replica.visible().toString()).isEqualTo("hello world!");
    state.forgotten();
    state.reset(new Position("e1", sequence), 0, 0, hub.snapshot());
    assertThat(replica.visible().toString()).isEqualTo("hello");
    assertThat(state.letters()).extracting(DeadLetter::code).containsOnly("forgotten").hasSize(2);
  }

  @Test
  void forgotten_editAndCheckpointBeforeTheSnapshot_areWholeAfterARestart() {
    forgottenAfterHelloWorld();
    state.edit(insert(12, "?"));
    records.clear();
    records.add(state.checkpoint().build());

    restart();
    state.edit(insert(13, "?"));

    assertThat(replica.visible().toString()).isEqualTo("hello world!??");
  }

  @Test
  void forgotten_snapshot_whatWasSentIsADeadLetterAndTheRestIsPending() {
    Pending sent = forgottenAfterHelloWorld();
    state.edit(insert(12, "?"));
    accepted("Y", 1, 1, sent.change); // it did take place

    state.reset(new Position("e1", sequence), 0, 0, hub.snapshot());

    assertThat(state.isForgotten()).isFalse();
    assertThat(state.letters()).extracting(DeadLetter::change).containsExactly(sent.change);
    assertThat(state.pending().all()).extracting(each -> each.id).containsExactly(1L);
    assertThat(replica.visible().toString()).isEqualTo("hello world!?");
    restart();
    assertThat(replica.visible().toString()).isEqualTo("hello world!?");
  }
}
