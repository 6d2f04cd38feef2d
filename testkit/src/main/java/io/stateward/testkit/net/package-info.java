/**
 * One idea: a test makes the network fail as it fails by itself, on real connections.
 *
 * <p>A {@link io.stateward.testkit.net.FaultProxy} stands between a client and a server, and passes
 * bytes on until the test says otherwise.
 *
 * <p>Start at {@link io.stateward.testkit.net.FaultProxy}.
 */
@NullMarked
package io.stateward.testkit.net;

import org.jspecify.annotations.NullMarked;
