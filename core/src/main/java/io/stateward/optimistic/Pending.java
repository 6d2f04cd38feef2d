package io.stateward.optimistic;

/**
 * A mutation that is in the log, as it can be shown to people.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param id its id
 * @param name what its command is called
 * @param status where it is on its way
 * @since 0.1
 */
public record Pending(MutationId id, String name, MutationStatus status) {}
