package io.stateward.examples.nodes;

/**
 * What a read brought, in the words of the page.
 *
 * @param value the value; empty if it failed
 * @param source where it is from
 * @param reason why from there
 * @param ageMillis how long ago the node got it
 * @param stamp how new it is at least; empty if nobody knows
 * @param failure why there is none; empty if there is one
 */
record Found(
    String value, String source, String reason, long ageMillis, String stamp, String failure) {

  static Found failed(String source, String reason, String failure) {
    return new Found("", source, reason, 0, "", failure);
  }
}
