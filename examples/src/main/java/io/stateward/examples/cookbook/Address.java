package io.stateward.examples.cookbook;

import io.soabase.recordbuilder.core.RecordBuilder;

// tag: address
@RecordBuilder
record Address(String street, String city) implements AddressBuilder.With {}
// end
