/**
 * One idea: the conversation of a client and a hub is a few kinds of frames, each a value with one
 * JSON form.
 *
 * <p>A {@link io.stateward.sync.protocol.Frame} is one message; {@link
 * io.stateward.sync.protocol.Frames} turns frames into text and back and refuses whatever does not
 * follow the specification, {@code docs/sync-protocol.md}, with a {@link
 * io.stateward.sync.protocol.ProtocolException}. {@link io.stateward.sync.protocol.CloseCode} says
 * of the end of a connection whether to come back.
 *
 * <p>Start at {@link io.stateward.sync.protocol.Frame}.
 */
@NullMarked
package io.stateward.sync.protocol;

import org.jspecify.annotations.NullMarked;
