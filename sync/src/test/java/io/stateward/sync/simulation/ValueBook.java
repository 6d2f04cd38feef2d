package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.crdt.Replicated;
import io.stateward.sync.crdt.ReplicatedType;

/**
 * The naive model of a replicated value: the join of all that was accepted, and what of that was
 * done by whom.
 *
 * @param <S> the type of the value
 */
abstract class ValueBook<S extends Replicated<S>> implements Book {

  final World world;
  final Deeds deeds;
  private final String document;
  private final ReplicatedType<S> type;
  private final Judgements judgements;
  private boolean setBack;

  ValueBook(World world, String document, ReplicatedType<S> type) {
    this.world = world;
    this.document = document;
    this.type = type;
    deeds = new Deeds(world, document);
    judgements = world.judgements(type.name());
  }

  @Override
  public String document() {
    return document;
  }

  @Override
  public Desk open(SimulatedProcess process, Subject.Client client) {
    return new ValueDesk<>(
        world, process.name, this, client, client.live().replicated(document, type));
  }

  /** Changes a value, as chance has it, and says what it did. */
  abstract Change<S> change(S value, String replica);

  /**
   * A change.
   *
   * @param value what it makes
   * @param mark what is in every form of it, or null if that is all that it adds
   * @param meaning what it did
   */
  record Change<S>(S value, String mark, Object meaning) {}

  /** Takes down that a change was made. */
  abstract void made(Deeds.Deed deed, Object meaning);

  /** Compares a value with what was done. */
  abstract void check(S value);

  String form(S change) {
    return type.codec().toTree(change).toJson();
  }

  @Override
  public void setBack(String client) {
    deeds.setBack(client);
    setBack = true;
  }

  /**
   * Whether all that is certain has to be there: not if a hub was set back, nor if a client was:
   * its changes have the names of those that it made before, see {@link Replicated}.
   */
  boolean isComplete() {
    return !world.isRestored() && !setBack;
  }

  @Override
  public void check(Desk newcomer) {
    ValueDesk<?> desk = (ValueDesk<?>) newcomer;
    S model = type.empty();
    for (Judgements.Accepted each : judgements.upTo(desk.sequence()).values()) {
      model = model.merge(type.codec().fromTree(each.taken()));
    }
    Tree joined = type.codec().toTree(model);
    if (!type.codec().fromTree(joined).equals(desk.value())) {
      fail("it is %s, and the join of all is %s".formatted(desk.value(), model));
    }
    check(model);
  }

  void fail(String what) {
    world.fail("Document " + document + ": " + what, null);
  }
}
