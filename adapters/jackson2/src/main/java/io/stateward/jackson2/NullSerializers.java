package io.stateward.jackson2;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.DefaultSerializerProvider;
import io.stateward.json.spi.JsonProblem;
import java.io.IOException;

/** What is written for null: nothing, or null where the declaration has it. */
final class NullSerializers {

  private static final JsonSerializer<Object> REFUSING =
      new JsonSerializer<>() {
        @Override
        public void serialize(Object none, JsonGenerator json, SerializerProvider context) {
          throw JsonProblem.isNull();
        }
      };

  static final JsonSerializer<Object> WRITING =
      new JsonSerializer<>() {
        @Override
        public void serialize(Object none, JsonGenerator json, SerializerProvider context)
            throws IOException {
          json.writeNull();
        }
      };

  private NullSerializers() {}

  /** Returns what Jackson asks for serializers, refusing null where no declaration has it. */
  static DefaultSerializerProvider refusing() {
    DefaultSerializerProvider provider = new DefaultSerializerProvider.Impl();
    provider.setNullValueSerializer(REFUSING);
    return provider;
  }
}
