package io.stateward.sync.spi;

import io.stateward.codec.Tree;

/**
 * A change to a document, as a kind of document sees it.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param client who made it
 * @param id its number among those of that client in that document, from 1, dense
 * @param base the sequence up to which the author had taken in the document, from 0
 * @param sequence the sequence it gets if it is accepted, or got
 * @param change what to do, in the form of the kind
 * @since 0.1
 */
public record Mutation(String client, long id, long base, long sequence, Tree change) {}
