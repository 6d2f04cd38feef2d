package io.stateward.statemachine.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.CodecException;
import io.stateward.flow.Outcome;
import io.stateward.persist.RecordPage;
import io.stateward.persist.RecordStore;
import io.stateward.persist.StoredRecord;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Reports;
import io.stateward.statemachine.Actor;
import io.stateward.statemachine.ActorStartException;
import io.stateward.statemachine.ActorStoppedException;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.durable.Invoices.Bank;
import io.stateward.statemachine.durable.Invoices.Invoice;
import io.stateward.statemachine.durable.Invoices.InvoiceEvent;
import io.stateward.store.WriteResult;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class DurableActorsTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final RecordStore records = RecordStore.memory();
  private final List<String> told = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final List<Runnable> working = new ArrayList<>();

  /** A bank that notes what it is asked, by key. */
  private final Bank bank =
      new Bank() {
        @Override
        public String charge(int cents, String key) {
          told.add("charge " + plain(key));
          return "r" + cents;
        }

        @Override
        public void thank(String receipt, String key) {
          told.add("thank " + plain(key));
        }

        @Override
        public void note(String event, String key) {
          told.add("note " + plain(key));
        }
      };

  /** Returns a key without the word of the instance's life, which is random. */
  private String plain(String key) {
    keys.add(key);
    return key.replaceFirst("^(\\w+/\\w+)/\\w+/", "$1/");
  }

  private DurableActorsBuilder<Invoice, InvoiceEvent> process(Executor executor, RecordStore on) {
    Actors actors = Actors.on(executor).timekeeper(time).build();
    return DurableActors.of(actors, on, MachineCodec.of(Invoices.machine(bank), RecordCodecs::of));
  }

  private DurableActors<Invoice, InvoiceEvent> inline() {
    return process(Runnable::run, records).open();
  }

  /** Opens a process whose work waits until the test does it. */
  private DurableActorsBuilder<Invoice, InvoiceEvent> waiting() {
    return process(working::add, records);
  }

  private static Actor<Invoice, InvoiceEvent> loaded(
      DurableActors<Invoice, InvoiceEvent> invoices) {
    return Objects.requireNonNull(invoices.load("7"));
  }

  @Test
  void start_throughToTheEnd_isStoredAndListed() {
    DurableActors<Invoice, InvoiceEvent> invoices = inline();
    Actor<Invoice, InvoiceEvent> invoice = invoices.start("7", 100);
    assertThat(invoice.id()).isEqualTo("invoice/7");

    invoice.tell(InvoiceEvent.CHARGE);
    time.advance(Duration.ofMillis(20));

    assertThat(invoice.snapshot().state()).isEqualTo(new Invoice.Settled("r100"));
    assertThat(invoices.ids(null, 10)).containsExactly("7");
    Actor<Invoice, InvoiceEvent> again = loaded(inline());
    assertThat(again.isStopped()).isTrue();
    assertThat(again.snapshot().state()).isEqualTo(new Invoice.Settled("r100"));
    assertThat(told)
        .containsExactly(
            "note invoice/7/2.0/note", "charge invoice/7/0/charge", "thank invoice/7/3.1/thank");
    assertThat(invoices.delete("7")).isTrue();
    assertThat(invoices.load("7")).isNull();
    assertThat(invoices.delete("7")).isFalse();
  }

  @Test
  void start_idThatIsThere_isRefused() {
    DurableActors<Invoice, InvoiceEvent> invoices = inline();
    Actor<Invoice, InvoiceEvent> invoice = invoices.start("7", 100);

    assertThatThrownBy(() -> invoices.start("7", 200))
        .isInstanceOf(InstanceExistsException.class)
        .hasMessageContaining("'7'");
    assertThatThrownBy(() -> inline().start("7", 200)).isInstanceOf(InstanceExistsException.class);
    assertThat(invoices.load("7")).isSameAs(invoice);
    assertThat(invoices.load("8")).isNull();
  }

  @Test
  void open_workWasUnderWay_runsAgainUnderTheSameKey() {
    DurableActors<Invoice, InvoiceEvent> first = waiting().open();
    first.start("7", 100).tell(InvoiceEvent.CHARGE);
    first.close();
    working.clear();

    DurableActors<Invoice, InvoiceEvent> second = inline();

    assertThat(told)
        .containsExactly(
            "note invoice/7/2.0/note", "charge invoice/7/0/charge", "thank invoice/7/3.1/thank");
    assertThat(loaded(second).snapshot().state()).isEqualTo(new Invoice.Charged("r100"));
    time.advance(Duration.ofMillis(20));
    assertThat(loaded(second).snapshot().state()).isEqualTo(new Invoice.Settled("r100"));
  }

  @Test
  void open_workIsToFail_leadsToItsError() {
    DurableActors<Invoice, InvoiceEvent> first = waiting().open();
    first.start("7", 100).tell(InvoiceEvent.CHARGE);
    first.close();

    DurableActors<Invoice, InvoiceEvent> second =
        process(Runnable::run, records).invocations(work -> InvocationPolicy.FAIL).open();

    assertThat(loaded(second).snapshot().state())
        .isEqualTo(new Invoice.Refused("InterruptedWorkException"));
    assertThat(told).containsExactly("note invoice/7/2.0/note");
  }

  @Test
  void open_workIsToWait_endsWhenTheHostSaysSo() {
    DurableActors<Invoice, InvoiceEvent> first = waiting().open();
    first.start("7", 100).tell(InvoiceEvent.CHARGE);
    first.close();
    DurableActors<Invoice, InvoiceEvent> second =
        process(Runnable::run, records).invocations(work -> InvocationPolicy.WAIT).open();
    Invocation work = loaded(second).snapshot().invocations().get(0);

    assertThat(second.complete("7", work, new Outcome.Done<>("by hand"))).isTrue();
    second.complete("7", work, new Outcome.Done<>("twice"));

    assertThat(loaded(second).snapshot().state()).isEqualTo(new Invoice.Charged("by hand"));
    assertThat(second.complete("8", work, new Outcome.Done<>("x"))).isFalse();
  }

  private Invoice stateAfterAPause(TimerPolicy policy, Duration pause, Duration after) {
    DurableActors<Invoice, InvoiceEvent> first = inline();
    Actor<Invoice, InvoiceEvent> invoice = first.start("7", 100);
    invoice.tell(InvoiceEvent.CHARGE);
    first.close();
    assertThat(time.pending()).isZero();
    time.advance(pause);
    DurableActors<Invoice, InvoiceEvent> second =
        process(Runnable::run, records).timers(policy).open();
    time.advance(after);
    return loaded(second).snapshot().state();
  }

  @Test
  void open_timerByItsDeadline_firesLateAtOnce() {
    assertThat(stateAfterAPause(TimerPolicy.DEADLINE, Duration.ofDays(1), Duration.ZERO))
        .isInstanceOf(Invoice.Settled.class);
  }

  @Test
  void open_timerWithWhatRemains_doesNotCountThePause() {
    assertThat(stateAfterAPause(TimerPolicy.REMAINING, Duration.ofDays(1), Duration.ofMillis(19)))
        .isInstanceOf(Invoice.Charged.class);
    time.advance(Duration.ofMillis(1));
    assertThat(loaded(inline()).snapshot().state()).isInstanceOf(Invoice.Settled.class);
  }

  @Test
  void open_timerWithWhatRemains_countsTheTimeThatItRan() {
    DurableActors<Invoice, InvoiceEvent> first =
        process(Runnable::run, records).timers(TimerPolicy.REMAINING).open();
    first.start("7", 100).tell(InvoiceEvent.CHARGE);
    for (int i = 0; i < 3; i++) {
      time.advance(Duration.ofMillis(6));
      first.close();
      time.advance(Duration.ofDays(1));
      first = process(Runnable::run, records).timers(TimerPolicy.REMAINING).open();
      assertThat(loaded(first).snapshot().state()).isInstanceOf(Invoice.Charged.class);
    }

    time.advance(Duration.ofMillis(2));

    assertThat(loaded(first).snapshot().state()).isInstanceOf(Invoice.Settled.class);
  }

  @Test
  void open_timerThatRestarts_waitsForItsWholeDelay() {
    assertThat(stateAfterAPause(TimerPolicy.RESTART, Duration.ofDays(1), Duration.ofMillis(19)))
        .isInstanceOf(Invoice.Charged.class);
  }

  @Test
  void tell_instanceThatAnotherProcessMoved_commitsNothing() throws Exception {
    Actor<Invoice, InvoiceEvent> one = waiting().open().start("7", 100);
    Actor<Invoice, InvoiceEvent> other = loaded(waiting().open());
    one.tell(InvoiceEvent.CHARGE);

    CompletableFuture<Step<Invoice>> asked = other.ask(InvoiceEvent.CHARGE).toCompletableFuture();

    assertThatThrownBy(asked::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(ActorStoppedException.class)
        .hasCauseInstanceOf(InstanceTakenException.class);
    assertThat(told).containsExactly("note invoice/7/2.0/note");
    assertThat(other.isStopped()).isTrue();
    assertThat(other.snapshot().state()).isEqualTo(new Invoice.Open(100));
    assertThat(other.ended().toCompletableFuture()).isCompletedExceptionally();
    assertThat(one.snapshot().state()).isEqualTo(new Invoice.Charging(100));
  }

  @Test
  void load_afterTheInstanceWasTaken_goesOnFromThere() {
    DurableActors<Invoice, InvoiceEvent> mine = waiting().open();
    DurableActors<Invoice, InvoiceEvent> theirs = waiting().open();
    mine.start("7", 100);
    loaded(theirs).tell(InvoiceEvent.CHARGE);
    try (Reports reports = new Reports()) {
      loaded(mine).tell(InvoiceEvent.CHARGE);

      assertThat(reports.naming("invoice/7")).hasSize(1);
    }

    assertThat(loaded(mine).isStopped()).isFalse();
    assertThat(loaded(mine).snapshot().state()).isEqualTo(new Invoice.Charging(100));
  }

  @Test
  void open_recordThatDoesNotFit_isReportedAndLeft() {
    byte[] broken = "{}".getBytes(StandardCharsets.UTF_8);
    records.write("invoice/1", RecordStore.ABSENT, broken);
    DurableActors<Invoice, InvoiceEvent> first = waiting().open();
    first.start("7", 100).tell(InvoiceEvent.CHARGE);
    first.close();

    try (Reports reports = new Reports()) {
      DurableActors<Invoice, InvoiceEvent> second = inline();

      assertThat(reports.naming("invoice/1")).hasSize(1);
      assertThat(loaded(second).snapshot().state()).isInstanceOf(Invoice.Charged.class);
      assertThatThrownBy(() -> second.load("1")).isInstanceOf(CodecException.class);
    }
    assertThat(Objects.requireNonNull(records.read("invoice/1")).bytes()).isEqualTo(broken);
  }

  /** A parcel whose ride is a machine of its own. */
  sealed interface Parcel {
    record Packed() implements Parcel {}

    record Riding() implements Parcel {}

    record There() implements Parcel {}
  }

  enum ParcelEvent {
    GO,
    ARRIVE
  }

  @Test
  void open_machineWasInvoked_beginsItAgainUnderTheSameKeys() {
    Machine<Parcel, ParcelEvent> ride =
        Machine.define("ride", Parcel.class, ParcelEvent.class)
            .initial(new Parcel.Riding())
            .in(
                Parcel.Riding.class,
                s ->
                    s.entry("depart", (riding, key) -> told.add(plain(key)))
                        .after(Duration.ofHours(1))
                        .to(Parcel.There.class, riding -> new Parcel.There()))
            .finals(Parcel.There.class)
            .build();
    Machine<Parcel, ParcelEvent> parcel =
        Machine.define("parcel", Parcel.class, ParcelEvent.class)
            .initial(new Parcel.Packed())
            .in(
                Parcel.Packed.class,
                s -> s.on(ParcelEvent.GO).to(Parcel.Riding.class, (p, e) -> new Parcel.Riding()))
            .in(
                Parcel.Riding.class,
                s ->
                    s.invokeMachine("ride", ride, riding -> null)
                        .onDone(Parcel.There.class, (riding, there) -> (Parcel.There) there)
                        .onErrorReport())
            .finals(Parcel.There.class)
            .build();
    MachineCodec<Parcel, ParcelEvent> codec = MachineCodec.of(parcel, RecordCodecs::of);
    Actors first = Actors.on(Runnable::run).timekeeper(time).build();
    DurableActors.of(first, records, codec).open().start("1").tell(ParcelEvent.GO);
    first.close();

    DurableActors<Parcel, ParcelEvent> second =
        DurableActors.of(Actors.on(Runnable::run).timekeeper(time).build(), records, codec).open();
    time.advance(Duration.ofHours(1));

    assertThat(told).hasSize(2).containsOnly("parcel/1/0/ride/1.1/depart");
    assertThat(Objects.requireNonNull(second.load("1")).snapshot().isDone()).isTrue();
  }

  @Test
  void close_stopsThoseThatRunAndStartsNoMore() {
    DurableActors<Invoice, InvoiceEvent> invoices = inline();
    Actor<Invoice, InvoiceEvent> invoice = invoices.start("7", 100);

    invoices.close();

    assertThat(invoice.isStopped()).isTrue();
    assertThatThrownBy(() -> invoices.load("7")).isInstanceOf(ClosedException.class);
  }

  @Test
  void start_idOfOneThatWasDeleted_hasOtherKeys() {
    DurableActors<Invoice, InvoiceEvent> invoices = inline();
    invoices.start("7", 100).tell(InvoiceEvent.CHARGE);
    assertThat(invoices.delete("7")).isTrue();

    invoices.start("7", 100).tell(InvoiceEvent.CHARGE);

    assertThat(told).hasSize(6);
    assertThat(keys).hasSize(6).doesNotHaveDuplicates().allMatch(it -> it.startsWith("invoice/7/"));
  }

  @Test
  void tell_codecThrowsAnError_endsTheActor() {
    boolean[] breaks = new boolean[1];
    Actors actors = Actors.on(Runnable::run).timekeeper(time).build();
    MachineCodec<Invoice, InvoiceEvent> codec =
        MachineCodec.of(
            Invoices.machine(bank),
            type -> {
              if (breaks[0]) {
                throw new StackOverflowError("deep");
              }
              return RecordCodecs.of(type);
            });
    Actor<Invoice, InvoiceEvent> invoice =
        DurableActors.of(actors, records, codec).open().start("7", 100);
    breaks[0] = true;

    CompletableFuture<Step<Invoice>> asked = invoice.ask(InvoiceEvent.CHARGE).toCompletableFuture();

    assertThatThrownBy(asked::get).hasRootCauseInstanceOf(StackOverflowError.class);
    assertThat(invoice.isStopped()).isTrue();
    assertThat(invoice.ended().toCompletableFuture()).isCompletedExceptionally();
    assertThat(told).isEmpty();
  }

  @Test
  void of_machineWithASlashInItsName_isRefused() {
    Machine<Parcel, ParcelEvent> machine =
        Machine.define("a/b", Parcel.class, ParcelEvent.class)
            .initial(new Parcel.There())
            .finals(Parcel.There.class)
            .build();
    MachineCodec<Parcel, ParcelEvent> codec = MachineCodec.of(machine, RecordCodecs::of);
    Actors actors = Actors.on(Runnable::run).timekeeper(time).build();

    assertThatThrownBy(() -> DurableActors.of(actors, records, codec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a/b'");
  }

  @Test
  void delete_observerWaitsForAnotherWhoLoads_isNotStuck() {
    DurableActors<Invoice, InvoiceEvent> invoices = inline();
    List<Boolean> loaded = new ArrayList<>();
    invoices
        .start("7", 100)
        .observe(
            notice ->
                loaded.add(
                    CompletableFuture.supplyAsync(() -> invoices.load("7") != null)
                        .completeOnTimeout(false, 5, TimeUnit.SECONDS)
                        .join()));

    invoices.delete("7");

    assertThat(loaded).containsExactly(true);
  }

  @Test
  void open_timerWhoseFunctionFailed_isNotTriedAgain() {
    int[] tries = new int[1];
    Machine<Parcel, ParcelEvent> parcel =
        Machine.define("parcel", Parcel.class, ParcelEvent.class)
            .initial(new Parcel.Packed())
            .in(
                Parcel.Packed.class,
                s ->
                    s.after(Duration.ofHours(1))
                        .to(
                            Parcel.Riding.class,
                            packed -> {
                              tries[0]++;
                              throw new IllegalStateException("no van");
                            })
                        .after(Duration.ofHours(2))
                        .to(Parcel.There.class, packed -> new Parcel.There()))
            .in(Parcel.Riding.class, s -> s)
            .finals(Parcel.There.class)
            .build();
    MachineCodec<Parcel, ParcelEvent> codec = MachineCodec.of(parcel, RecordCodecs::of);
    Actors actors = Actors.on(Runnable::run).timekeeper(time).build();
    List<Object> told = new ArrayList<>();
    try (Reports reports = new Reports()) {
      DurableActors<Parcel, ParcelEvent> first = DurableActors.of(actors, records, codec).open();
      Actor<Parcel, ParcelEvent> begun = first.start("1");
      begun.observe(told::add);
      time.advance(Duration.ofHours(1));
      assertThat(reports.naming("parcel/1")).hasSize(1);
      assertThat(begun.snapshot().timers()).hasSize(1);
      assertThat(told).hasSize(1);
      first.close();
    }

    DurableActors<Parcel, ParcelEvent> second = DurableActors.of(actors, records, codec).open();
    assertThat(Objects.requireNonNull(second.load("1")).snapshot().timers()).hasSize(1);
    time.advance(Duration.ofHours(1));

    assertThat(Objects.requireNonNull(second.load("1")).snapshot().isDone()).isTrue();
    assertThat(tries[0]).isEqualTo(1);
  }

  @Property(seed = "60221408", tries = 60)
  void kill_afterAnyNumberOfWrites_chargesOnce(
      @ForAll @IntRange(min = 0, max = 9) int first,
      @ForAll @IntRange(min = 0, max = 9) int second) {
    told.clear();
    keys.clear();
    RecordStore disk = RecordStore.memory();
    run(disk, first);
    run(disk, second);
    run(disk, Integer.MAX_VALUE);

    DurableActors<Invoice, InvoiceEvent> last = process(Runnable::run, disk).open();
    assertThat(loaded(last).snapshot().state()).isEqualTo(new Invoice.Settled("r100"));
    assertThat(told.stream().distinct())
        .containsExactlyInAnyOrder(
            "note invoice/7/2.0/note", "charge invoice/7/0/charge", "thank invoice/7/3.1/thank");
    assertThat(keys.stream().distinct()).hasSize(3);
  }

  /** A process that does what there is to do until it dies, which is when it cannot write. */
  private void run(RecordStore disk, int writes) {
    DurableActors<Invoice, InvoiceEvent> process =
        process(Runnable::run, new Dying(disk, writes)).open();
    try {
      Actor<Invoice, InvoiceEvent> invoice = process.load("7");
      if (invoice == null) {
        invoice = process.start("7", 100);
      }
      if (!invoice.isStopped()) {
        invoice.tell(InvoiceEvent.CHARGE);
      }
      time.advance(Duration.ofMillis(20));
    } catch (ActorStartException e) {
      assertThat(writes).isZero();
    }
    process.close();
  }

  /** Records that cannot be written any more after some writes. */
  private static final class Dying implements RecordStore {
    private final RecordStore records;
    private int left;

    Dying(RecordStore records, int left) {
      this.records = records;
      this.left = left;
    }

    @Override
    public @Nullable StoredRecord read(String key) {
      return records.read(key);
    }

    @Override
    public WriteResult<StoredRecord> write(String key, long expected, byte[] bytes) {
      return left-- > 0
          ? records.write(key, expected, bytes)
          : new WriteResult.Failed<>(new IOException("dead"));
    }

    @Override
    public WriteResult<StoredRecord> delete(String key, long expected) {
      return records.delete(key, expected);
    }

    @Override
    public RecordPage list(String prefix, @Nullable String after, int limit) {
      return records.list(prefix, after, limit);
    }

    @Override
    public void close() {
      records.close();
    }
  }
}
