package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.SharedType;

/**
 * What a document is: its state, its history's name and length, and what it knows of its clients.
 *
 * <p>Thread safety: confined to the turn of its document, but for {@link #floor}.
 */
final class Content {

  private static final int FORM = 1;

  final SharedType type;
  final SharedState state;
  final Lineage lineage;
  final Ledger ledger;
  long sequence;
  volatile long floor; // events up to this are not held any more; written in the turn

  private Content(SharedType type, SharedState state, Lineage lineage, Ledger ledger) {
    this.type = type;
    this.state = state;
    this.lineage = lineage;
    this.ledger = ledger;
  }

  static Content create(SharedType type, String epoch, String opener) {
    return new Content(type, type.create(), new Lineage(epoch, opener), new Ledger());
  }

  /** Takes in what took place before, when the document is loaded. */
  void replay(Entry entry, long nowNanos) {
    if (entry instanceof Entry.Accepted is) {
      Mutation mutation = is.mutation();
      if (mutation.sequence() != sequence + 1) {
        throw new IllegalArgumentException(
            "After change %d there is change %d; those between are missing."
                .formatted(sequence, mutation.sequence()));
      }
      state.replay(mutation);
      sequence = mutation.sequence();
      Member member = ledger.of(mutation.client(), is.owner(), mutation.base(), nowNanos);
      member.changed(mutation.base(), nowNanos);
      member.accepted(mutation.id(), sequence);
    } else if (entry instanceof Entry.Refused is) {
      Member member = ledger.of(is.client(), is.owner(), is.base(), nowNanos);
      member.refused(is.refusal());
    } else if (entry instanceof Entry.Began is) {
      lineage.begin(is.epoch(), is.opener(), is.sequence());
    }
  }

  TreeObject store(long nowNanos) {
    return Tree.object()
        .plus("form", FORM)
        .plus("type", type.name())
        .plus("seq", sequence)
        .plus("floor", floor)
        .plus("lineage", lineage.store())
        .plus("ledger", ledger.store(nowNanos))
        .plus("state", state.store());
  }

  static Content restore(SharedType type, TreeObject stored, long nowNanos) {
    Content content =
        new Content(
            type,
            type.restore(stored.at("/state")),
            Lineage.restore(stored.at("/lineage")),
            Ledger.restore(stored.at("/ledger"), nowNanos));
    content.sequence = stored.at("/seq").asLong();
    content.floor = stored.at("/floor").asLong();
    return content;
  }

  /** Returns the name of the type of a stored document; throws if it cannot be read. */
  static String typeOf(TreeObject stored) {
    long form = stored.at("/form").asLong();
    if (form != FORM) {
      throw new IllegalArgumentException(
          "It is stored in form %d; this program reads form %d.".formatted(form, FORM));
    }
    return stored.at("/type").asString();
  }
}
