package io.stateward.benchmarks.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A virtual machine that takes part in stampedes: for each line with the number of an item it has a
 * crowd read that, and answers how often it was loaded here.
 *
 * @since 0.1
 */
public final class StampedeMember {

  private StampedeMember() {}

  /**
   * Takes part until the input ends.
   *
   * @param args the contender, the address of Redis, and how many threads
   * @throws IOException if the input cannot be read
   */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    AtomicInteger loads = new AtomicInteger();
    CacheSetting setting = CacheSetting.shared(args[1], 1_000, Stampede.slow(loads));
    int size = Integer.parseInt(args[2]);
    try (CacheInstance cache = CacheInstances.of(args[0], setting);
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      answers.println("ready");
      answers.flush();
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        loads.set(0);
        Stampede.rush(cache, size, Long.parseLong(order));
        answers.println(loads.get());
        answers.flush();
      }
    }
    System.exit(0);
  }
}
