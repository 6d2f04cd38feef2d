package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.cookbook.SearchBox.Box;
import io.stateward.flow.Call;
import io.stateward.scope.Scope;
import io.stateward.store.Store;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class SearchBoxTest {

  private final Scope page = Scope.root("page");
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Map<String, CompletableFuture<List<String>>> requests = new LinkedHashMap<>();
  private final Call<String, List<String>> client =
      Call.stage(text -> requests.computeIfAbsent(text, key -> new CompletableFuture<>()));
  private final Box box = new Box(page, time, client);

  private void answer(String text) {
    requests.get(text).complete(List.of(text + "!"));
  }

  private String line() {
    return SearchBox.line(box.hits.get());
  }

  @Test
  void type_pause_searchesOnce() {
    box.type("m");
    time.advance(Duration.ofMillis(200));
    box.type("milk");
    time.advance(Duration.ofMillis(299));
    assertThat(requests).isEmpty();

    time.advance(Duration.ofMillis(1));
    assertThat(requests).containsOnlyKeys("milk");
    assertThat(line()).isEqualTo("searching, nothing yet");
    answer("milk");
    assertThat(line()).isEqualTo("[milk!]");
  }

  @Test
  void type_withoutAPause_searchesAllTheSame() {
    for (int i = 0; i < 10; i++) {
      box.type("m" + i);
      time.advance(Duration.ofMillis(250));
    }

    assertThat(requests).containsOnlyKeys("m7"); // the newest after 2 s
  }

  @Test
  void enter_searchesNow() {
    box.type("milk");
    box.enter();

    assertThat(requests).containsOnlyKeys("milk");
  }

  @Test
  void type_again_cancelsTheRequestBefore() {
    box.type("tea");
    box.enter();
    answer("tea");
    box.type("milk");
    box.enter();
    box.type("bread");
    box.enter();

    assertThat(line()).isEqualTo("searching, [tea!]");
    assertThat(requests.get("milk")).isCancelled();
    answer("bread");
    assertThat(line()).isEqualTo("[bread!]");
  }

  @Test
  void scopeCloses_nothingIsUnderWay() {
    box.type("milk");
    box.enter();
    box.type("tea");

    page.close();
    time.advance(Duration.ofSeconds(9));

    assertThat(requests).containsOnlyKeys("milk");
    assertThat(requests.get("milk")).isCancelled();
  }

  @Test
  void without_lateAnswer_isShownLast() {
    Store<List<String>> hits = Store.of("hits", List.of());
    SearchBox.without(client, hits, "milk");
    SearchBox.without(client, hits, "bread");

    answer("bread");
    answer("milk");

    assertThat(hits.get()).containsExactly("milk!"); // the box says bread
  }
}
