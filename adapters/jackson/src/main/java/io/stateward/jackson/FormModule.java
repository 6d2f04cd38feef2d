package io.stateward.jackson;

import io.stateward.collection.EntityTable;
import io.stateward.json.spi.JsonForm;
import io.stateward.json.spi.Scalar;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdConvertingDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;
import tools.jackson.databind.type.TypeFactory;
import tools.jackson.databind.util.Converter;

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
    private final Scalar<T> scalar;
    private final boolean key;

    Writer(Scalar<T> scalar, boolean key) {
      super(scalar.type());
      this.scalar = scalar;
      this.key = key;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializationContext context) {
      String text = scalar.write().apply(value);
      if (key) {
        json.writeName(text);
      } else {
        json.writeString(text);
      }
    }
  }

  private static final class Reader<T> extends StdScalarDeserializer<T> {
    private final Scalar<T> scalar;

    Reader(Scalar<T> scalar) {
      super(scalar.type());
      this.scalar = scalar;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) {
      if (json.hasToken(JsonToken.VALUE_STRING)) {
        try {
          return scalar.read().apply(json.getString());
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
    public Object deserializeKey(String key, DeserializationContext context) {
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
    public @Nullable ValueDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
      return type.hasRawClass(EntityTable.class)
          ? new StdConvertingDeserializer<>(
              new TableConverter(form, type, type.containedTypeOrUnknown(1)))
          : super.findBeanDeserializer(type, config, description);
    }
  }

  private record TableConverter(JsonForm form, JavaType table, JavaType entity)
      implements Converter<List<?>, EntityTable<?, ?>> {

    @Override
    public EntityTable<?, ?> convert(DeserializationContext context, List<?> entities) {
      return form.table(entity.getRawClass(), entities);
    }

    @Override
    public EntityTable<?, ?> convert(SerializationContext context, List<?> entities) {
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
