package io.stateward.jackson2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.stateward.json.spi.CollectionMixins;
import io.stateward.json.spi.JsonBinding;
import io.stateward.json.spi.JsonEngine;
import io.stateward.json.spi.JsonForm;
import java.lang.reflect.Type;
import java.util.function.UnaryOperator;

/** Jackson 2 as an engine: one mapper for each codec, set to the form. */
record Jackson2(UnaryOperator<JsonMapper.Builder> host) implements JsonEngine {

  private static final JsonInclude.Value ALWAYS =
      JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS);

  @Override
  public JsonBinding bind(JsonForm form, Type type) {
    JsonMapper mapper = mapper(form);
    JavaType bound = mapper.constructType(type);
    if (mapper.getDeserializationConfig().getDefaultTyper(bound) != null) {
      throw new IllegalArgumentException(
          "Default typing lets the text choose which classes are loaded. Do not activate it.");
    }
    Jackson2Binding binding =
        new Jackson2Binding(form, mapper.readerFor(bound), mapper.writerFor(bound));
    try {
      binding.prepare();
    } catch (InvalidDefinitionException e) {
      throw new IllegalArgumentException(
          "Jackson cannot read %s: %s".formatted(type.getTypeName(), e.getOriginalMessage()), e);
    }
    return binding;
  }

  private JsonMapper mapper(JsonForm form) {
    JsonMapper.Builder builder = host.apply(JsonMapper.builder(factory(form)));
    builder
        .annotationIntrospector(
            AnnotationIntrospector.pair(
                new FormIntrospector(form), new JacksonAnnotationIntrospector()))
        .addModule(new FormModule(form))
        .enable(
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_INVALID_SUBTYPE,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES,
            DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
        .disable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .accessorNaming(new ComponentNaming())
        .disable(SerializationFeature.INDENT_OUTPUT)
        .defaultPropertyInclusion(ALWAYS)
        .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    CollectionMixins.all().forEach(builder::addMixIn);
    if (form.isStrict()) {
      refuseOtherKinds(builder);
    } else {
      acceptWhatOthersWrote(builder);
    }
    JsonMapper mapper = builder.build();
    if (form.isStrict()) {
      mapper.setSerializerProvider(NullSerializers.refusing());
    }
    return mapper;
  }

  private static JsonFactory factory(JsonForm form) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder() // the text has been checked; depth guards the stack
                .maxNestingDepth(form.limits().depth())
                .maxNumberLength(form.limits().numberLength())
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build())
        .streamWriteConstraints(
            StreamWriteConstraints.builder().maxNestingDepth(form.limits().depth()).build())
        .build();
  }

  private static void refuseOtherKinds(JsonMapper.Builder builder) {
    builder
        .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .withCoercionConfigDefaults(
            all ->
                all.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.EmptyArray, CoercionAction.Fail));
  }

  private static void acceptWhatOthersWrote(JsonMapper.Builder builder) {
    builder
        .disable(
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
        .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
  }
}
