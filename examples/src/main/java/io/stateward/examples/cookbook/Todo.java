package io.stateward.examples.cookbook;

import io.soabase.recordbuilder.core.RecordBuilder;

// tag: todo
@RecordBuilder
record Todo(long id, String title, boolean done) implements TodoBuilder.With {}
// end
