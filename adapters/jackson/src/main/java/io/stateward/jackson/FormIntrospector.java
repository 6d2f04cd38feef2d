package io.stateward.jackson;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import io.stateward.json.spi.JsonForm;
import io.stateward.json.spi.Nullness;
import io.stateward.json.spi.Tagging;
import java.io.Serial;
import java.lang.reflect.Executable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/** Tells Jackson of sealed types and of null as if there were annotations for them. */
final class FormIntrospector extends NopAnnotationIntrospector {

  @Serial private static final long serialVersionUID = 1L;

  private final transient JsonForm form;

  FormIntrospector(JsonForm form) {
    this.form = form;
  }

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    Tagging.check(annotated.getRawType().getName(), annotated.getAnnotation(JsonTypeInfo.class));
    return annotated instanceof AnnotatedClass ? Tagging.of(form, annotated.getRawType()) : null;
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
    Map<String, Class<?>> members = form.members(annotated.getRawType());
    return members.isEmpty()
        ? null
        : members.entrySet().stream()
            .map(member -> new NamedType(member.getValue(), member.getKey()))
            .toList();
  }

  @Override
  public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass type) {
    return Tagging.nameOf(form, type.getRawType());
  }

  @Override
  public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    boolean required = form.isStrict() && nullness(member) != Nullness.NULLABLE;
    return required ? true : null;
  }

  @Override
  public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    return form.isStrict() && nullness(annotated) == Nullness.NON_NULL
        ? JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL)
        : JsonSetter.Value.empty();
  }

  @Override
  public @Nullable Object findNullSerializer(MapperConfig<?> config, Annotated annotated) {
    boolean written = form.isStrict() && nullness(annotated) != Nullness.NON_NULL;
    return written ? NullSerializers.WRITING : null;
  }

  private static Nullness nullness(Annotated annotated) {
    if (annotated instanceof AnnotatedParameter parameter
        && parameter.getOwner().getAnnotated() instanceof Executable executable) {
      return Nullness.of(executable, parameter.getIndex());
    }
    return annotated instanceof AnnotatedMember member
        ? Nullness.of(member.getDeclaringClass(), member.getName())
        : Nullness.NULLABLE;
  }
}
