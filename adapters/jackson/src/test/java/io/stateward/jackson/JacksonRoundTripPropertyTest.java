package io.stateward.jackson;

import io.stateward.json.JsonCodecs;
import io.stateward.json.JsonRoundTripProperties;

final class JacksonRoundTripPropertyTest extends JsonRoundTripProperties {

  @Override
  protected JsonCodecs writing() {
    return Jackson.strict();
  }

  @Override
  protected JsonCodecs reading() {
    return Jackson.strict();
  }
}
