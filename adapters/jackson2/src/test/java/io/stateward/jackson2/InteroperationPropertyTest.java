package io.stateward.jackson2;

import io.stateward.json.JsonCodecs;
import io.stateward.json.JsonRoundTripProperties;
import net.jqwik.api.Group;
import net.jqwik.api.Label;

/** What one adapter writes, the other reads, and would have written the same. */
final class InteroperationPropertyTest {

  @Group
  @Label("from Jackson 2 to Jackson 3")
  final class Forward extends JsonRoundTripProperties {
    @Override
    protected JsonCodecs writing() {
      return Jackson.strict();
    }

    @Override
    protected JsonCodecs reading() {
      return io.stateward.jackson.Jackson.strict();
    }
  }

  @Group
  @Label("from Jackson 3 to Jackson 2")
  final class Back extends JsonRoundTripProperties {
    @Override
    protected JsonCodecs writing() {
      return io.stateward.jackson.Jackson.strict();
    }

    @Override
    protected JsonCodecs reading() {
      return Jackson.strict();
    }
  }
}
