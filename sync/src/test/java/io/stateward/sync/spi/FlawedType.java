package io.stateward.sync.spi;

import io.stateward.codec.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A list of numbers, with one flaw. It refuses what is divisible by five. */
final class FlawedType implements SharedType {

  /** What is wrong with it, and which rules forbid that. */
  enum Flaw {
    NONE,
    HAS_NO_NAME("1.1"),
    SHARES_ITS_STATE("1.2"),
    JUDGES_BY_CHANCE("2.1"),
    TAKES_IN_WHAT_IT_REFUSES("2.2"),
    TAKES_IN_NONSENSE("2.3"),
    REPLAYS_SOMETHING_ELSE("2.4"),
    NEEDS_WHAT_IS_NOT_THERE("2.5"),
    FORGETS_WHEN_RESTORED("3.1"),
    FORGETS_ITS_RULES_WHEN_RESTORED("3.2"),
    GROWS_WHEN_STORED("3.3"),
    RESTORES_ANYTHING("3.4"),
    TRIMS_WHAT_IS_NEEDED("4.1"),
    CANNOT_BE_RESTORED_ONCE_TRIMMED("4.2");

    private final Set<String> broken;

    Flaw(String... broken) {
      this.broken = Set.of(broken);
    }

    Set<String> broken() {
      return broken;
    }
  }

  private final Flaw flaw;
  private final List<Long> shared = new ArrayList<>();
  private static long chance;

  FlawedType(Flaw flaw) {
    this.flaw = flaw;
  }

  private boolean has(Flaw other) {
    return flaw == other;
  }

  @Override
  public String name() {
    return has(Flaw.HAS_NO_NAME) ? " " : "numbers";
  }

  @Override
  public SharedState create() {
    return new State(has(Flaw.SHARES_ITS_STATE) ? shared : new ArrayList<>(), 5);
  }

  @Override
  public SharedState restore(Tree stored) {
    if (has(Flaw.RESTORES_ANYTHING) && !(stored.toJson().startsWith("{"))) {
      return create();
    }
    List<Long> numbers = new ArrayList<>();
    stored.at("/numbers").asArray().elements().forEach(each -> numbers.add(each.asLong()));
    if (has(Flaw.FORGETS_WHEN_RESTORED) && !numbers.isEmpty()) {
      numbers.remove(0);
    }
    return new State(numbers, has(Flaw.FORGETS_ITS_RULES_WHEN_RESTORED) ? 50 : 5);
  }

  private final class State implements SharedState {
    private final List<Long> numbers;
    private final long refused;
    private boolean trimmed;

    State(List<Long> numbers, long refused) {
      this.numbers = numbers;
      this.refused = refused;
    }

    @Override
    public Verdict judge(Mutation mutation) {
      if (has(Flaw.TAKES_IN_NONSENSE) && mutation.change().isNull()) {
        numbers.add(0L);
      }
      long number = mutation.change().asLong();
      boolean bad = has(Flaw.JUDGES_BY_CHANCE) ? ++chance % 7 == 0 : number % refused == 0;
      if (bad) {
        if (has(Flaw.TAKES_IN_WHAT_IT_REFUSES)) {
          numbers.add(number);
        }
        return new Verdict.Refused("five", "It is divisible by five.", null);
      }
      numbers.add(number);
      return new Verdict.Accepted(mutation.change());
    }

    @Override
    public void replay(Mutation mutation) {
      long number = mutation.change().asLong();
      numbers.add(has(Flaw.REPLAYS_SOMETHING_ELSE) && number > 90 ? 0 : number);
    }

    @Override
    public Tree snapshot() {
      return Tree.array(numbers.stream().<Tree>map(Tree::of).toList());
    }

    @Override
    public Tree store() {
      if (has(Flaw.GROWS_WHEN_STORED)) {
        numbers.add(1L);
      }
      if (has(Flaw.CANNOT_BE_RESTORED_ONCE_TRIMMED) && trimmed) {
        return Tree.object().plus("numbers", Tree.array());
      }
      return Tree.object().plus("numbers", snapshot());
    }

    @Override
    public long context(long sequence) {
      return has(Flaw.NEEDS_WHAT_IS_NOT_THERE) ? sequence + 1 : sequence;
    }

    @Override
    public long trim(long sequence) {
      trimmed = true;
      if (has(Flaw.TRIMS_WHAT_IS_NEEDED) && !numbers.isEmpty()) {
        numbers.remove(0);
      }
      return sequence;
    }
  }
}
