package io.stateward.jackson;

import io.stateward.json.spi.JsonProblem;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** What is written for null: nothing, or null where the declaration has it. */
final class NullSerializers {

  static final ValueSerializer<Object> REFUSING =
      new ValueSerializer<>() {
        @Override
        public void serialize(Object none, JsonGenerator json, SerializationContext context) {
          throw JsonProblem.isNull();
        }
      };

  static final ValueSerializer<Object> WRITING =
      new ValueSerializer<>() {
        @Override
        public void serialize(Object none, JsonGenerator json, SerializationContext context) {
          json.writeNull();
        }
      };

  private NullSerializers() {}
}
