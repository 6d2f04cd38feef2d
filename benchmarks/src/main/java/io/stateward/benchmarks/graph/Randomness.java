package io.stateward.benchmarks.graph;

/**
 * The random numbers by which the published graphs were made: Small Fast Counter (sfc32, by Chris
 * Doty-Humphrey), seeded with four MurmurHash3 finalisations of a string.
 */
final class Randomness {

  private int hash;
  private int a;
  private int b;
  private int c;
  private int counter;

  Randomness(String seed) {
    hash = 0x811C9DC5;
    for (int i = 0; i < seed.length(); i++) {
      int mixed = Integer.rotateLeft(seed.charAt(i) * 0xCC9E2D51, 15) * 0x1B873593;
      hash = Integer.rotateLeft(hash ^ mixed, 13) * 5 + 0xE6546B64;
    }
    hash ^= seed.length();
    a = seedWord();
    b = seedWord();
    c = seedWord();
    counter = seedWord();
  }

  private int seedWord() {
    hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
    hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
    hash ^= hash >>> 16;
    return hash;
  }

  /** Returns the next number, from 0 inclusive to 1 exclusive. */
  double next() {
    counter++;
    int sum = a + b + counter;
    a = b ^ (b >>> 9);
    b = c + (c << 3);
    c = Integer.rotateLeft(c, 21) + sum;
    return Integer.toUnsignedLong(sum) / 4294967296.0;
  }
}
