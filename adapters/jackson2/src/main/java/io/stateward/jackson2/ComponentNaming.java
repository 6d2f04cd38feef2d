package io.stateward.jackson2;

import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AccessorNamingStrategy;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.DefaultAccessorNamingStrategy;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Of a record, its components are written, and not what else looks like a getter. */
final class ComponentNaming extends DefaultAccessorNamingStrategy.Provider {

  @Serial private static final long serialVersionUID = 1L;

  @Override
  public AccessorNamingStrategy forRecord(MapperConfig<?> config, AnnotatedClass type) {
    return new DefaultAccessorNamingStrategy.RecordNaming(config, type) {
      @Override
      public @Nullable String findNameForRegularGetter(AnnotatedMethod method, String name) {
        return _fieldNames.contains(name) ? name : null;
      }

      @Override
      public @Nullable String findNameForIsGetter(AnnotatedMethod method, String name) {
        return null;
      }
    };
  }
}
