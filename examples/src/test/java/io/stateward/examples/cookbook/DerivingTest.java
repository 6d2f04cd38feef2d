package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Signal;
import io.stateward.signal.SignalFailedException;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DerivingTest {

  private final List<String> shown = new ArrayList<>();

  @Test
  void map_equalResult_tellsNobody() {
    Deriving.map(Store.of("app", App.empty()), shown::add);

    assertThat(shown).containsExactly("1 to do");
  }

  @Test
  void combine_atomicUpdate_showsNothingInBetween() {
    Deriving.combine(shown::add);

    assertThat(shown).containsExactly("total 8", "total 20");
  }

  @Test
  void combineAll_ofThree_sums() {
    assertThat(Deriving.combineAll(List.of(Store.of(1), Store.of(2), Store.of(3)))).isEqualTo(6);
  }

  @Test
  void derive_dependencyNotRead_tellsNobody() {
    Store<Boolean> useNick = Store.of("use nick", false);
    Store<String> nick = Store.of("nick", "Countess");
    Store<String> name = Store.of("name", "Ada");
    Signal<String> signal = Deriving.derive(useNick, nick, name);
    signal.subscribe(change -> shown.add(change.now()));

    nick.set("Enchantress");
    name.set("Augusta");
    useNick.set(true);
    name.set("Ada");

    assertThat(shown).containsExactly("Augusta", "Enchantress");
  }

  @Test
  void failing_inputChanges_hasAValueAgain() {
    Store<Integer> count = Store.of("count", 0);
    Signal<Integer> mean = Deriving.failing(Store.of("sum", 12), count);

    assertThatThrownBy(mean::get)
        .isInstanceOf(SignalFailedException.class)
        .hasMessageContaining("mean")
        .hasCauseInstanceOf(ArithmeticException.class);

    count.set(4);
    assertThat(mean.get()).isEqualTo(3);
  }
}
