package io.stateward.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Signal;
import io.stateward.signal.SignalFailedException;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values: provided in a scope, looked up from below, followed. */
final class LookupTest {

  private static final ScopeKey<String> THEME = ScopeKey.of("theme", String.class);
  private static final ScopeKey<List<String>> LANGUAGES = ScopeKey.of("languages");
  private static final ScopeKey<Integer> SIZE = ScopeKey.withDefault("size", 12);

  private final Scope application = Scope.root("application");
  private final Scope page = application.child("page");
  private final Scope dialog = page.child("dialog");
  private final List<String> log = new ArrayList<>();

  @Test
  void lookup_providedAbove_findsIt() {
    application.provide(THEME, "light").provide(LANGUAGES, List.of("de", "en"));

    assertThat(dialog.lookup(THEME).get()).isEqualTo("light");
    assertThat(dialog.lookup(LANGUAGES).get()).containsExactly("de", "en");
  }

  @Test
  void lookup_providedTwice_findsTheNearest() {
    application.provide(THEME, "light");
    page.provide(THEME, "dark");

    assertThat(dialog.lookup(THEME).get()).isEqualTo("dark");
    assertThat(application.lookup(THEME).get()).isEqualTo("light");
  }

  @Test
  void lookup_providersComeAndGo_followsTheNearest() {
    application.provide(THEME, "light");
    Signal<String> theme = dialog.lookup(THEME);
    theme.subscribe(change -> log.add(change.was() + ">" + change.now()));

    page.provide(THEME, "dark");
    application.provide(THEME, "hidden");
    dialog.provide(THEME, "loud");
    page.withdraw(THEME);
    dialog.withdraw(THEME);

    assertThat(log).containsExactly("light>dark", "dark>loud", "loud>hidden");
    assertThat(theme.get()).isEqualTo("hidden");
  }

  @Test
  void provide_equalValue_tellsNobody() {
    application.provide(THEME, "light");
    dialog.lookup(THEME).subscribe(change -> log.add(change.now()));

    application.provide(THEME, new StringBuilder("light").toString());
    page.provide(THEME, "light");

    assertThat(log).isEmpty();
  }

  @Test
  void provideSignal_itsChanges_areFollowed() {
    Store<String> settings = Store.of("light");
    application.provideSignal(THEME, settings);
    dialog.lookup(THEME).subscribe(change -> log.add(change.now()));

    settings.set("dark");

    assertThat(log).containsExactly("dark");
  }

  @Test
  void lookup_withOtherSignals_isGlitchFree() {
    Store<String> settings = Store.of("light");
    application.provideSignal(THEME, settings);
    Signal<String> pair =
        Signal.combine(settings, dialog.lookup(THEME), (own, found) -> own + "=" + found);
    pair.subscribe(change -> log.add(change.now()));

    settings.set("dark");

    assertThat(log).containsExactly("dark=dark");
  }

  @Test
  void lookup_again_isTheSameSignal() {
    application.provide(THEME, "light");

    assertThat(page.lookup(THEME)).isSameAs(page.lookup(THEME));
  }

  @Test
  void lookup_nobodyProvides_saysWhereItLookedAndWhatToDo() {
    NotProvidedException thrown =
        catchThrowableOfType(NotProvidedException.class, () -> dialog.lookup(THEME));

    assertThat(thrown)
        .hasMessage(
            "Nobody provides 'theme' (String). Searched 'application/page/dialog', then"
                + " 'application/page', then 'application'. Provide it in one of these before looking"
                + " it up, give the key a default with ScopeKey.withDefault(name, value), or use"
                + " lookupOrNull(key).");
    assertThat(thrown.key()).isEqualTo("theme");
    assertThat(thrown.searched())
        .containsExactly("'application/page/dialog'", "'application/page'", "'application'");
  }

  @Test
  void lookup_namesakeIsProvided_pointsAtIt() {
    application.provide(ScopeKey.of("theme", String.class), "light");

    assertThatThrownBy(() -> page.lookup(THEME))
        .isInstanceOf(NotProvidedException.class)
        .hasMessageContaining("Another key of the same name is provided in 'application'");
  }

