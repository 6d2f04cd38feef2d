package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.sync.client.ReplicatedDocument;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.crdt.ObservedRemoveSet;
import io.stateward.sync.crdt.ResettableCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReplicatedValuesTest {

  @Test
  void values_merge() {
    assertThat(ReplicatedValues.set()).containsExactlyInAnyOrder("tea", "bread");
    assertThat(ReplicatedValues.counter()).isEqualTo(2);
    List<String> registers = ReplicatedValues.registers();
    assertThat(registers.get(0)).isIn("Diary", "Log");
    assertThat(registers.subList(1, 3)).containsExactlyInAnyOrder("blue", "green");
    ResettableCounter milk = ReplicatedValues.map().get("milk");
    assertThat(milk).isNotNull();
    assertThat(milk.value()).isEqualTo(1);
  }

  @Test
  void news_takenTwice_changeNothingMore() {
    ObservedRemoveSet<String> theirs = ObservedRemoveSet.<String>empty().add("bob", "milk");
    ObservedRemoveSet<String> mine = theirs.remove("milk").add("ada", "tea");

    byte[] news = ReplicatedValues.news(mine, theirs);
    ObservedRemoveSet<String> taken = ReplicatedValues.taken(theirs, news);

    assertThat(taken).isEqualTo(mine).isEqualTo(ReplicatedValues.taken(taken, news));
    assertThat(
            ReplicatedValues.taken(ObservedRemoveSet.empty(), ReplicatedValues.LIST.encode(mine)))
        .isEqualTo(mine);
  }

  @Test
  void document_changedByTwoWhoDoNotHearOfEachOther_hasBoth() {
    VirtualHub hub = new VirtualHub(ReplicatedValues.SHOPPING);
    SyncClient offline = hub.client("ada");
    List<Set<String>> shown = new ArrayList<>();
    ReplicatedDocument<ObservedRemoveSet<String>> other =
        hub.client("bob").replicated("shopping/ada", ReplicatedValues.SHOPPING);
    other.change((list, me) -> list.add(me, "tea"));
    hub.settle();
    offline.disconnect();

    ReplicatedDocument<ObservedRemoveSet<String>> shopping =
        ReplicatedValues.document(offline, shown::add);
    hub.settle();

    assertThat(shown).containsExactly(Set.of("milk"));
    offline.reconnect();
    hub.settle();
    assertThat(shopping.value().get()).isEqualTo(other.value().get());
    assertThat(other.value().get().elements()).containsExactlyInAnyOrder("milk", "tea");
    hub.end();
  }
}
