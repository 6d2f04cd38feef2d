package io.stateward.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.stateward.codec.Codec;
import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.persist.HydrationResult.Altered;
import io.stateward.persist.HydrationResult.Restored;
import io.stateward.persist.HydrationResult.Stale;
import io.stateward.persist.HydrationResult.Truncated;
import io.stateward.persist.HydrationResult.WrongBuild;
import io.stateward.persist.HydrationResult.WrongKey;
import io.stateward.persist.HydrationResult.WrongSchema;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.time.VirtualTimekeeper;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HydrationTest {

  private record Cart(String owner, List<Long> items) {
    static Cart empty() {
      return new Cart("", List.of());
    }
  }

  private static final TreeCodec<Cart> CARTS =
      TreeCodec.of(
          "cart/1",
          cart ->
              Tree.object()
                  .plus("owner", cart.owner())
                  .plus("items", Tree.array(cart.items().stream().map(Tree::of).toList())),
          tree ->
              new Cart(
                  tree.at("/owner").asString(),
                  tree.at("/items").asArray().elements().stream().map(Tree::asLong).toList()));

  private static final Cart CART = new Cart("Ada", List.of(1L, 2L));

  private final VirtualTimekeeper clock = VirtualTimekeeper.create();
  private final Hydration<Cart> hydration =
      Hydration.of("cart", CARTS)
          .withBuild("2026.11.3")
          .withMaximumAge(Duration.ofMinutes(5))
          .withTimekeeper(clock);

  private static Hydration<Tree> ofTrees() {
    return Hydration.of("tree", Tree.codec());
  }

  @Test
  void read_whatAnEnvelopeHolds_isRestoredWithItsTime() {
    HydrationEnvelope envelope = hydration.envelope(Store.of("cart", CART));

    clock.advance(Duration.ofMinutes(5));

    assertThat(hydration.read(envelope.toJson()))
        .isEqualTo(new Restored<>(CART, Instant.ofEpochMilli(envelope.time().toEpochMilli())));
  }

  @Test
  void envelope_ofASignal_hasEveryPart() {
    Store<Cart> store = Store.of("cart", CART);
    Signal<Cart> signal = store.select(cart -> cart);

    HydrationEnvelope envelope = hydration.envelope(signal);
    Tree json = Tree.parse(envelope.toJson());

    assertThat(envelope.schema()).isEqualTo("cart/1");
    assertThat(envelope.build()).isEqualTo("2026.11.3");
    assertThat(envelope.key()).isEqualTo("cart");
    assertThat(envelope.time().toEpochMilli()).isEqualTo(clock.now().toEpochMilli());
    assertThat(envelope.state()).isEqualTo(CARTS.toTree(CART));
    assertThat(json.asObject().members().keySet())
        .containsExactlyInAnyOrder("v", "b", "k", "t", "s", "h");
    assertThat(json.at("/h").asString()).isEqualTo(envelope.hash());
    assertThat(envelope).isEqualTo(hydration.envelopeOf(CART)).hasSameHashCodeAs(json);
    assertThat(envelope).asString().contains("cart/1", "2026.11.3").doesNotContain("Ada");
  }

  @Test
  void hash_ofAKnownEnvelope_isTheSha256OfTheCanonicalFormOfTheRest() {
    Hydration<Tree> fixed =
        ofTrees()
            .withTimekeeper(VirtualTimekeeper.startingAt(Instant.ofEpochMilli(1_700_000_000_000L)));

    HydrationEnvelope envelope = fixed.envelopeOf(Tree.object().plus("b", 1.0).plus("a", "é<"));

    // printf '%s' '{"b":"","k":"tree","s":{"a":"é<","b":1},"t":1700000000000,"v":"json"}'
    //   | openssl dgst -sha256 -binary | base64
    assertThat(envelope.hash()).isEqualTo("sha256-+dS64jsJxiXyuh+4TdVGIEEzzbF1dZoCEu2l2QCAA7g=");
  }

  @Test
  void storeMadeOfWhatWasRead_hasTheSnapshotAsItsFirstValueAndTellsNobody() {
    String page = hydration.envelopeOf(CART).toJson();
    List<Cart> rendered = new ArrayList<>();

    Store<Cart> store = Store.of("cart", hydration.read(page).orElseGet(refused -> Cart.empty()));
    rendered.add(store.get());
    store.subscribe(change -> rendered.add(change.now()));

    assertThat(store.version()).isZero();
    assertThat(rendered).containsExactly(CART);
    store.update(cart -> new Cart("Bob", cart.items()));
    assertThat(rendered).containsExactly(CART, new Cart("Bob", CART.items()));
  }

  @Test
  void read_textCutAnywhere_isTruncated() {
    String json = hydration.envelopeOf(CART).toJson();

    for (int length = 0; length < json.length(); length++) {
      assertThat(hydration.read(json.substring(0, length)))
          .as("%d characters", length)
          .isInstanceOf(Truncated.class);
    }
  }

  @Test
  void read_anotherState_isAltered() {
    String json = hydration.envelopeOf(CART).toJson();

    assertThat(hydration.read(json.replace("Ada", "Eve")))
        .isInstanceOfSatisfying(
            Altered.class, altered -> assertThat(altered.problem()).contains("hash is sha256-"));
    assertThat(hydration.read(json.replace("2026.11.3", "2026.11.4"))).isInstanceOf(Altered.class);
    assertThat(hydration.read(json + " x")).isInstanceOf(Altered.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "{\"h\":1}", "{\"h\":\"sha256-\"}", "<html>", "7"})
  void read_whatIsNoEnvelope_isAltered(String text) {
    assertThat(hydration.read(text)).isInstanceOf(Altered.class);
  }

  @Test
  void read_sealedEnvelopeWithoutItsParts_isAltered() {
    // printf '%s' '{}' | openssl dgst -sha256 -binary | base64
    String sealed = "{\"h\":\"sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=\"}";

    assertThat(hydration.read(sealed))
        .isInstanceOfSatisfying(
            Altered.class, altered -> assertThat(altered.problem()).contains("\"/s\""));
  }

  @Test
  void read_intactEnvelopeOfAnotherSort_saysWhatIsOtherAboutIt() {
    String json = hydration.envelopeOf(CART).toJson();
    Hydration<Cart> otherKey =
        Hydration.of("basket", CARTS).withBuild("2026.11.3").withTimekeeper(clock);
    Hydration<Cart> otherSchema =
        Hydration.of("cart", CARTS.map("cart/2", cart -> cart, cart -> cart)).withTimekeeper(clock);

    assertThat(otherKey.read(json)).isEqualTo(new WrongKey<>("basket", "cart"));
    assertThat(otherSchema.read(json)).isEqualTo(new WrongSchema<>("cart/2", "cart/1"));
    assertThat(hydration.withBuild("2026.12.0").read(json))
        .isEqualTo(new WrongBuild<>("2026.12.0", "2026.11.3"));
    clock.advance(Duration.ofMinutes(5).plusMillis(1));
    assertThat(hydration.read(json))
        .isEqualTo(new Stale<>(Duration.ofMinutes(5).plusMillis(1), Duration.ofMinutes(5)));
  }

  @Test
  void problem_ofEveryRefusal_saysBothSides() {
    assertThat(new WrongKey<>("a", "b").problem()).contains("'a'", "'b'");
    assertThat(new WrongSchema<>("a", "b").problem()).contains("'a'", "'b'");
    assertThat(new WrongBuild<>("a", "b").problem()).contains("'a'", "'b'");
    assertThat(new Stale<>(Duration.ofHours(2), Duration.ofHours(1)).problem())
        .contains("PT2H", "PT1H");
  }

  @Test
  void read_envelopeFromTheFuture_isNew() {
    VirtualTimekeeper ahead = VirtualTimekeeper.startingAt(clock.now().plusSeconds(3600));
    String json = hydration.withTimekeeper(ahead).envelopeOf(CART).toJson();

    assertThat(hydration.withMaximumAge(Duration.ZERO).read(json)).isInstanceOf(Restored.class);
  }

  @Test
  void read_stateThatTheCodecRefuses_isAlteredAndSaysThatTheHashIsRight() {
    Hydration<Tree> anything =
        Hydration.of("cart", Tree.codec().map("cart/1", tree -> tree, tree -> tree))
            .withBuild("2026.11.3")
            .withTimekeeper(clock);
    String json = anything.envelopeOf(Tree.object()).toJson();

    assertThat(hydration.read(json))
        .isInstanceOfSatisfying(
            Altered.class,
            altered -> assertThat(altered.problem()).contains("hash is right", "\"/owner\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"__proto__", "constructor", "prototype"})
  void envelope_dangerousName_isRefusedBothWays(String name) {
    Tree state = Tree.object().plus("a/b", Tree.array(Tree.object().plus(name, 1)));

    assertThatExceptionOfType(HydrationException.class)
        .isThrownBy(() -> ofTrees().envelopeOf(state))
        .withMessageContaining("'" + name + "' at \"/a~1b/0\"")
        .withMessageContaining("rename it");
    assertThatNoException().isThrownBy(() -> ofTrees().envelopeOf(Tree.of(name)));
    String forged = sealed(Tree.object().plus("s", state));
    assertThat(ofTrees().read(forged))
        .isInstanceOfSatisfying(
            Altered.class, altered -> assertThat(altered.problem()).contains(name));
  }

  /** Returns an envelope of other members with the hash that they should have. */
  private static String sealed(Tree members) {
    String wrong = members.with("/h", Tree.of("sha256-")).toJson();
    String problem = ofTrees().read(wrong).fold(restored -> "", HydrationResult.Refused::problem);
    String hash = problem.substring(problem.indexOf("and it is ") + 10, problem.length() - 1);
    return members.with("/h", Tree.of(hash)).toJson();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740992",
        "-9007199254740992",
        "1152921504606846976",
        "0.12345678901234567890",
        "1e400",
        "1e-400",
      })
  void envelope_numberThatJavaScriptCannotHold_isRefusedOrTurnedAndGivenBack(String number) {
    Tree state = Tree.object().plus("ids", Tree.array(Tree.of(1), Tree.parse(number)));

    assertThatExceptionOfType(HydrationException.class)
        .isThrownBy(() -> ofTrees().envelopeOf(state))
        .withMessageContaining("the number " + Tree.parse(number) + " at \"/ids/1\"")
        .withMessageContaining("withNumbers(AS_STRINGS)");

    Hydration<Tree> turning = ofTrees().withNumbers(BeyondJavaScript.AS_STRINGS);
    String json = turning.envelopeOf(state).toJson();
    assertThat(Tree.parse(json).at("/s/ids/1").asString()).isEqualTo(Tree.parse(number).toString());
    assertThat(Tree.parse(json).at("/s/ids/0").asInt()).isEqualTo(1);
    assertThat(Tree.parse(json).at("/n").toJson()).isEqualTo("[\"/ids/1\"]");
    assertThat(ofTrees().read(json).orElseGet(HydrationTest::fail)).isEqualTo(state);
  }

  private static Tree fail(HydrationResult.Refused<Tree> refused) {
    throw new AssertionError(refused.problem());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9007199254740991", "-9007199254740991", "0.1", "1e300", "5e-324", "-0.0", "1.50"})
  void envelope_numberThatJavaScriptHolds_staysANumber(String number) {
    Tree state = Tree.parse(number);

    String json = ofTrees().envelopeOf(state).toJson();

    assertThat(Tree.parse(json).at("/s")).isEqualTo(state);
    assertThat(Tree.parse(json).find("/n")).isEmpty();
  }

  @Test
  void read_listOfTurnedNumbersThatIsWrong_isAltered() {
    Tree state = Tree.object().plus("x", "12").plus("y", "twelve").plus("z", 1);

    for (String path : List.of("/a", "/y", "/z", "")) {
      Tree forged =
          Tree.object()
              .plus("v", "json")
              .plus("b", "")
              .plus("k", "tree")
              .plus("t", 0)
              .plus("n", Tree.array(path))
              .plus("s", state);
      assertThat(ofTrees().read(sealed(forged))).as(path).isInstanceOf(Altered.class);
      assertThat(ofTrees().read(sealed(forged.with("/n", Tree.array("/x")))))
          .isEqualTo(new Restored<>(state.with("/x", Tree.of(12)), Instant.EPOCH));
    }
  }

  @Test
  void envelope_largerThanTheLimit_isRefusedBothWays() {
    Tree state = Tree.of("x".repeat(2000));
    Hydration<Tree> small = ofTrees().withSizeLimit(1000);

    assertThatExceptionOfType(HydrationException.class)
        .isThrownBy(() -> small.envelopeOf(state))
        .withMessageContaining("'tree' has 2")
        .withMessageContaining("may have 1000")
        .withMessageContaining("withSizeLimit");
    assertThat(small.read(ofTrees().envelopeOf(state).toJson()))
        .isInstanceOfSatisfying(
            Altered.class,
            altered -> assertThat(altered.problem()).contains("only 1000 characters are read"));
  }

  @Test
  void envelope_sizeAtTheLimit_isReadByTheSameDefinition() {
    Tree state = Tree.of("<".repeat(100));
    int size = ofTrees().envelopeOf(state).toJson().length();
    Hydration<Tree> exact = ofTrees().withSizeLimit(size);

    assertThat(exact.read(exact.envelopeOf(state).toJson())).isInstanceOf(Restored.class);
    assertThatExceptionOfType(HydrationException.class)
        .isThrownBy(() -> exact.withSizeLimit(size - 1).envelopeOf(state));
  }

  @Test
  void envelope_stateAsDeepAsTreesAre_isRefused() {
    String nested = "[".repeat(Tree.MAXIMUM_DEPTH - 1) + "]".repeat(Tree.MAXIMUM_DEPTH - 1);
    Tree deep = Tree.parse(nested);

    assertThat(ofTrees().read(ofTrees().envelopeOf(deep).toJson())).isInstanceOf(Restored.class);
    assertThatExceptionOfType(HydrationException.class)
        .isThrownBy(() -> ofTrees().envelopeOf(Tree.array(deep)))
        .withMessageContaining("'tree' is 512 objects and arrays deep");
  }

  @Test
  void fold_eitherResult_callsItsFunction() {
    String json = hydration.envelopeOf(CART).toJson();

    assertThat(hydration.read(json).<Cart>fold(Restored::value, refused -> Cart.empty()))
        .isEqualTo(CART);
    assertThat(hydration.read("").<String>fold(r -> "", HydrationResult.Refused::problem))
        .contains("the end of the text");
  }

  @Test
  void of_codecThatWritesNoJson_isRefusedWhenUsed() {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> Hydration.of("text", Codec.text()).envelopeOf("no JSON"))
        .withMessageContaining("schema 'text'")
        .withMessageContaining("Unreadable JSON");
  }

  @Test
  void with_argumentsThatMakeNoSense_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hydration.withMaximumAge(Duration.ofMillis(-1)))
        .withMessageContaining("PT-0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hydration.withSizeLimit(0))
        .withMessageContaining("it was 0");
  }

  @Test
  void decimals_ofAState_areKept() {
    Tree state = Tree.of(new BigDecimal("1.50"));

    assertThat(ofTrees().read(ofTrees().envelopeOf(state).toJson()).orElseGet(HydrationTest::fail))
        .hasToString("1.50");
  }
}
