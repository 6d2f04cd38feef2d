package io.stateward.examples.cookbook;

import io.stateward.collection.PersistentVector;
import io.stateward.jackson.Jackson;
import io.stateward.persist.Hydration;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import java.time.Duration;
import java.util.function.Consumer;

/** A page and the state that it was rendered from, in one piece. */
final class ServerRendered {

  private ServerRendered() {}

  // tag: state
  record Cart(PersistentVector<String> lines, long cents) {

    static Cart empty() {
      return new Cart(PersistentVector.of(), 0);
    }

    Cart plus(String line, long price) {
      return new Cart(lines.append(line), cents + price);
    }
  }

  // end

  // tag: definition
  static final Hydration<Cart> CART =
      Hydration.of("cart", Jackson.codec("cart/1", Cart.class))
          .withBuild("2026.11.3") // a page of another build is refused
          .withMaximumAge(Duration.ofHours(1));

  // end

  static String render(Signal<Cart> cart) {
    // tag: render
    Cart now = cart.get(); // one value for both: the page and its state cannot differ
    String page =
        "<p id=\"sum\">%d</p>%n".formatted(now.cents())
            + CART.envelopeOf(now).toScriptElement("cart-state");
    // end
    return page;
  }

  static Store<Cart> resume(String text, Consumer<String> log) {
    // tag: resume
    Cart first =
        CART.read(text)
            .orElseGet(
                refused -> {
                  log.accept(refused.problem());
                  return Cart.empty();
                });
    Store<Cart> cart = Store.of("cart", first); // its first value is the page's: nothing flickers
    // end
    return cart;
  }
}
