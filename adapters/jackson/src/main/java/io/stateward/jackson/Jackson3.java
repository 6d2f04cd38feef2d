package io.stateward.jackson;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.stateward.json.spi.CollectionMixins;
import io.stateward.json.spi.JsonBinding;
import io.stateward.json.spi.JsonEngine;
import io.stateward.json.spi.JsonForm;
import java.lang.reflect.Type;
import java.util.function.UnaryOperator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Jackson 3 as an engine: one mapper for each codec, set to the form. */
record Jackson3(UnaryOperator<JsonMapper.Builder> host) implements JsonEngine {

  private static final JsonInclude.Value ALWAYS =
      JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS);

  @Override
  public JsonBinding bind(JsonForm form, Type type) {
    JsonMapper mapper = mapper(form);
    JavaType bound = mapper.constructType(type);
    if (mapper.deserializationConfig().getDefaultTyper(bound) != null) {
      throw new IllegalArgumentException(
          "Default typing lets the text choose which classes are loaded. Do not activate it.");
    }
    Jackson3Binding binding =
        new Jackson3Binding(form, mapper.readerFor(bound), mapper.writerFor(bound));
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
            DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
        .disable(SerializationFeature.INDENT_OUTPUT)
        .changeDefaultPropertyInclusion(was -> ALWAYS)
        .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    CollectionMixins.all().forEach(builder::addMixIn);
    if (form.isStrict()) {
      refuseOtherKinds(builder);
    } else {
      acceptWhatOthersWrote(builder);
    }
    return builder.build();
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
        .changeDefaultNullHandling(was -> JsonSetter.Value.forContentNulls(Nulls.FAIL))
        .serializerFactory(
            builder.serializerFactory().withNullValueSerializer(NullSerializers.REFUSING))
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
