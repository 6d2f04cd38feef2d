package io.stateward.jackson;

import io.stateward.json.spi.JacksonMessages;
import io.stateward.json.spi.JsonBinding;
import io.stateward.json.spi.JsonForm;
import io.stateward.json.spi.JsonProblem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Reads and writes one type, and says in the words of the form what Jackson refused. */
record Jackson3Binding(JsonForm form, ObjectReader reader, ObjectWriter writer)
    implements JsonBinding {

  /**
   * Makes Jackson look at the type.
   *
   * @throws InvalidDefinitionException if it cannot read it
   */
  void prepare() {
    try {
      reader.readValue("{}");
    } catch (InvalidDefinitionException e) {
      throw e;
    } catch (JacksonException e) {
      return; // it has looked, and an empty object is not what it wants
    }
  }

  @Override
  public String write(Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JacksonException e) {
      throw unwritable(e).at(path(e));
    }
  }

  private JsonProblem unwritable(JacksonException e) {
    return e instanceof StreamConstraintsException
        ? JsonProblem.tooDeep(form.limits().depth())
        : JacksonMessages.unwritable(e);
  }

  @Override
  public Object read(String text) {
    try (JsonParser parser = reader.createParser(text)) {
      return read(parser);
    }
  }

  private Object read(JsonParser parser) {
    try {
      Object value = reader.readValue(parser);
      if (value == null) {
        throw JsonProblem.isNull().at(List.of());
      }
      return value;
    } catch (JacksonException e) {
      throw problem(e).at(isOfText(e) ? path(parser.streamReadContext()) : path(e));
    }
  }

  /** Tells whether the text itself is wrong, so that the parser knows the place better. */
  private static boolean isOfText(JacksonException e) {
    return e instanceof StreamReadException && !(e instanceof InputCoercionException);
  }

  private static List<?> path(TokenStreamContext innermost) {
    Deque<Object> path = new ArrayDeque<>();
    for (TokenStreamContext at = innermost; at != null; at = at.getParent()) {
      if (at.inArray()) {
        path.addFirst(at.getCurrentIndex());
      } else if (at.currentName() != null) {
        path.addFirst(at.currentName());
      }
    }
    return List.copyOf(path);
  }

  private static List<?> path(JacksonException e) {
    return e.getPath().stream()
        .map(step -> step.getPropertyName() == null ? step.getIndex() : step.getPropertyName())
        .toList();
  }

  private JsonProblem problem(JacksonException e) {
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
    } else if (e instanceof UnexpectedEndOfInputException) {
      return JsonProblem.truncated();
    } else if (e instanceof StreamConstraintsException) {
      return JsonProblem.tooDeep(form.limits().depth());
    } else if (e instanceof StreamReadException) {
      TokenStreamLocation at = e.getLocation();
      return JacksonMessages.syntax(e.getOriginalMessage(), at.getLineNr(), at.getColumnNr());
    }
    return JacksonMessages.unexpected(e);
  }
}
