package io.stateward.cache.http;

import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A CDN that does what it is told and nothing else: keeps what {@code Surrogate-Control} lets it
 * keep, from when it arrived, serves it stale while it fetches, and drops what has a surrogate key.
 * A fetch reads the origin when it begins, and its answer arrives when the test says so.
 */
final class CdnModel implements Purge {

  /** What the origin sends. */
  record Page(String body, Map<String, String> headers) {}

  private record Copy(String body, Set<String> names, long freshUntil, long staleUntil) {}

  /** An answer on its way. */
  record Fetch(String path, Page page, long begunAtNanos) {}

  final List<Fetch> underWay = new ArrayList<>();
  private final VirtualTimekeeper time;
  private final Function<String, Page> origin;
  private final Map<String, Copy> copies = new HashMap<>();

  CdnModel(VirtualTimekeeper time, Function<String, Page> origin) {
    this.time = time;
    this.origin = origin;
  }

  /** Serves a copy, or null if it has to be fetched. */
  @Nullable String get(String path) {
    Copy copy = copies.get(path);
    long now = time.nanoTime();
    if (copy == null || now >= copy.staleUntil) {
      begin(path);
      return null;
    }
    if (now >= copy.freshUntil) {
      begin(path);
    }
    return copy.body;
  }

  void begin(String path) {
    long now = time.nanoTime();
    underWay.add(new Fetch(path, origin.apply(path), now));
  }

  /** The answer of a fetch arrives, and is kept if it may be. */
  void arrive(int index) {
    Fetch fetch = underWay.remove(index);
    String control = fetch.page.headers().getOrDefault("Surrogate-Control", "");
    long fresh = directive(control, "max-age");
    if (control.contains("no-store") || fresh == 0) {
      return;
    }
    long until = time.nanoTime() + fresh;
    Set<String> names = new HashSet<>();
    for (String name : fetch.page.headers().getOrDefault("Surrogate-Key", "").split(" ", -1)) {
      names.add(name);
    }
    long staleUntil = until + directive(control, "stale-while-revalidate");
    copies.put(fetch.path, new Copy(fetch.page.body(), names, until, staleUntil));
  }

  private static long directive(String control, String name) {
    Matcher found = Pattern.compile("(?:^|, )" + name + "=(\\d+)").matcher(control);
    return found.find() ? Duration.ofSeconds(Long.parseLong(found.group(1))).toNanos() : 0;
  }

  @Override
  public CompletionStage<?> purge(List<String> surrogateKeys) {
    copies.values().removeIf(copy -> surrogateKeys.stream().anyMatch(copy.names::contains));
    return CompletableFuture.completedFuture(null);
  }
}
