package io.stateward.examples.cookbook;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.sync.client.ReplicatedDocument;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.crdt.LastWriterRegister;
import io.stateward.sync.crdt.MultiValueRegister;
import io.stateward.sync.crdt.ObservedRemoveMap;
import io.stateward.sync.crdt.ObservedRemoveSet;
import io.stateward.sync.crdt.PositiveNegativeCounter;
import io.stateward.sync.crdt.ReplicatedType;
import io.stateward.sync.crdt.ResettableCounter;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Values that merge without anybody to ask. */
final class ReplicatedValues {

  private ReplicatedValues() {}

  static Set<String> set() {
    // tag: set
    ObservedRemoveSet<String> list = ObservedRemoveSet.<String>empty().add("ada", "milk");

    ObservedRemoveSet<String> ada = list.remove("milk").add("ada", "tea");
    ObservedRemoveSet<String> bob = list.add("bob", "bread");

    Set<String> both = ada.merge(bob).elements(); // tea and bread; the other way round as well
    // end
    return both;
  }

  static long counter() {
    // tag: counter
    PositiveNegativeCounter stock = PositiveNegativeCounter.empty().add("ada", 5);
    long left = stock.add("ada", -1).merge(stock.add("bob", -2)).value(); // 2
    // end
    return left;
  }

  static List<String> registers() {
    // tag: registers
    LastWriterRegister<String> title = LastWriterRegister.<String>empty().set("ada", "Notes");
    String one = title.set("ada", "Diary").merge(title.set("bob", "Log")).value(); // one of them

    MultiValueRegister<String> color = MultiValueRegister.<String>empty().set("ada", "red");
    List<String> all = color.set("ada", "blue").merge(color.set("bob", "green")).values(); // both
    // end
    return List.of(String.valueOf(one), all.get(0), all.get(1));
  }

  static ObservedRemoveMap<String, ResettableCounter> map() {
    // tag: map
    ObservedRemoveMap<String, ResettableCounter> votes =
        ObservedRemoveMap.<String, ResettableCounter>of(ResettableCounter.empty())
            .update("milk", count -> count.add("ada", 1));
    ObservedRemoveMap<String, ResettableCounter> merged =
        votes.remove("milk").merge(votes.update("milk", count -> count.add("bob", 1)));
    // end
    return merged;
  }

  // tag: codec
  static final TreeCodec<String> TEXT = TreeCodec.of("text/1", Tree::of, Tree::asString);
  static final TreeCodec<ObservedRemoveSet<String>> LIST = ObservedRemoveSet.codec(TEXT);

  // end

  // tag: exchange
  /** What another replica lacks, as bytes: the whole value would do as well. */
  static byte[] news(ObservedRemoveSet<String> mine, ObservedRemoveSet<String> theyHave) {
    return LIST.encode(mine.since(theyHave));
  }

  static ObservedRemoveSet<String> taken(ObservedRemoveSet<String> mine, byte[] news) {
    return mine.merge(LIST.decode(news)); // twice, late or in another order: the same in the end
  }

  // end

  // tag: type
  static final ReplicatedType<ObservedRemoveSet<String>> SHOPPING =
      ReplicatedType.of("shopping", ObservedRemoveSet.empty(), LIST).withSize(64 * 1024);

  // end

  static ReplicatedDocument<ObservedRemoveSet<String>> document(
      SyncClient client, Consumer<Set<String>> show) {
    // tag: document
    ReplicatedDocument<ObservedRemoveSet<String>> shopping =
        client.replicated("shopping/ada", SHOPPING);
    shopping.value().subscribe(change -> show.accept(change.now().elements()));
    shopping.change((list, me) -> list.add(me, "milk")); // me: this client's name
    shopping.change((list, me) -> list.remove("tea"));
    // end
    return shopping;
  }
}
