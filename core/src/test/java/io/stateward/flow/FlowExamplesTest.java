package io.stateward.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.flow.KeyedLocks.Held;
import io.stateward.scope.Scope;
import io.stateward.time.Pacing;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The programs in the documentation of the package, compiled and run. */
final class FlowExamplesTest {

  private record User(String name) {}

  private record Hits(String text) {}

  /** What a host has. */
  private static final class Client {
    final Map<String, CompletableFuture<Hits>> searches = new HashMap<>();
    final AtomicInteger failures = new AtomicInteger(1);

    User user(Long id) throws IOException {
      if (failures.getAndDecrement() > 0) {
        throw new IOException("not yet");
      }
      return new User("user " + id);
    }

    CompletableFuture<Hits> search(String text) {
      return searches.computeIfAbsent(text, it -> new CompletableFuture<>());
    }
  }

  private final Client api = new Client();
  private final Client client = api;
  private final Executor executor = Runnable::run;
  private final Scope page = Scope.root("page");
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final List<String> shown = new ArrayList<>();

  @Test
  void call() {
    Call<Long, User> fetchUser =
        Call.blocking(executor, api::user)
            .timeout(Duration.ofSeconds(5), time)
            .retrying(
                Retry.after(Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(30)))
                    .attempts(5)
                    .within(Duration.ofMinutes(2))
                    .onlyIf(failure -> failure instanceof IOException)
                    .timekeeper(time));
    Task<User> task = fetchUser.start(7L, page.cancellation());
    task.onEnd(
        outcome ->
            shown.add(outcome.fold(User::name, Throwable::getMessage, cancelled -> "cancelled")));
    time.advance(Duration.ofSeconds(1));

    assertThat(shown).containsExactly("user 7");
  }

  @Test
  void searchBox() {
    Latest<String, Hits> search = page.own(Latest.of("search", Call.stage(client::search)));
    Debouncer<String> typed =
        page.own(
            Debouncer.after(Duration.ofMillis(300))
                .maxWait(Duration.ofSeconds(2))
                .timekeeper(time)
                .calling(
                    (String text) ->
                        search
                            .start(text)
                            .onEnd(
                                outcome -> {
                                  if (outcome instanceof Outcome.Done<Hits> done) {
                                    shown.add(done.value().text());
                                  }
                                })));

    typed.submit("s");
    typed.submit("st");
    time.advance(Duration.ofMillis(300));
    typed.submit("state");
    time.advance(Duration.ofMillis(300));
    client.search("state").complete(new Hits("state"));
    client.search("st").complete(new Hits("st")); // comes late

    assertThat(client.searches).containsOnlyKeys("st", "state");
    assertThat(shown).containsExactly("state");
    page.close();
  }

  @Test
  void debouncer_ofACall() {
    Latest<String, Hits> search = Latest.of("search", Call.stage(client::search));
    Debouncer<String> typed =
        page.own(
            Debouncer.after(Duration.ofMillis(300))
                .maxWait(Duration.ofSeconds(2))
                .timekeeper(time)
                .calling(search::start));

    typed.submit("state");
    typed.flush();

    assertThat(client.searches).containsOnlyKeys("state");
  }

  @Test
  void singleFlight() throws Exception {
    SingleFlight<String, Hits> hits = SingleFlight.of("hits", Call.stage(client::search));
    Task<Hits> mine = hits.start("state");
    Task<Hits> yours = hits.start("state");
    mine.cancel();
    client.search("state").complete(new Hits("shared"));

    assertThat(yours.await().orThrow().text()).isEqualTo("shared");
  }

  @Test
  void keyedLocks() {
    KeyedLocks<String> accounts = KeyedLocks.create("accounts");
    try (Held held = accounts.lock("from", "to")) {
      shown.add("transferred");
    }

    assertThat(accounts.size()).isZero();
  }

  @Test
  void pacing() {
    Pacing.State state = Pacing.debounce(Duration.ofMillis(300)).start();
    boolean atOnce = state.event(time.nanoTime());
    long delay = state.nanosUntilDue(time.nanoTime());

    assertThat(atOnce).isFalse();
    assertThat(delay).isEqualTo(Duration.ofMillis(300).toNanos());
  }
}
