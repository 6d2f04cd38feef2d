package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.signal.StatewardException;
import io.stateward.sync.record.RecordChange;
import io.stateward.sync.record.RecordContext;
import io.stateward.sync.record.RecordState;
import io.stateward.sync.record.RecordType;
import io.stateward.sync.spi.Mutation;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class RecordReplicaTest {

  private final Loopback<RecordReplica>.Member ada =
      new Loopback<>(RecordType.standard(), RecordReplica::new).join("ada");
  private final RecordReplica replica = ada.replica();

  private static Tree set(String path, int value) {
    return RecordReplica.form(new RecordChange.Set(path, Tree.of(value)));
  }

  @Test
  void confirm_asItWasGuessed_keepsWhatShows() {
    ada.submit(set("/a", 1));
    ada.submit(RecordReplica.form(new RecordChange.Increment("/a", BigDecimal.ONE)));
    RecordState shown = replica.visible();

    replica.confirm(1, 1, set("/a", 1));

    assertThat(replica.visible()).isSameAs(shown);
    assertThat(shown.version()).isEqualTo(RecordContext.UNKNOWN);
    replica.confirm(2, 2, RecordReplica.form(new RecordChange.Increment("/a", BigDecimal.ONE)));
    assertThat(replica.visible())
        .isEqualTo(new RecordState(Tree.object().plus("a", 2), 2, "ada", 0));
  }

  @Test
  void confirm_ofSomethingElseThanWasGuessed_foldsAnew() {
    ada.submit(set("/a", 1));
    ada.submit(RecordReplica.form(new RecordChange.Increment("/a", BigDecimal.ONE)));
    assertThat(replica.visible().value()).isEqualTo(Tree.object().plus("a", 2));

    replica.confirm(1, 1, set("/a", 40)); // the hub has made another change of it

    assertThat(replica.visible().value()).isEqualTo(Tree.object().plus("a", 41));
  }

  @Test
  void take_ofWhatCannotBe_throwsAndChangesNothing() {
    ada.submit(set("/a", 1));
    Tree impossible = RecordReplica.form(new RecordChange.Increment("/a/b", BigDecimal.ONE));
    replica.take(new Mutation("bob", 1, 0, 1, set("/a", 1)));

    assertThatThrownBy(() -> replica.take(new Mutation("bob", 2, 1, 2, impossible)))
        .isInstanceOf(StatewardException.class)
        .hasMessageContaining("begin with its snapshot");
    assertThatThrownBy(() -> ada.submit(Tree.of("nonsense"))).isInstanceOf(CodecException.class);

    assertThat(replica.visible().value()).isEqualTo(Tree.object().plus("a", 1));
    assertThat(ada.unsettled()).hasSize(1);
  }
}