  @Test
  void lookup_lastProviderWithdrawn_failsUntilThereIsOne() {
    application.provide(THEME, "light");
    Signal<String> theme = dialog.lookup(THEME);
    theme.subscribe(change -> log.add(change.was() + ">" + change.now()));

    assertThat(application.withdraw(THEME)).isTrue();
    assertThat(application.withdraw(THEME)).isFalse();
    assertThatThrownBy(theme::get)
        .isInstanceOf(SignalFailedException.class)
        .hasCauseInstanceOf(NotProvidedException.class);
    page.provide(THEME, "dark");

    assertThat(theme.get()).isEqualTo("dark");
    assertThat(log).hasSize(1).allMatch(entry -> entry.endsWith(">dark"));
  }

  @Test
  void lookupOrNull_comesAndGoes_isNullMeanwhile() {
    Signal<@Nullable String> theme = dialog.lookupOrNull(THEME);
    theme.subscribe(change -> log.add(String.valueOf(change.now())));

    page.provide(THEME, "dark");
    page.withdraw(THEME);

    assertThat(log).containsExactly("dark", "null");
  }

  @Test
  void lookup_keyWithDefault_hasItWhereNobodyProvides() {
    Signal<Integer> size = dialog.lookup(SIZE);
    assertThat(size.get()).isEqualTo(12);
    assertThat(dialog.lookupOrNull(SIZE).get()).isEqualTo(12);

    page.provide(SIZE, 20);

    assertThat(size.get()).isEqualTo(20);
  }

  @Test
  void lookup_scopeClosed_subscriptionsEndAndValueStays() {
    application.provide(THEME, "light");
    Signal<String> theme = page.lookup(THEME);
    Signal<Integer> length = theme.map(String::length);
    theme.subscribe(change -> log.add(change.now()));
    length.subscribe(change -> log.add("length"));
    page.lookupOrNull(THEME).subscribe(change -> log.add("or null"));

    page.close();
    application.provide(THEME, "blinding");

    assertThat(log).isEmpty();
    assertThat(theme.get()).isEqualTo("blinding");
    assertThatThrownBy(() -> theme.subscribe(change -> {}))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("Scope 'application/page' is closed");
    assertThatThrownBy(() -> length.subscribe(change -> {})).isInstanceOf(ClosedException.class);
  }

  @Test
  void lookup_scopeAboveSubscribes_goesOnWhenOneBelowIsClosed() {
    application.provide(THEME, "light");
    application.lookup(THEME).subscribe(change -> log.add(change.now()));
    page.lookup(THEME).subscribe(change -> log.add("page"));

    page.close();
    application.provide(THEME, "dark");

    assertThat(log).containsExactly("dark");
  }

  @Test
  void provide_signalOfItself_isToldAsCircle() {
    application.provide(THEME, "light");
    Signal<String> theme = page.lookup(THEME);

    page.provideSignal(THEME, theme.map(name -> "very " + name));

    assertThatThrownBy(theme::get)
        .isInstanceOf(SignalFailedException.class)
        .rootCause()
        .hasMessageContaining("depends on itself");
  }

  @Test
  void provide_inCallback_isDeliveredAfter() {
    application.provide(THEME, "light").provide(SIZE, 1);
    Signal<String> theme = page.lookup(THEME);
    theme.subscribe(change -> page.provide(THEME, "dark"));
    theme.subscribe(change -> log.add(change.now()));

    application.provide(THEME, "dim");

    assertThat(log).containsExactly("dim", "dark");
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"}) // what a careless caller does
  void provide_wrongTypeByUncheckedCast_isRefused() {
    ScopeKey raw = THEME;

    assertThatThrownBy(() -> application.provide(raw, 42))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Key 'theme' (String) cannot hold a value of java.lang.Integer");
  }

  @Test
  @SuppressWarnings("DataFlowIssue") // null is what is tested
  void nullArguments_areRefusedByName() {
    assertThatThrownBy(() -> application.provide(THEME, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("value");
    assertThatThrownBy(() -> application.child(null)).hasMessage("name");
    assertThatThrownBy(() -> application.own(null)).hasMessage("resource");
    assertThatThrownBy(() -> application.onClose(null)).hasMessage("action");
    assertThatThrownBy(() -> ScopeKey.withDefault("key", null)).hasMessage("fallback");
  }
}
