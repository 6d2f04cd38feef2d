package io.stateward.sync.simulation;

import io.stateward.sync.simulation.Subject.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The model of a ledger: which tokens were added by whom, and what the clients were told of them.
 * What the document is in the end has to agree with it.
 */
final class LedgerBook implements Book {

  private final World world;
  private final String document;
  private final Map<String, String> authors = new LinkedHashMap<>();
  private final Map<String, Outcome> told = new HashMap<>();
  private final Set<String> perhapsLost = new HashSet<>();
  private final Set<String> setBack = new HashSet<>();
  private final Set<String> dead = new HashSet<>();

  LedgerBook(World world, String document) {
    this.world = world;
    this.document = document;
  }

  @Override
  public Desk open(SimulatedProcess process, Subject.Client client) {
    return new LedgerDesk(world, process.name, this, client.ledger(document));
  }

  @Override
  public void setBack(String client) {
    authors.forEach(
        (token, author) -> {
          if (author.equals(client)) {
            setBack.add(token);
            if (told.get(token) != Outcome.DURABLE) {
              perhapsLost.add(token);
            }
          }
        });
  }

  @Override
  public void check(Desk newcomer) {
    check(((LedgerDesk) newcomer).view());
  }

  @Override
  public String document() {
    return document;
  }

  /** Returns a token that nobody has. */
  String next(String author) {
    String token = author + "/" + document + "/" + authors.size();
    authors.put(token, author);
    return token;
  }

  void settled(String token, Outcome outcome) {
    Outcome before = told.put(token, outcome);
    if (before != null && before != outcome) {
      fail("%s was told as %s and then as %s".formatted(token, before, outcome));
    }
  }

  /** The process ended before its outbox had the token. */
  void perhapsLost(String token) {
    perhapsLost.add(token);
  }

  /** A client keeps a token as refused, or as one of which nobody knows. */
  void dead(String token, boolean unknown) {
    dead.add(token);
    if (unknown) {
      told.put(token, Outcome.UNKNOWN);
    }
  }

  private void check(List<String> state) {
    Set<String> there = new LinkedHashSet<>(state);
    if (there.size() != state.size()) {
      fail("a token took effect twice: " + doubles(state));
    }
    there.stream()
        .filter(token -> !authors.containsKey(token))
        .forEach(token -> fail(token + " was never added"));
    checkOrder(state);
    authors.keySet().forEach(token -> check(token, there.contains(token)));
  }

  private static List<String> doubles(List<String> state) {
    Set<String> seen = new HashSet<>();
    return state.stream().filter(token -> !seen.add(token)).toList();
  }

  private void checkOrder(List<String> state) {
    List<String> order = new ArrayList<>(authors.keySet());
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      places.put(order.get(i), i);
    }
    Map<String, Integer> latest = new HashMap<>();
    for (String token : state) {
      int place = places.getOrDefault(token, -1);
      Integer before = latest.put(authors.getOrDefault(token, "?"), place);
      if (before != null && before > place) {
        fail("%s stands after what its author added later".formatted(token));
      }
    }
  }

  private void check(String token, boolean isThere) {
    Outcome outcome = told.get(token);
    boolean unknown = outcome == Outcome.UNKNOWN;
    boolean refused = outcome == Outcome.REFUSED || (dead.contains(token) && !unknown);
    if (isThere && refused) {
      fail(token + " was refused, but is there");
    }
    boolean excused = refused || unknown || perhapsLost.contains(token) || world.isRestored();
    if (!isThere && !excused) {
      fail("%s is missing; its author was told %s".formatted(token, outcome));
    }
    if (!isThere && outcome == Outcome.DURABLE && !world.isRestored()) {
      fail(token + " was told as durable, but is not there");
    }
    if ((outcome == Outcome.REFUSED || unknown)
        && !dead.contains(token)
        && !setBack.contains(token)) {
      fail(token + " was refused, but is not among the dead letters");
    }
  }

  private void fail(String what) {
    world.fail("Document " + document + ": " + what, null);
  }
}
