package io.stateward.jackson2;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import io.stateward.json.spi.JsonForm;
import io.stateward.json.spi.Nullness;
import io.stateward.json.spi.Tagging;
import java.io.Serial;
import java.lang.reflect.Executable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells Jackson of sealed types and of null as if there were annotations for them. */
final class FormIntrospector extends NopAnnotationIntrospector {

  @Serial private static final long serialVersionUID = 1L;

  private final transient JsonForm form;

  FormIntrospector(JsonForm form) {
    this.form = form;
  }

  @Override
  public @Nullable TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass type, JavaType base) {
    Tagging.check(type.getRawType().getName(), type.getAnnotation(JsonTypeInfo.class));
    JsonTypeInfo.Value tagged = Tagging.of(form, type.getRawType());
    return tagged == null ? null : new StdTypeResolverBuilder(tagged);
  }

  @Override
  public @Nullable TypeResolverBuilder<?> findPropertyTypeResolver(
      MapperConfig<?> config, AnnotatedMember member, JavaType base) {
    Tagging.check(member.getRawType().getName(), member.getAnnotation(JsonTypeInfo.class));
    return null;
  }

  @Override
  public @Nullable TypeResolverBuilder<?> findPropertyContentTypeResolver(
      MapperConfig<?> config, AnnotatedMember member, JavaType base) {
    return findPropertyTypeResolver(config, member, base);
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
    Map<String, Class<?>> members = form.members(annotated.getRawType());
    return members.isEmpty()
        ? null
        : members.entrySet().stream()
            .map(member -> new NamedType(member.getValue(), member.getKey()))
            .toList();
  }

  @Override
  public @Nullable String findTypeName(AnnotatedClass type) {
    return Tagging.nameOf(form, type.getRawType());
  }

  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    boolean required = form.isStrict() && nullness(member) != Nullness.NULLABLE;
    return required ? true : null;
  }

  @Override
  public JsonSetter.Value findSetterInfo(Annotated annotated) {
    return form.isStrict() && nullness(annotated) == Nullness.NON_NULL
        ? JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL)
        : JsonSetter.Value.empty();
  }

  @Override
  public @Nullable Object findNullSerializer(Annotated annotated) {
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
