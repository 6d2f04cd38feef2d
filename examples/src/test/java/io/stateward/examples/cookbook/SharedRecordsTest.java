package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.examples.cookbook.SharedRecords.Form;
import io.stateward.examples.cookbook.SharedRecords.Task;
import io.stateward.signal.Subscription;
import io.stateward.sync.client.RecordDocument;
import io.stateward.sync.client.SyncClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SharedRecordsTest {

  private final VirtualHub hub = new VirtualHub(SharedRecords.TASKS);
  private final SyncClient client = hub.client("ada");
  private final RecordDocument<Task> mine = SharedRecords.open(client);
  private final RecordDocument<Task> theirs = SharedRecords.open(hub.client("bob"));
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void create() {
    hub.settle();
    SharedRecords.create(mine);
    hub.settle();
  }

  @AfterEach
  void end() {
    hub.end();
  }

  private Form form() {
    return Objects.requireNonNull(Form.of(mine));
  }

  @Test
  void create_byBoth_oneIsTold() {
    theirs
        .put(0, new Task("Tea", false, 0, List.of()))
        .thenAccept(result -> told.add(SharedRecords.told(result)));

    hub.settle();
    assertThat(told).containsExactly("somebody else made it 'Milk'");
    assertThat(theirs.value().get()).isEqualTo(new Task("Milk", false, 0, List.of()));
  }

  @Test
  void value_isShownWithWhatWasDoneHere() {
    try (Subscription shown = SharedRecords.show(mine, told::add)) {
      assertThat(shown).isNotNull();
      mine.set("/title", Tree.of("Oat milk"));
      assertThat(told).containsExactly("Oat milk");
      hub.settle();
      theirs.delete();
      hub.settle();
    }

    assertThat(told).last().isEqualTo("there is none");
  }

  @Test
  void fields_ofBoth_allCount() {
    SharedRecords.fields(mine);
    SharedRecords.fields(theirs);
    SharedRecords.all(mine);

    hub.settle();
    assertThat(mine.value().get())
        .isEqualTo(new Task("Oat milk", true, 3, List.of("shop")))
        .isEqualTo(theirs.value().get());
  }

  @Test
  void put_forAnOlderVersion_isAConflictWithWhatIsThere() {
    Form form = form();
    theirs.set("/title", Tree.of("Tea"));
    hub.settle();

    SharedRecords.save(mine, form, form.task().withTitle("Coffee")).thenAccept(told::add);

    assertThat(told).containsExactly("somebody else made it 'Tea'"); // known here already
    SharedRecords.save(mine, form(), form.task().withTitle("Coffee")).thenAccept(told::add);
    hub.settle();
    assertThat(told).last().isEqualTo("saved");
    assertThat(theirs.value().get()).isEqualTo(form.task().withTitle("Coffee"));
  }

  @Test
  void put_racingAnother_showsAndVanishes() {
    Form form = form();
    theirs.set("/title", Tree.of("Tea"));

    SharedRecords.save(mine, form, form.task().withTitle("Coffee")).thenAccept(told::add);

    assertThat(form().task().title()).isEqualTo("Coffee");
    hub.settle();
    assertThat(told).containsExactly("somebody else made it 'Tea'");
    assertThat(form().task().title()).isEqualTo("Tea");
  }

  @Test
  void put_afterADeletion_isGone() {
    Form form = form();
    theirs.delete();
    hub.settle();

    SharedRecords.save(mine, form, form.task()).thenAccept(told::add);

    hub.settle();
    assertThat(told).containsExactly("deleted meanwhile");
  }

  @Test
  void merge_byRules_asksOnlyForWhatHasNone() {
    Form form = form();
    theirs.increment("/votes", 2);
    hub.settle();
    Task edited = new Task("Oat milk", true, 1, List.of("shop"));

    SharedRecords.merge(mine, form, edited).thenAccept(told::add);
    hub.settle();

    assertThat(theirs.value().get()).isEqualTo(new Task("Oat milk", true, 3, List.of("shop")));
    SharedRecords.merge(mine, form, edited.withTitle("Rice milk")).thenAccept(told::add);
    assertThat(told).containsExactly("saved", "somebody else made it 'Oat milk'");
  }

  @Test
  void refusal_vanishes_andIsAmongTheDeadLetters() {
    SharedRecords.letters(mine, told::add);

    mine.set("/title", Tree.of("x".repeat(70_000)));
    mine.increment("/votes", 1);
    hub.settle();

    assertThat(mine.value().get()).isEqualTo(new Task("Milk", false, 1, List.of()));
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).contains("/title").contains("65536");
  }

  @Test
  void change_thatMakesNoSense_isRefusedAtOnce() {
    mine.increment("/title", 1).thenAccept(result -> told.add(SharedRecords.told(result)));

    assertThat(told).hasSize(1);
    assertThat(told.get(0)).startsWith("refused: ");
  }

  @Test
  void tree_hasTheSameRecord() {
    assertThat(SharedRecords.tree(client)).isEqualTo(SharedRecords.TASK.toTree(form().task()));
  }
}
