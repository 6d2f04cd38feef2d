package io.stateward.jackson2;

import io.stateward.json.JsonAdapterContract;
import io.stateward.json.JsonCodecs;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The adapter of Jackson 2")
final class JacksonContractTest extends JsonAdapterContract {

  @Override
  protected JsonCodecs strict() {
    return Jackson.strict();
  }
}
