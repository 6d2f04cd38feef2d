/**
 * One idea: a <em>scoreboard</em> runs a suite of contests on this machine in one go and says of
 * each figure whether it meets its target.
 *
 * <p>Each contender runs in a virtual machine of its own (a {@code Lane}), which is warmed up once
 * and then measured in turns with the others; so neither sees the other's profile or garbage, and
 * what disturbs the machine disturbs both. Start at {@link
 * io.stateward.benchmarks.scoreboard.Scoreboard}.
 */
@NullMarked
package io.stateward.benchmarks.scoreboard;

import org.jspecify.annotations.NullMarked;
