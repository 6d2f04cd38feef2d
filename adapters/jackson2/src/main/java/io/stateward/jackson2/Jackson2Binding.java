package io.stateward.jackson2;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.stateward.json.spi.JacksonMessages;
import io.stateward.json.spi.JsonBinding;
import io.stateward.json.spi.JsonForm;
import io.stateward.json.spi.JsonProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Reads and writes one type, and says in the words of the form what Jackson refused. */
record Jackson2Binding(JsonForm form, ObjectReader reader, ObjectWriter writer)
    implements JsonBinding {

  /**
   * Makes Jackson look at the type.
   *
   * @throws InvalidDefinitionException if it cannot read it
   */
  void prepare() throws InvalidDefinitionException {
    try {
      reader.readValue("{}");
    } catch (InvalidDefinitionException e) {
      throw e;
    } catch (JsonProcessingException e) {
      return; // it has looked, and an empty object is not what it wants
    }
  }

  @Override
  public String write(Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw unwritable(e).at(path(e));
    }
  }

  private JsonProblem unwritable(JsonProcessingException e) {
    return e instanceof StreamConstraintsException
            || e.getCause() instanceof StreamConstraintsException
        ? JsonProblem.tooDeep(form.limits().depth())
        : JacksonMessages.unwritable(e);
  }

  @Override
  public Object read(String text) {
    try (JsonParser parser = reader.createParser(text)) {
      return read(parser);
    } catch (IOException e) {
      throw new UncheckedIOException("A string was read, and yet:", e);
    }
  }

  private Object read(JsonParser parser) throws IOException {
    try {
      Object value = reader.readValue(parser);
      if (value == null) {
        throw JsonProblem.isNull().at(List.of());
      }
      return value;
    } catch (JsonProcessingException e) {
      throw problem(e).at(isOfText(e) ? path(parser.getParsingContext()) : path(e));
    }
  }

  /** Tells whether the text itself is wrong, so that the parser knows the place better. */
  private static boolean isOfText(JsonProcessingException e) {
    Throwable origin = e.getCause() == null ? e : e.getCause();
    return origin instanceof StreamReadException && !(origin instanceof InputCoercionException);
  }

  private static List<?> path(JsonStreamContext innermost) {
    Deque<Object> path = new ArrayDeque<>();
    for (JsonStreamContext at = innermost; at != null; at = at.getParent()) {
      if (at.inArray()) {
        path.addFirst(at.getCurrentIndex());
      } else if (at.getCurrentName() != null) {
        path.addFirst(at.getCurrentName());
      }
    }
    return List.copyOf(path);
  }

  private static List<?> path(JsonProcessingException e) {
    return e instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(step -> step.getFieldName() == null ? step.getIndex() : step.getFieldName())
            .toList()
        : List.of();
  }

  private JsonProblem problem(JsonProcessingException e) {
    JsonProblem ours = JacksonMessages.ours(e);
    if (ours != null) {
      return ours;
    } else if (e instanceof UnrecognizedPropertyException unknown) {
      return JsonProblem.unknownKey(unknown.getKnownPropertyIds());
    } else if (e instanceof InvalidTypeIdException unknown) {
      return JsonProblem.unknownType(
          unknown.getTypeId(), form.members(unknown.getBaseType().getRawClass()).keySet());
    } else if (e instanceof InvalidNullException) {
      return JsonProblem.isNull();
    } else if (e instanceof ValueInstantiationException refused) {
      return JacksonMessages.refused(refused.getType().getRawClass(), e);
    } else if (e instanceof MismatchedInputException misfit) {
      return JacksonMessages.mismatch(misfit.getOriginalMessage(), misfit.getTargetType());
    } else if (e instanceof InputCoercionException misfit) {
      return JsonProblem.misfit(misfit.getTargetType());
    } else if (e instanceof JsonEOFException) {
      return JsonProblem.truncated();
    } else if (e instanceof StreamConstraintsException) {
      return JsonProblem.tooDeep(form.limits().depth());
    } else if (e instanceof StreamReadException) {
      JsonLocation at = e.getLocation();
      return JacksonMessages.syntax(e.getOriginalMessage(), at.getLineNr(), at.getColumnNr());
    }
    return e.getCause() instanceof JsonProcessingException inner
        ? problem(inner)
        : JacksonMessages.unexpected(e);
  }
}
