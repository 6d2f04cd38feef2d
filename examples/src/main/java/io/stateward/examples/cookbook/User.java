package io.stateward.examples.cookbook;

import io.soabase.recordbuilder.core.RecordBuilder;

// tag: user
@RecordBuilder
record User(String name, Address address) implements UserBuilder.With {}
// end
