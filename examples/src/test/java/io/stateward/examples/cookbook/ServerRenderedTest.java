package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.cookbook.ServerRendered.Cart;
import io.stateward.persist.HydrationResult;
import io.stateward.store.Store;
import io.stateward.testkit.Recorder;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServerRenderedTest {

  private static final String CLOSE = "</script>";

  private final List<String> log = new ArrayList<>();
  private final Store<Cart> cart =
      Store.of("cart", Cart.empty().plus("</script><script>alert('milk')", 129));

  /** What a browser finds in the element. */
  private String text() {
    String page = ServerRendered.render(cart);
    int start = page.indexOf('>', page.indexOf("id=\"cart-state\"")) + 1;
    return page.substring(start, page.indexOf(CLOSE, start));
  }

  @Test
  void render_hostileText_staysInsideTheElement() {
    String page = ServerRendered.render(cart);

    assertThat(page).contains("<p id=\"sum\">129</p>").endsWith(CLOSE);
    assertThat(page.indexOf(CLOSE)).isEqualTo(page.lastIndexOf(CLOSE));
    assertThat(text()).doesNotContain("<", ">", "&", "'");
  }

  @Test
  void resume_samePage_startsWithItsState() {
    Store<Cart> resumed = ServerRendered.resume(text(), log::add);

    try (Recorder<Cart> changes = Recorder.of(resumed)) {
      assertThat(resumed.get()).isEqualTo(cart.get());
      assertThat(changes.values()).isEmpty();
    }
    assertThat(log).isEmpty();
  }

  @Test
  void resume_altered_startsAnewAndSaysWhy() {
    String altered = text().replace("129", "1");

    assertThat(ServerRendered.resume(altered, log::add).get()).isEqualTo(Cart.empty());
    assertThat(log).singleElement().asString().contains("hash");
  }

  @Test
  void read_whatIsWrong_isToldApart() {
    VirtualTimekeeper later = VirtualTimekeeper.create();
    String text = ServerRendered.CART.withTimekeeper(later).envelope(cart).toJson();
    later.advance(Duration.ofHours(2));

    assertThat(ServerRendered.CART.read(text.substring(0, 40)))
        .isInstanceOf(HydrationResult.Truncated.class);
    assertThat(ServerRendered.CART.withBuild("2026.12.1").withTimekeeper(later).read(text))
        .isInstanceOf(HydrationResult.WrongBuild.class);
    assertThat(ServerRendered.CART.withTimekeeper(later).read(text))
        .isInstanceOf(HydrationResult.Stale.class);
  }
}
