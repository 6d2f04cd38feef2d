package io.stateward.statemachine.durable;

import io.stateward.codec.Codec;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.persist.Migrations;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.ChartMachine;
import io.stateward.statemachine.internal.Parts;
import io.stateward.statemachine.internal.Position;
import java.util.Objects;
import java.util.function.Function;

/**
 * The JSON form of the snapshots of a machine: states by name, their data by codecs of the host,
 * history, timers with absolute deadlines, work under way, events that wait.
 *
 * <pre>{@code
 * MachineCodec<Payment, PaymentEvent> codec = MachineCodec.of(PAYMENT, Jackson::codec);
 * byte[] stored = codec.encode(payment.snapshot());
 * Snapshot<Payment> again = codec.decode(stored);
 * }</pre>
 *
 * <p>Stored are the version of the definition and a digest of its structure as well. A snapshot of
 * an older version is migrated, on its tree, if {@link #migrations} are given.
 *
 * <p><b>Thread safety.</b> Immutable, if the codecs are.
 *
 * <p><b>Failure.</b> Broken JSON, or of another shape, is a {@link
 * io.stateward.codec.CodecException}. An {@link IncompatibleSnapshotException} says what does not
 * fit: another machine, a newer version, an older one without a migration, another structure in the
 * same version. Data of a type without a codec is an {@link IllegalArgumentException} when it is
 * encoded, which says how to add one. A failure of work that is still to be given to an action
 * comes back as a {@link io.stateward.signal.StatewardException} whose message is the text of the
 * failure.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @since 0.1
 */
public final class MachineCodec<S, E> implements TreeCodec<Snapshot<S>> {

  private final Machine<S, E> machine;
  private final Chart chart;
  private final Types types;
  private final Migrations migrations;

  private MachineCodec(Machine<S, E> machine, Chart chart, Types types, Migrations migrations) {
    this.machine = machine;
    this.chart = chart;
    this.types = types;
    this.migrations = migrations;
  }

  /**
   * Returns the codec of a machine.
   *
   * @param <S> the type of the state
   * @param <E> the type of the events
   * @param machine the definition
   * @param codecs finds the codec of a type of state, context or event; its bytes are JSON. Asked
   *     when a value of the type is met first
   * @return the codec
   */
  public static <S, E> MachineCodec<S, E> of(
      Machine<S, E> machine, Function<? super Class<?>, ? extends Codec<?>> codecs) {
    if (!(machine instanceof ChartMachine<S, E> known)) {
      throw new IllegalArgumentException(
          "Machine '%s' is a %s; only those that Machine.define makes are stored."
              .formatted(machine.name(), machine.getClass().getName()));
    }
    Chart chart = known.chart();
    return new MachineCodec<>(
        machine, chart, Types.of(chart, codecs), Migrations.to(chart.version()));
  }

  /**
   * Returns this codec with a type that the definition does not name, such as data that several
   * types of a sealed hierarchy may stand for.
   *
   * @param type the type
   * @return the codec that knows it
   */
  public MachineCodec<S, E> type(Class<?> type) {
    return new MachineCodec<>(machine, chart, types.plus(type), migrations);
  }

  /**
   * Returns this codec with the way from older versions of the definition.
   *
   * @param steps to the version of the machine; each changes the tree of a snapshot
   * @return the codec that reads older snapshots
   * @throws IllegalArgumentException if they lead to another version, or have a gap
   */
  public MachineCodec<S, E> migrations(Migrations steps) {
    if (steps.schema() != chart.version()) {
      throw new IllegalArgumentException(
          "The migrations lead to version %d, but machine '%s' is at version %d."
              .formatted(steps.schema(), chart.name(), chart.version()));
    }
    return new MachineCodec<>(machine, chart, types, steps.checked());
  }

  /**
   * Returns the machine whose snapshots these are.
   *
   * @return the definition
   */
  public Machine<S, E> machine() {
    return machine;
  }

  @Override
  public String schema() {
    return "machine/" + chart.name() + "/" + chart.version();
  }

  @Override
  public Tree toTree(Snapshot<S> snapshot) {
    Objects.requireNonNull(snapshot, "snapshot");
    if (!(snapshot instanceof Position<S> position) || position.chart() != chart) {
      throw new IllegalArgumentException(
          "The snapshot is not of machine '%s', whose codec this is.".formatted(chart.name()));
    }
    return new SnapshotForm(chart, types).toTree(position.parts());
  }

  /**
   * Makes a snapshot.
   *
   * @param tree what {@link #toTree} made, of this version of the definition or of an older one
   * @return the snapshot
   * @throws io.stateward.codec.CodecException if the tree is of another shape
   * @throws IncompatibleSnapshotException if it does not fit the definition
   */
  @Override
  public Snapshot<S> fromTree(Tree tree) {
    return restore(tree, Restore.AS_STORED);
  }

  Snapshot<S> restore(Tree tree, Restore restore) {
    SnapshotForm form = new SnapshotForm(chart, types);
    return form.shaped(
        schema(),
        tree,
        stored -> {
          Fit fit = new Fit(chart, migrations);
          Parts parts = form.parts(fit.fitting(stored));
          return fit.position(() -> Position.of(chart, restore.apply(chart, parts)));
        });
  }

  Chart chart() {
    return chart;
  }

  Types types() {
    return types;
  }
}
