package io.stateward.history;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Notes that are taken and folded at the same time.
 *
 * <p>Claimed: the notebook is linearizable. Each note is in the account once, in the order in which
 * the notes were taken, whoever folds it; a reader sees every note that was taken before it asked.
 *
 * <p>Excluded: {@link Notebook#folded}, which may be behind.
 */
@Param(name = "number", gen = IntGen.class, conf = "1:9")
final class NotebookLincheckTest {

  @Test
  void notebook_underTheModelChecker_isLinearizable() {
    new ModelCheckingOptions()
        .iterations(10)
        .invocationsPerIteration(200)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .sequentialSpecification(Spec.class)
        .check(Concurrent.class);
  }

  /** The notebook under test; the account is the text of its notes. */
  @Param(name = "number", gen = IntGen.class, conf = "1:9")
  public static final class Concurrent {
    private final Notebook<String> notebook = new Notebook<>("");

    /** Takes a note. */
    @Operation
    public void note(@Param(name = "number") int number) {
      notebook.note(text -> text + number);
    }

    /** Reads the account. */
    @Operation
    public String account() {
      return notebook.account();
    }

    /** Begins anew. */
    @Operation
    public void reset() {
      notebook.reset("");
    }
  }

  /** What one thread would see. */
  public static final class Spec {
    private String text = "";

    /** Takes a note. */
    public void note(int number) {
      text += number;
    }

    /** Reads the account. */
    public String account() {
      return text;
    }

    /** Begins anew. */
    public void reset() {
      text = "";
    }
  }
}
