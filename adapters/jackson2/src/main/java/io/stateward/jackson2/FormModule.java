package io.stateward.jackson2;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.Converter;
import io.stateward.collection.EntityTable;
import io.stateward.json.spi.JsonForm;
import io.stateward.json.spi.Scalar;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types that Jackson does not know, or knows in several forms. */
final class FormModule extends SimpleModule {

  @Serial private static final long serialVersionUID = 1L;

  FormModule(JsonForm form) {
    super("stateward");
    setDeserializers(new Tables(form));
    Scalar.javaTime().forEach(this::add);
  }

  private <T> void add(Scalar<T> scalar) {
    addSerializer(scalar.type(), new Writer<>(scalar, false));
    addKeySerializer(scalar.type(), new Writer<>(scalar, true));
    addDeserializer(scalar.type(), new Reader<>(scalar));
    addKeyDeserializer(scalar.type(), new KeyReader<>(scalar));
  }

  private static final class Writer<T> extends StdScalarSerializer<T> {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Scalar<T> scalar;
    private final boolean key;

    Writer(Scalar<T> scalar, boolean key) {
      super(scalar.type());
      this.scalar = scalar;
      this.key = key;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider context)
        throws IOException {
      String text = scalar.write().apply(value);
      if (key) {
        json.writeFieldName(text);
      } else {
        json.writeString(text);
      }
    }
  }

  private static final class Reader<T> extends StdScalarDeserializer<T> {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Scalar<T> scalar;

    Reader(Scalar<T> scalar) {
      super(scalar.type());
      this.scalar = scalar;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (json.hasToken(JsonToken.VALUE_STRING)) {
        try {
          return scalar.read().apply(json.getText());
        } catch (RuntimeException e) {
          return context.reportInputMismatch(scalar.type(), "not the ISO form");
        }
      }
      return context.reportInputMismatch(scalar.type(), "not a string");
    }
  }

  private static final class KeyReader<T> extends KeyDeserializer {
    private final Scalar<T> scalar;

    KeyReader(Scalar<T> scalar) {
      this.scalar = scalar;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) throws IOException {
      try {
        return scalar.read().apply(key);
      } catch (RuntimeException e) {
        return context.reportInputMismatch(scalar.type(), "not the ISO form");
      }
    }
  }

  /** Tables: lists of entities, made into the table that the form knows. */
  private static final class Tables extends SimpleDeserializers {
    @Serial private static final long serialVersionUID = 1L;

    private final transient JsonForm form;

    Tables(JsonForm form) {
      this.form = form;
    }

    @Override
    public @Nullable JsonDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription description)
        throws JsonMappingException {
      return type.hasRawClass(EntityTable.class)
          ? new StdDelegatingDeserializer<>(
              new TableConverter(form, type, type.containedTypeOrUnknown(1)))
          : super.findBeanDeserializer(type, config, description);
    }
  }

  private record TableConverter(JsonForm form, JavaType table, JavaType entity)
      implements Converter<List<?>, EntityTable<?, ?>> {

    @Override
    public EntityTable<?, ?> convert(List<?> entities) {
      return form.table(entity.getRawClass(), entities);
    }

    @Override
    public JavaType getInputType(TypeFactory types) {
      return types.constructCollectionType(List.class, entity);
    }

    @Override
    public JavaType getOutputType(TypeFactory types) {
      return table;
    }
  }
}
